"""Lessons on networks, on the page: which one is open, its words, and what the picture shows of its claims."""

import streamlit as st

from networks import NETWORK_LESSONS, NetworkExperiment, NetworkLesson
from player import claims_of
from ui import state
from ui.messages import escaped

NO_LESSON = ""


def open_lesson(slug: str) -> None:
    """Shows the experiment of a lesson; with none, the experiment stays and the words go."""
    if slug in NETWORK_LESSONS:
        state.show(NETWORK_LESSONS[slug].experiment)
    state.redraw_page()
    st.session_state.opened_network_lesson = slug


def opened_lesson() -> NetworkLesson | None:
    """The lesson that was opened, or whose experiment a link holds, as long as it can be spoken of."""
    shown = state.network()
    found = next((lesson for lesson in NETWORK_LESSONS.values() if lesson.experiment == shown), None)
    if found is not None and "opened_network_lesson" not in st.session_state:
        st.session_state.opened_network_lesson = found.slug
    lesson = NETWORK_LESSONS.get(st.session_state.get("opened_network_lesson", NO_LESSON))
    return lesson if lesson is not None and is_about(lesson, shown) else None


def is_about(lesson: NetworkLesson, experiment: NetworkExperiment) -> bool:
    """Whether an experiment is on the lesson's data, with as many runs at least, so that its claims can be asked of it."""
    return experiment.data == lesson.experiment.data and len(experiment.runs) >= len(lesson.experiment.runs)


def show_lesson(lesson: NetworkLesson) -> None:
    """Why it is so, what to try, and what the picture shows of it now; folded away, as a class guesses first."""
    with st.expander("Why, what to try, and what the picture shows", key="network_lesson_words"):
        st.markdown(f"{lesson.explanation}\n\n**Try it.** {lesson.try_next}")
        for claim in claims_of(lesson, state.network()):
            mark = ":material/check_circle:" if claim.holds else ":material/cancel:"
            st.markdown(f"{mark} {escaped(claim.words)}")
