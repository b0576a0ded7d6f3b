"""Where a student is in a lesson: what was guessed, whether it has played, and what was changed."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from experiments import Experiment, Query, from_query, landscape_of, optimizer_of
from lessons import LESSONS, Choice, Lesson
from ui import state


def arrive(lesson: Lesson) -> None:
    """Opens a lesson if it is another one than before, or if the address says that something was changed in it."""
    state.open_workspace("lessons")
    arrives = st.session_state.pop("arrives", False)
    query = given_query()
    another = st.session_state.get("opened_lesson") != lesson.slug
    if another or (arrives and query and {"lesson": [lesson.slug]} | query != state.address()):
        load_query(lesson, query)
    elif arrives:
        st.session_state.address = None
    if another:
        ask_again()


def given_query() -> Query:
    """What the address says of the experiment, beside the lesson's name."""
    query = state.without_view_options({name: st.query_params.get_all(name) for name in st.query_params})
    query.pop("lesson", None)
    return query


def load_query(lesson: Lesson, query: Query) -> None:
    """Shows the lesson as an address has it: its own experiment, or the same with other numbers."""
    st.session_state.opened_lesson = lesson.slug
    given, problems = from_query(query, lesson.experiment)
    if not same_runs(lesson, given):
        given, problems = lesson.experiment, ("This link holds other runs than the lesson. The lesson's own are used.",)
    state.show(given)
    st.session_state.update(problems=problems, address=None)


def same_runs(lesson: Lesson, experiment: Experiment) -> bool:
    """Whether an experiment is the lesson's but for its numbers, so that its claims can be asked of it."""
    choices = [
        option for control in lesson.controls if isinstance(control, Choice) for option in control.options.values()
    ]
    surfaces = [landscape_of(option) for option in (lesson.experiment, *choices)]
    rules = [[optimizer_of(run) for run in one.runs] for one in (experiment, lesson.experiment)]
    return landscape_of(experiment) in surfaces and rules[0] == rules[1]


def go_to(slug: str) -> None:
    """Turns to another lesson."""
    st.query_params.from_dict({"lesson": slug})


def close() -> None:
    """Turns back to all lessons."""
    st.query_params.clear()


def leave() -> None:
    """Back among all lessons; whoever opens one finds it as it was declared."""
    st.session_state.pop("arrives", None)
    state.open_workspace("lessons")
    st.session_state.pop("opened_lesson", None)


def ask_again() -> None:
    """The question is open, and nothing has played."""
    st.session_state.update(predicted=None, watches=False, was_seen=False)


def watch() -> None:
    """Plays from the beginning."""
    st.session_state.watches = True
    state.new_scene()
    state.redraw_page()


def note_seen() -> None:
    """The picture was seen to its end."""
    if not st.session_state.was_seen:
        st.session_state.was_seen = True
        state.redraw_page()


def start_over(lesson: Lesson) -> None:
    """Undoes every change, and asks again."""
    state.show(lesson.experiment)
    ask_again()


def back_or_forward(search: Mapping[str, list[str]]) -> None:
    """Shows what the address says of the lesson on the page; another lesson, the page opens by itself."""
    query = dict(search)
    slug = "".join(query.pop("lesson", [""])[-1:]).replace("-", "_")
    if slug == st.session_state.get("opened_lesson") and slug in LESSONS:
        load_query(LESSONS[slug], state.without_view_options(query))


def neighbours(lesson: Lesson) -> tuple[Lesson | None, Lesson | None]:
    """The lessons before and after."""
    course: list[Any] = [None, *LESSONS.values(), None]
    place = course.index(lesson)
    return course[place - 1], course[place + 1]
