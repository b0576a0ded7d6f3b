"""The words of the glossary in texts: each can be pointed at, focused or tapped, and says what it means."""

from html import escape
from pathlib import Path

import streamlit as st

from lessons import GLOSSARY, LESSONS, Term, marked
from ui.theme import theme

SCRIPT = (Path(__file__).parent / "glossary.js").read_text(encoding="utf-8")
STYLE = (Path(__file__).parent / "glossary.css").read_text(encoding="utf-8")
BOX = '<div class="fall-line-definition" popover="manual" role="note" aria-label="Definition"></div>'
_box = st.components.v2.component("fall_line_glossary", html=BOX, js=SCRIPT, css=STYLE, isolate_styles=False)


def with_terms(text: str, seen: set[str] | None = None) -> str:
    """Markdown in which every word of the glossary is marked where it first stands; `seen` as in `marked`."""
    return "".join(piece if term is None else _mark(piece, term) for piece, term in marked(text, seen))


def _mark(words: str, term: Term) -> str:
    return (
        f'<span class="fall-line-term" role="button" tabindex="0" data-term="{term.slug}" '
        f'aria-describedby="fall-line-term-{term.slug}">{escape(words)}</span>'
    )


def definitions() -> None:
    """What the marks of a page say: all words once, out of sight, and the box in which one is shown."""
    with st.container(key="glossary"):
        st.markdown("\n\n".join(map(definition, GLOSSARY.values())), unsafe_allow_html=True)
        _box(key="glossary_box", data={})


def definition(term: Term) -> str:
    """A word's sentence, its formula or picture, and the lesson that shows it; blank lines let Markdown typeset it."""
    shown = f"$$\n{term.formula}\n$$" if term.formula else _picture(term)
    lesson = LESSONS[term.lesson]
    return (
        f'<div class="fall-line-definition-text" id="fall-line-term-{term.slug}">\n\n'
        f"**{term.word[0].upper()}{term.word[1:]}.** {term.sentence}\n\n{shown}\n\n"
        f'Lesson: <a href="lessons?lesson={term.lesson}" target="_self">{escape(lesson.label)}</a>\n\n</div>'
    )


def _picture(term: Term) -> str:
    source = f"fall-line/thumbnail/landscape/{term.picture}?theme={theme()}"
    return (
        f'<img src="{escape(source)}" width="192" height="160" loading="lazy" alt="Contours of a {escape(term.word)}">'
    )
