"""Compare: optimizers side by side on one surface."""

import re
from functools import lru_cache

import streamlit as st

from experiments import Experiment, simulate, verdicts
from experiments.experiment import landscape_of
from lessons import LESSONS
from ui import state
from ui.controls import controls
from ui.figures import SCALES
from ui.player import picked_start, player
from ui.player.payload import payload

MOST_PROBLEMS = 8


def compare() -> None:
    """The page."""
    state.synchronise_with_address()
    state.write_address()
    show_problems()
    words, switch = st.columns([3, 1], vertical_alignment="center")
    with words:
        headline()
    with switch:
        scale = scale_switch()
    player(drawn(state.experiment(), scale), key="player", on_start=start_picked)
    # The controls come last: what they changed is on its way to the browser before they are sent again.
    with st.sidebar:
        controls()


@lru_cache(maxsize=128)
def drawn(experiment: Experiment, scale: str) -> dict:
    """What the player draws of an experiment; the same experiment is not simulated twice."""
    trajectory = simulate(experiment)
    return payload(experiment, trajectory, verdicts(experiment, trajectory), scale)


def start_picked() -> None:
    """Moves the start of all runs to the clicked point."""
    point = picked_start("player")
    if point is not None:
        state.set_fields(start=point)


def show_problems() -> None:
    """What was wrong with the address or with a number, part by part."""
    problems = st.session_state.problems
    if problems:
        lines = [f"- {escaped(problem)}" for problem in problems[:MOST_PROBLEMS]]
        if len(problems) > MOST_PROBLEMS:
            lines.append(f"- and {len(problems) - MOST_PROBLEMS} more")
        st.warning("\n".join(["Not everything could be used:", *lines]), icon=":material/link_off:")


def headline() -> None:
    """What there is to see: the lesson's words, or the surface's."""
    experiment = state.experiment()
    lesson = next((lesson for lesson in LESSONS.values() if lesson.experiment == experiment), None)
    landscape = landscape_of(experiment)
    st.markdown(lesson.words if lesson else f"**{landscape.label}.** {landscape.teaches}")


def scale_switch() -> str:
    """How the levels are spaced."""
    return st.segmented_control(
        "Contour levels", SCALES, key="scale", bind="query-params", required=True, default=SCALES[0],
        format_func=lambda scale: f"{scale} levels", label_visibility="collapsed",
        help="Spaced by factors, the floor of a valley shows; evenly spaced, the true shape.",
    )  # fmt: skip


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, whatever a link contained."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:^&])", r"\\\1", text.replace("\n", " "))
