"""Lessons: the overview, or the lesson that the address names."""

import streamlit as st

from lessons import LESSONS
from ui.course.lesson import show_lesson
from ui.course.overview import show_overview
from ui.course.style import style
from ui.messages import escaped


def lessons_page() -> None:
    """The page."""
    style()
    slug = chosen_lesson()
    if slug is None:
        show_overview()
    else:
        show_lesson(LESSONS[slug])


def chosen_lesson() -> str | None:
    """The lesson that the address names; None for none, and for one that there is not, with a word about it."""
    given = st.query_params.get("lesson")
    if given is None:
        return None
    slug = given.replace("-", "_")
    if slug in LESSONS:
        return slug
    st.warning(f"There is no lesson {escaped(repr(given[:40]))}. These are all the lessons:")
    return None
