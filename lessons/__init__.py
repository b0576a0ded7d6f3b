"""Lessons, one file each: a question, an experiment and what it shows. `LESSONS` maps slugs to them, in a course's order."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import cast

from catalogue import discover
from lessons._controls import Choice, Control, Number
from lessons._glossary import GLOSSARY, Term
from lessons._lesson import CHAPTERS, Answer, Claim, Evidence, Lesson
from lessons._marking import marked

LESSONS: Mapping[str, Lesson] = MappingProxyType(
    dict(
        sorted(
            cast(Mapping[str, Lesson], discover(__name__)).items(),
            key=lambda item: (item[1].chapter, item[1].place),
        )
    )
)
FIRST = LESSONS["ravine"]  # what Compare shows to a visitor

__all__ = [
    "CHAPTERS",
    "FIRST",
    "GLOSSARY",
    "LESSONS",
    "Answer",
    "Choice",
    "Claim",
    "Control",
    "Evidence",
    "Lesson",
    "Number",
    "Term",
    "marked",
]
