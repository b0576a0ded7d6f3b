"""Compare: optimizers side by side on one surface."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from player import SCALES
from ui import state
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


def move_start(point: Mapping[str, Any]) -> None:
    """Moves the common start, or a run's own, to a point of the contour; with `all`, no run keeps one of its own."""
    if point.get("all"):
        state.start_all_at(as_point(point))
    elif point.get("run") is None:
        state.set_fields(start=as_point(point))
    else:
        state.set_run(as_index(point["run"]), start=as_point(point))


def as_point(sent: Mapping[str, Any]) -> tuple[float, float]:
    """The point that the browser sent; whether it is allowed, the experiment says."""
    return sent["x"], sent["y"]


def as_index(sent: int) -> int:
    """The run that the browser spoke of, which a quick hand may have removed by now: then the last one."""
    return min(max(int(sent), 0), len(state.experiment().runs) - 1)


def follow_history(search: str) -> None:
    """Shows the experiment of the address to which Back or Forward led."""
    state.load_query(parse_qs(search.removeprefix("?"), keep_blank_values=True))


PLAYER_ACTIONS: dict[str, Callable[[Any], None]] = {
    "address": follow_history,
    "start": move_start,
    "rate": lambda sent: state.set_hyperparameter(as_index(sent["run"]), "learning_rate", sent["rate"]),
    "present": lambda on: state.set_view_option("present", "1" if on else None),
    "second": lambda point: state.repeat_from(as_point(point)),
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
    """How the levels are spaced."""
    return st.segmented_control(
        "Contour levels", SCALES, key="scale", bind="query-params", required=True, default=SCALES[0],
        format_func=lambda scale: f"{scale} levels", label_visibility="collapsed",
        help="Spaced by factors, the floor of a valley shows; evenly spaced, the true shape.",
    )  # fmt: skip
