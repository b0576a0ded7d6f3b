"""What a page says: of an experiment, and of what went wrong."""

import logging
import re

import streamlit as st

from experiments import Experiment, landscape_of
from lessons import LESSONS

logger = logging.getLogger("fall_line")


def headline(experiment: Experiment) -> str:
    """What there is to see, in Markdown: the explanation of a lesson, or what the surface teaches."""
    lesson = next((lesson for lesson in LESSONS.values() if lesson.experiment == experiment), None)
    landscape = landscape_of(experiment)
    return lesson.explanation if lesson else f"**{landscape.label}.** {landscape.teaches}"


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
