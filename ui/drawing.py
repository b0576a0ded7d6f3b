"""From an experiment to what is drawn and said of it; kept for a while, since people move sliders back and forth."""

import logging
import re
from functools import lru_cache

import streamlit as st

from experiments import Experiment, Trajectory, simulate, verdicts
from experiments.experiment import landscape_of
from lessons import LESSONS
from ui.player.payload import payload

logger = logging.getLogger("fall_line")


@lru_cache(maxsize=32)
def simulated(experiment: Experiment) -> Trajectory:
    """What came out of an experiment; its steps may be asked for one by one."""
    return simulate(experiment)


@lru_cache(maxsize=32)
def drawn(experiment: Experiment, scale: str) -> dict:
    """What the player draws of an experiment; the same experiment is not simulated twice."""
    trajectory = simulated(experiment)
    return payload(experiment, trajectory, verdicts(experiment, trajectory), scale)


def words(experiment: Experiment) -> str:
    """What there is to see, in Markdown: the lesson's words, or the surface's."""
    lesson = next((lesson for lesson in LESSONS.values() if lesson.experiment == experiment), None)
    landscape = landscape_of(experiment)
    return lesson.words if lesson else f"**{landscape.label}.** {landscape.teaches}"


def show_failure(error: Exception) -> None:
    """Says that a picture could not be drawn, without a traceback, which goes to the log."""
    logger.error("an experiment could not be drawn", exc_info=error)
    st.error(
        "Something went wrong while drawing this experiment. The controls still work: change the last one back.",
        icon=":material/error:",
    )


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, whatever a link contained."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:^&])", r"\\\1", text.replace("\n", " "))
