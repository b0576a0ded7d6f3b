"""Parts of the page that run alone when one of their numbers moves: what makes a slider answer at once."""

import time
from collections.abc import Callable
from functools import wraps

import streamlit as st

from player import recent_payload
from ui import state
from ui.messages import headline, show_failure
from ui.mount import deliver

PLAYER = "player"
HEAD_START = 0.15  # seconds for the new paths to be sent and drawn before the controls that brought them


def redraw(place: str) -> None:
    """Hands what the experiment now looks like to the player; if that fails, the controls stay all the same."""
    try:
        deliver(recent_payload(state.experiment(), st.session_state.scale), PLAYER, st.session_state.scene, place)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the controls below must stay
        show_failure(error)


def whole_page(page: Callable[[], None]) -> Callable[[], None]:
    """Marks the run of a whole page, in which the player gets its data directly."""

    @wraps(page)
    def run() -> None:
        st.session_state.is_whole_page = True
        try:
            page()
        finally:
            st.session_state.update(page_is_stale=False, is_whole_page=False)

    return run


def runs_alone(section: Callable[..., None]) -> Callable[..., None]:
    """Lets a section of the controls run alone: the address and the player follow, the rest of the page stays.

    Only where more than numbers changed (another rule, a message, another headline) the whole page runs after all.
    """

    @st.fragment
    @wraps(section)
    def run(place: str, *arguments: object) -> None:
        if st.session_state.is_whole_page:
            deliver(None, PLAYER, 0, place)
        elif st.session_state.page_is_stale or headline(state.experiment()) != st.session_state.headline:
            st.rerun()
        else:
            redraw(place)
            time.sleep(HEAD_START)
            state.write_address()
        section(*arguments)

    return run
