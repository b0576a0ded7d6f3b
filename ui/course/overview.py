"""All lessons, a row of small pictures for every chapter."""

from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path

import streamlit as st

from lessons import CHAPTERS, LESSONS, Lesson
from ui.browser_events import part
from ui.course import session
from ui.reference.thumbnails import HEIGHT, VERSION, WIDTH
from ui.theme import theme

SCRIPT = (Path(__file__).parent / "overview.js").read_text(encoding="utf-8")
KEY = "course_overview"


def show_overview() -> None:
    """The page: one element, whose links are taken within the session; opened elsewhere, they are plain links."""

    def opened() -> None:
        slug = str(part(st.session_state.get(KEY), "lesson"))
        if slug in LESSONS:
            session.go_to(slug)

    session.leave()
    st.title("Lessons", anchor=False)
    st.markdown(f"{len(LESSONS)} questions about optimizers. Guess, watch what happens, then change something.")
    _component(theme())(key=KEY, data={}, on_lesson_change=opened)


@cache
def _component(of_theme: str):
    """Registered on the first visit, once for each theme."""
    return st.components.v2.component(
        f"fall_line_course_{of_theme}", html=overview(of_theme), js=SCRIPT, isolate_styles=False
    )


def overview(of_theme: str) -> str:
    """All chapters, in HTML."""
    parts = []
    for chapter, lessons in groupby(LESSONS.values(), key=lambda lesson: lesson.chapter):
        cards = "".join(card(lesson, of_theme) for lesson in lessons)
        parts.append(f"<h2>{chapter}. {escape(CHAPTERS[chapter - 1])}</h2>")
        parts.append(f'<ol class="fall-line-chapter">{cards}</ol>')
    return f'<div class="fall-line-course">{"".join(parts)}</div>'


def card(lesson: Lesson, of_theme: str) -> str:
    """One lesson: its picture, its title, its question, and how long it takes."""
    source = f"fall-line/thumbnail/lesson/{lesson.slug}?theme={of_theme}&v={VERSION}"
    return (
        f'<li><a href="lessons?lesson={lesson.slug}" target="_self" data-lesson="{lesson.slug}">'
        f'<img src="{escape(source)}" width="{WIDTH // 2}" height="{HEIGHT // 2}" loading="lazy" alt="">'
        f"<strong>{escape(lesson.label)}</strong><span>{escape(lesson.question)}</span>"
        f"<small>{lesson.minutes} minutes</small></a></li>"
    )
