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
from ui.messages import escaped, headline, show_failure
from ui.mount import player

MOST_PROBLEMS = 8


def compare_page() -> st.Page:
    """The page as the navigation knows it."""
    return st.Page(compare, title="Compare", icon=":material/stacked_line_chart:", default=True)


@whole_page
def compare() -> None:
    """The page."""
    state.synchronise_with_address()
    state.write_address()
    show_problems()
    words, switch = st.columns([3, 1], vertical_alignment="center")
    words.markdown(headline(state.experiment()))
    with switch:
        show_as(Showing(scale_switch(), headline(state.experiment())))
    try:
        player(
            shown_payload(), PLAYER, st.session_state.scene, PLAYER_ACTIONS, present=state.view_option("present") == "1"
        )
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the controls below must stay
        show_failure(error)
    # The controls come last: what they changed is on its way to the browser before they are sent again.
    with st.sidebar:
        controls()


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


def follow_history(search: Any) -> None:
    """Shows the experiment of the address to which Back or Forward led."""
    state.load_query(parse_qs(str(search).removeprefix("?"), keep_blank_values=True))


PLAYER_ACTIONS: dict[str, Callable[[Any], None]] = {
    "address": follow_history,
    "start": move_start,
    "rate": move_rate,
    "present": lambda on: state.set_view_option("present", "1" if on else None),
    "undo": lambda _: state.undo(),
    "second": lambda sent: state.repeat_from(point_in(sent)),
}


def show_problems() -> None:
    """What was wrong with the address or with a number, part by part."""
    problems = st.session_state.problems
    if problems:
        lines = [f"- {escaped(problem)}" for problem in problems[:MOST_PROBLEMS]]
        if len(problems) > MOST_PROBLEMS:
            lines.append(f"- and {len(problems) - MOST_PROBLEMS} more")
        st.warning("\n".join(["Not everything could be used:", *lines]), icon=":material/link_off:")


def scale_switch() -> str:
    """How the levels are spaced; the first way where the browser reports one that was never offered."""
    chosen = st.segmented_control(
        "Contour levels", SCALES, key="scale", bind="query-params", required=True, default=SCALES[0],
        format_func=lambda scale: f"{scale} levels", label_visibility="collapsed",
        help="Spaced by factors, the floor of a valley shows; evenly spaced, the true shape.",
    )  # fmt: skip
    return chosen if chosen in SCALES else SCALES[0]
