"""Compare: optimizers side by side on one surface."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from player import SCALES
from ui import state
from ui.browser_events import part, point_in, run_in
from ui.controls import controls
from ui.fragments import PLAYER, Showing, show_as, shown_payload, whole_page
from ui.messages import headline, show_failure, show_problems
from ui.mount import player
from ui.take_away import take_away


def compare_page() -> st.Page:
    """The page as the navigation knows it."""
    return st.Page(compare, title="Compare", icon=":material/stacked_line_chart:", default=True)


@whole_page
def compare() -> None:
    """The page."""
    state.synchronise_with_address()
    state.write_address()
    show_as(Showing(scale(), headline(state.experiment()), offers_scales=True))
    st.markdown(headline(state.experiment()))
    try:
        player(shown_payload(), PLAYER, st.session_state.scene, PLAYER_ACTIONS, present=state.display().present)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the controls below must stay
        show_failure(error)
    show_problems()
    # The controls come last: what they changed is on its way to the browser before they are sent again.
    with st.sidebar:
        controls()
        take_away()


def move_start(sent: Any) -> None:
    """Moves the common start, or a run's own, to a point of the contour; with `all`, no run keeps one of its own."""
    if part(sent, "all"):
        state.start_all_at(point_in(sent))
    elif part(sent, "run") is None:
        state.set_fields(start=point_in(sent))
    else:
        state.set_run(run_in(sent, len(state.run_ids())), start=point_in(sent))


def move_rate(sent: Any) -> None:
    """Sets the learning rate of a run to the one it was dragged to."""
    state.set_hyperparameter(run_in(sent, len(state.run_ids())), "learning_rate", part(sent, "rate"))


def set_scale(sent: Any) -> None:
    """Spaces the levels of the contour otherwise."""
    st.session_state.scale = sent


def follow_history(search: Any) -> None:
    """Shows the experiment of the address to which Back or Forward led."""
    query = parse_qs(str(search).removeprefix("?"), keep_blank_values=True)
    set_scale(query.get("scale", [None])[-1])
    state.load_query(query)


PLAYER_ACTIONS: dict[str, Callable[[Any], None]] = {
    "address": follow_history,
    "start": move_start,
    "rate": move_rate,
    "present": lambda on: state.set_view_option("present", "1" if on else None),
    "scale": set_scale,
    "undo": lambda _: state.undo(),
    "second": lambda sent: state.repeat_from(point_in(sent)),
}


def scale() -> str:
    """How the levels of the contour are spaced: as was asked last, first by the address, which follows.

    What is no way to space them is the first one, of which the address says nothing.
    """
    asked = st.session_state.setdefault("scale", state.view_option("scale"))
    shown = asked if asked in SCALES else SCALES[0]
    told = None if shown == SCALES[0] else shown
    if state.view_option("scale") != told:
        state.set_view_option("scale", told)
    return shown
