"""One lesson: a question, the player, and what the lesson asks to change; nothing else."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from experiments import to_query
from lessons import CHAPTERS, LESSONS, Lesson, Number
from player import HIDEABLE, recent_trajectory
from ui import state
from ui.compare import PLAYER_ACTIONS, compare_page
from ui.course import session
from ui.course.controls import show_control
from ui.dragged_rate import follow_dragged_rate
from ui.fragments import PLAYER, Showing, runs_alone, show_as, shown_payload, whole_page
from ui.glossary import definitions, with_terms
from ui.messages import show_failure, show_problems
from ui.mount import player
from ui.take_away import take_away


@whole_page
def show_lesson(lesson: Lesson) -> None:
    """The page."""
    session.arrive(lesson)
    state.write_address()
    show_as(Showing(lesson.scale, waits=not st.session_state.watches, is_secret=not st.session_state.was_seen))
    question, *others = texts_with_terms(lesson)
    with st.container(key="lesson"):
        with st.container(key="lesson_question", gap="xsmall"):
            show_place(lesson)
            st.markdown(f"## {lesson.label}\n\n{question}", unsafe_allow_html=True)
            if st.session_state.was_seen:
                st.markdown(marks(lesson), unsafe_allow_html=True)
            else:
                ask(lesson, others[0])
        with st.container(key="lesson_player"):
            show_player()
        with st.container(key="lesson_answer", gap="xsmall"):
            answer("lesson_answer", lesson, *others[1:])
    show_problems()
    definitions()


def texts_with_terms(lesson: Lesson) -> list[str]:
    """Question, what to watch for, explanation and what to try, with every word of the glossary marked once."""
    shown = [lesson.question, lesson.explanation, lesson.try_next]
    if not st.session_state.was_seen:
        shown = [lesson.question, lesson.watch]
    seen: set[str] = set()
    marked = [with_terms(text, seen) for text in shown]
    return [*marked, "", ""] if len(marked) < 3 else [marked[0], "", *marked[1:]]


def show_place(lesson: Lesson) -> None:
    """The chapter, which leads to all lessons, and the way to the lessons before and after."""
    before, after = session.neighbours(lesson)
    chapter = [other.slug for other in LESSONS.values() if other.chapter == lesson.chapter]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        turn_button("Previous", before)
        st.button(
            f"{lesson.chapter} {CHAPTERS[lesson.chapter - 1]} · {chapter.index(lesson.slug) + 1} of {len(chapter)}",
            key="lesson_chapter", type="tertiary", help="All lessons", on_click=session.close, width="stretch",
        )  # fmt: skip
        turn_button("Next", after)


def turn_button(words: str, to: Lesson | None) -> None:
    """Turns to another lesson; at either end of the course there is none."""
    st.button(
        words, key=f"lesson_{words.lower()}", disabled=to is None, type="tertiary", help=to.label if to else None,
        on_click=session.go_to, args=(to.slug if to else "",),
    )  # fmt: skip


@st.fragment
def ask(lesson: Lesson, watch: str) -> None:
    """The answers to choose from, and the button that starts the picture; choosing can be skipped."""

    def chosen() -> None:
        st.session_state.predicted = st.session_state[key]

    key = f"lesson_{lesson.slug}_prediction"
    st.radio(
        "Your guess", range(len(lesson.answers)), st.session_state.predicted, key=key, label_visibility="collapsed",
        format_func=lambda index: lesson.answers[index].text, on_change=chosen,
    )  # fmt: skip
    st.markdown(f"**Watch for.** {watch}", unsafe_allow_html=True)
    words = "Watch" if st.session_state.predicted is not None else "Watch without a guess"
    if st.button(words, icon=":material/play_arrow:", key="lesson_watch", type="primary", on_click=session.watch):
        st.rerun()


def marks(lesson: Lesson) -> str:
    """The right answer, and the one that was chosen if it is another, in HTML."""
    guess = st.session_state.predicted
    rows = []
    for index, given in enumerate(lesson.answers):
        if given.right or index == guess:
            mark, said = ("✓", "Right") if given.right else ("✗", "Wrong")
            yours = " <small>your guess</small>" if index == guess else ""
            rows.append(
                f'<li data-right="{str(given.right).lower()}"><b role="img" aria-label="{said}">{mark}</b> '
                f"<span>{escape(given.text)}{yours}</span></li>"
            )
    return f'<ul class="fall-line-marks">{"".join(rows)}</ul>'


def show_player() -> None:
    """The picture, which waits at its start until somebody wants to watch."""
    try:
        player(shown_payload(), PLAYER, st.session_state.scene, HANDLERS)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the controls below must stay
        show_failure(error)


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **{name: PLAYER_ACTIONS[name] for name in ("start", "rate", "present", "undo")},
    "address": lambda search: session.back_or_forward(parse_qs(str(search).removeprefix("?"), keep_blank_values=True)),
    "seen": lambda _: session.note_seen(),
}


@runs_alone
def answer(lesson: Lesson, explanation: str, try_next: str) -> None:
    """What the picture shows, once it was seen, and why; and what may be changed."""
    if st.session_state.was_seen:
        st.markdown(evidence(lesson), unsafe_allow_html=True)
        st.markdown(explanation, unsafe_allow_html=True)
        st.markdown(f"**Now try.** {try_next}", unsafe_allow_html=True)
    for index, control in enumerate(lesson.controls):
        show_control(control, f"lesson_{lesson.slug}_{index}")
    follow_dragged_rate(
        {
            control.runs[0]: f"lesson_{lesson.slug}_{index}"
            for index, control in enumerate(lesson.controls)
            if isinstance(control, Number) and control.field == "learning_rate"
        }
    )
    with st.container(horizontal=True, gap="small"):
        if st.button("Open in Compare", icon=":material/open_in_new:", key="lesson_compare", type="tertiary"):
            st.switch_page(compare_page(), query_params=to_query(state.experiment()))
        if st.session_state.was_seen or state.experiment() != lesson.experiment:
            restart_button(lesson)
        take_away({"minima": HIDEABLE["minima"]})


def restart_button(lesson: Lesson) -> None:
    """The way back to the lesson as it was opened."""
    if st.button(
        "Start over", icon=":material/restart_alt:", key="lesson_restart", type="tertiary",
        on_click=session.start_over, args=(lesson,),
    ):  # fmt: skip
        st.rerun()


def evidence(lesson: Lesson) -> str:
    """What every claim says of the picture as it is now, in HTML."""
    trajectory = recent_trajectory(state.experiment())
    rows = []
    for claim in lesson.claims:
        found = claim(state.experiment(), trajectory)
        mark, said = ("✓", "Holds") if found.holds else ("✗", "No longer holds")
        rows.append(
            f'<li data-holds="{str(found.holds).lower()}"><b role="img" aria-label="{said}">{mark}</b> '
            f"<span>{escape(found.words)}</span></li>"
        )
    chance = f"<small>Chance plays a part here: this holds for the seeds 0 to {lesson.seeds - 1}.</small>"
    return f'<ul class="fall-line-evidence" aria-live="polite">{"".join(rows)}</ul>{chance if lesson.seeds > 1 else ""}'
