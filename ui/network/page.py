"""Network: the same small network trained by several optimizers from the same weights, live."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from networks import FIRST, KINDS, from_query, to_query
from player import ON, SCALES
from ui import state
from ui.fragments import PLAYER, Showing, show_as, shown_payload, whole_page
from ui.messages import headline, show_failure, show_problems
from ui.mount import player
from ui.network.controls import network_controls
from ui.network.lessons import opened_lesson, show_lesson


@whole_page
def network_page() -> None:
    """The page."""
    arrive()
    state.write_address()
    plane, on = option("plane", KINDS), option("on", ON)
    lesson = opened_lesson()
    words = headline(state.network()) if lesson is None else f"**{lesson.label}.** {lesson.question}"
    show_as(
        Showing(
            option("scale", SCALES),
            None if lesson else words,
            plane,
            on,
            offers_scales=True,
            runs_alone=lesson is None,
        )
    )
    st.markdown(words)
    try:
        player(shown_payload(), PLAYER, st.session_state.scene, ACTIONS, present=state.view_option("present") == "1")
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the controls below must stay
        show_failure(error)
    show_problems()
    if lesson is not None:
        show_lesson(lesson)
    with st.sidebar:
        network_controls(plane, on)


def arrive() -> None:
    """Takes over what the address says when a person arrives; from then on the address follows the experiment."""
    state.open_workspace("network")
    arrives = st.session_state.pop("arrives", False)
    query = state.without_view_options({name: st.query_params.get_all(name) for name in st.query_params})
    if "experiment" not in st.session_state or (arrives and query and query != to_query(state.network())):
        load(query)
    elif arrives:
        st.session_state.address = None


def load(query: dict[str, list[str]]) -> None:
    """Shows the experiment that an address stands for."""
    loaded, problems = from_query(state.without_view_options(query), FIRST)
    state.show(loaded)
    st.session_state.problems = problems
    st.session_state.address = to_query(loaded) if not problems and query else None


def option(name: str, allowed: tuple[str, ...]) -> str:
    """How the plane is looked at; what is not allowed is the usual way, of which the address says nothing."""
    asked = state.view_option(name)
    shown = asked if asked in allowed else allowed[0]
    if asked is not None and shown == allowed[0]:
        state.set_view_option(name, None)
    return shown


def follow_history(search: Any) -> None:
    """Shows the experiment of the address to which Back or Forward led."""
    load(parse_qs(str(search).removeprefix("?"), keep_blank_values=True))


def set_scale(sent: Any) -> None:
    """Spaces the levels of the contour otherwise."""
    state.set_view_option("scale", None if sent == SCALES[0] else str(sent))


ACTIONS: dict[str, Callable[[Any], None]] = {
    "address": follow_history,
    "present": lambda on: state.set_view_option("present", "1" if on else None),
    "scale": set_scale,
    "undo": lambda _: state.undo(),
}
