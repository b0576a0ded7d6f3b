"""The whole course as pages for any static host: `python -m exports.site FOLDER`, or `make site`.

Every lesson is a page of its own; all share one copy of the libraries. They open from a disk, too.
"""

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from html import escape
from importlib import metadata
from itertools import groupby
from pathlib import Path

from experiments import simulate
from exports.page import PLAYER, assigned, given, libraries, packed, page, script
from lessons import CHAPTERS, GLOSSARY, LESSONS, Lesson, Term, marked
from player import WEB, Room, stored_experiment

NAME = "Fall Line"
ABOUT = "How optimizers behave on loss landscapes: a course of questions, each with a picture that plays."
EMPHASIS = ((re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"), (re.compile(r"\*(.+?)\*"), r"<i>\1</i>"))
LIBRARIES = "libraries.js"
ROOM = Room(points=24_000, rates=16, numbers=1000)  # a lesson is below a megabyte


def build(
    folder: Path,
    written: Callable[[str], None] = lambda path: None,
    lessons: Iterable[Lesson] = tuple(LESSONS.values()),
) -> None:
    """Writes all pages into `folder`, which is made if it is not there; `written` hears of every file."""

    def write(name: str, text: str) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written(name)

    write(LIBRARIES, assigned("Libraries", libraries()))
    write("licenses.txt", licenses())
    write("index.html", index())
    write("glossary.html", glossary())
    for lesson in lessons:
        write(address(lesson), lesson_page(lesson))


def address(lesson: Lesson) -> str:
    """Where a lesson's page is."""
    return f"lessons/{lesson.slug.replace('_', '-')}.html"


def licenses() -> str:
    """Under which licences the libraries are that the pages bring with them."""
    texts = {
        "plotly.js": metadata.distribution("plotly").read_text("licenses/LICENSE.txt") or "",
        "KaTeX": (WEB / "katex" / "LICENSE").read_text(encoding="utf-8"),
        NAME: (Path(__file__).parents[1] / "LICENSE").read_text(encoding="utf-8"),
    }
    return "\n\n".join(f"{name}\n\n{text.strip()}" for name, text in texts.items()) + "\n"


def index() -> str:
    """All lessons by chapter, each with its question."""
    parts = []
    for chapter, lessons in groupby(LESSONS.values(), lambda lesson: lesson.chapter):
        rows = [
            f'<li><a href="{address(lesson)}">{escape(lesson.label)}</a><p>{formatted(lesson.question)}</p></li>'
            for lesson in lessons
        ]
        parts.append(f"<h2>{chapter} {escape(CHAPTERS[chapter - 1])}</h2><ol>{''.join(rows)}</ol>")
    links = '<p><a href="glossary.html">Glossary</a></p>'
    body = f'<main class="text"><h1>{NAME}</h1><p>{ABOUT}</p>{links}{"".join(parts)}</main>'
    return page(f"{NAME}: a course on optimizers", body, head=described(ABOUT))


def glossary() -> str:
    """Every word with its sentence, its formula and the lesson that shows it."""
    rows = [definition(term) for term in sorted(GLOSSARY.values(), key=lambda term: term.word.lower())]
    body = f'<main class="text"><p><a href="index.html">All lessons</a></p><h1>Glossary</h1><dl>{"".join(rows)}</dl></main>'
    scripts = [f'<script src="{LIBRARIES}"></script>', script("unpack.js")]
    return page(f"Glossary – {NAME}", body, scripts, described("The words of the course, each in a sentence."))


def definition(term: Term) -> str:
    """One word; its formula is typeset by the page."""
    formula = f'<div data-latex="{escape(term.formula)}">{escape(term.formula)}</div>' if term.formula else ""
    lesson = LESSONS[term.lesson]
    return (
        f'<dt id="{term.slug}">{escape(term.word)}</dt><dd>{formatted(term.sentence)}{formula}'
        f'<div><a href="{address(lesson)}">{escape(lesson.label)}</a></div></dd>'
    )


def lesson_page(lesson: Lesson) -> str:
    """A question, the picture, and behind a fold what it shows and why."""
    document = stored_experiment(lesson.experiment, lesson.scale, room=ROOM) | {"waits": True}
    body = f'<main class="lesson"><article>{words(lesson)}</article>{PLAYER}</main>'
    scripts = [
        f'<script src="../{LIBRARIES}"></script>',
        given("Experiment", packed(document)),
        script("unpack.js"),
    ]
    return page(f"{lesson.label} – {NAME}", body, scripts, described(plain(lesson.question)))


def words(lesson: Lesson) -> str:
    """What stands beside the picture."""
    seen: set[str] = set()
    question, watch, explanation = (
        with_terms(text, seen) for text in (lesson.question, lesson.watch, lesson.explanation)
    )
    answers = "".join(f"<li>{formatted(answer.text)}</li>" for answer in lesson.answers)
    right = next(answer.text for answer in lesson.answers if answer.right)
    trajectory = simulate(lesson.experiment)
    shown = "".join(f"<li>{escape(claim(lesson.experiment, trajectory).words)}</li>" for claim in lesson.claims)
    try_next = f"<p><b>Now try.</b> {with_terms(lesson.try_next, seen)}</p>" if can_be_tried(lesson) else ""
    chapter = f"{lesson.chapter} {escape(CHAPTERS[lesson.chapter - 1])}"
    return (
        f'<p class="place"><a href="../index.html">All lessons</a> · {chapter}</p><h1>{escape(lesson.label)}</h1>'
        f"<p>{question}</p><ol>{answers}</ol><p><b>Watch for.</b> {watch}</p>"
        f"<details><summary>What happens, and why</summary><p><b>{formatted(right)}</b></p><ul>{shown}</ul>"
        f"<p>{explanation}</p>{try_next}</details>{neighbours(lesson)}"
    )


def can_be_tried(lesson: Lesson) -> bool:
    """Whether the page can do what the lesson asks to change: learning rates alone."""
    return all(getattr(control, "field", "") == "learning_rate" for control in lesson.controls)


def neighbours(lesson: Lesson) -> str:
    """The ways to the lessons before and after."""
    order = list(LESSONS.values())
    at = order.index(lesson)
    links = [("Previous", order[at - 1])] if at else []
    links += [("Next", order[at + 1])] if at + 1 < len(order) else []
    return "".join(f'<p>{way}: <a href="{Path(address(to)).name}">{escape(to.label)}</a></p>' for way, to in links)


def with_terms(text: str, seen: set[str]) -> str:
    """A text in which every word of the glossary leads there where it first stands."""
    pieces = [
        escape(piece, quote=False)
        if term is None
        else f'<a class="term" href="../glossary.html#{term.slug}" title="{escape(term.sentence)}">{escape(piece)}</a>'
        for piece, term in marked(text, seen)
    ]
    return emphasized("".join(pieces))


def formatted(text: str) -> str:
    """The little Markdown that the texts have, as HTML."""
    return emphasized(escape(text, quote=False))


def emphasized(html: str) -> str:
    """HTML with stars turned into what they stand for."""
    for pattern, replacement in EMPHASIS:
        html = pattern.sub(replacement, html)
    return html


def plain(text: str) -> str:
    """The same without it."""
    return text.replace("*", "")


def described(text: str) -> str:
    """What a search engine shows of a page."""
    return f'<meta name="description" content="{escape(text)}">'


def told(name: str) -> None:
    """Prints which file was written."""
    sys.stdout.write(f"{name}\n")


def main(arguments: Sequence[str]) -> int:
    """Builds the site in the folder that is given."""
    if len(arguments) != 1:
        sys.stderr.write("Name the folder to write the site to: python -m exports.site FOLDER\n")
        return 2
    build(Path(arguments[0]), told)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
