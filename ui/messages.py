"""What a page says: of an experiment, and of what went wrong."""

import logging
import re
from pathlib import Path

import streamlit as st

from experiments import landscape_of
from lessons import LESSONS
from networks import NetworkExperiment
from ui import state
from ui.kinds import AnyExperiment

MOST_PROBLEMS = 8
STYLE = Path(__file__).parent / "messages.css"
WORD_JOINER = "\u2060"
logger = logging.getLogger("fall_line")


def headline(experiment: AnyExperiment) -> str:
    """What there is to see, in Markdown: the explanation of a lesson, or what the surface or the data set teaches."""
    if isinstance(experiment, NetworkExperiment):
        return f"**{experiment.data_set.label}.** {experiment.data_set.teaches}"
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


def show_problems() -> None:
    """What was wrong with the address, or with what was done in the picture, part by part.

    It lies over the page, so that nothing moves, until it is closed or the experiment changes.
    """
    problems = st.session_state.problems
    if not problems:
        return
    lines = [f"- {escaped(problem)}" for problem in problems[:MOST_PROBLEMS]]
    if len(problems) > MOST_PROBLEMS:
        lines.append(f"- and {len(problems) - MOST_PROBLEMS} more")
    with st.container(key="problems", gap=None):
        st.html(STYLE)
        st.warning("\n".join(["Not everything could be used:", *lines]), icon=":material/link_off:")
        st.button("", icon=":material/close:", key="close_problems", type="tertiary", help="Close",
                  on_click=state.report_problems)  # fmt: skip


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line, whatever a link contained.

    Addresses, names of icons and arrows are looked for when the backslashes are gone already. What nobody sees, a word
    joiner, keeps their parts from being taken for a whole.
    """
    text = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", " ", text)
    text = re.sub(r"(?<=[:@])(?=\S)|(?<=www)(?=\.)|(?<=[-<>=~])(?=[-<>=~])", WORD_JOINER, text, flags=re.IGNORECASE)
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:^&=])", r"\\\1", text)
