"""The declaration of one lesson: words and the experiment that they are about."""

from dataclasses import dataclass

from catalogue import Entry
from experiments import Experiment


@dataclass(frozen=True, kw_only=True, eq=False)
class Lesson(Entry):
    """Something to show a class.

    Args:
      order: its place in the menu; the lowest is what a visitor sees first.
      words: a short paragraph for a student, in Markdown.
      experiment: what is drawn.
    """

    order: int
    words: str
    experiment: Experiment
