"""Compare: optimizers side by side on one surface."""

import streamlit as st

from ui import state
from ui.controls import controls
from ui.drawing import drawn, escaped, show_failure, words
from ui.figures import SCALES
from ui.fragments import PLAYER, whole_page
from ui.player import address_gone_to, picked_start, player

MOST_PROBLEMS = 8


@whole_page
def compare() -> None:
    """The page."""
    state.synchronise_with_address()
    state.write_address()
    show_problems()
    headline, switch = st.columns([3, 1], vertical_alignment="center")
    st.session_state.words = words(state.experiment())
    headline.markdown(st.session_state.words)
    with switch:
        scale = scale_switch()
    try:
        player(
            drawn(state.experiment(), scale), PLAYER, st.session_state.scene,
            on_start=start_picked, on_address=address_changed,
        )  # fmt: skip
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the controls below must stay
        show_failure(error)
    # The controls come last: what they changed is on its way to the browser before they are sent again.
    with st.sidebar:
        controls()


def start_picked() -> None:
    """Moves the start of all runs to the clicked point."""
    point = picked_start(PLAYER)
    if point is not None:
        state.set_fields(start=point)


def address_changed() -> None:
    """Shows the experiment to which Back or Forward led."""
    query = address_gone_to(PLAYER)
    if query is not None:
        state.take_over(query)


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
