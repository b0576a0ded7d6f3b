"""What a link stands for: an experiment, and how its surface is drawn."""

from typing import NamedTuple
from urllib.parse import parse_qs

from catalogue import quoted
from experiments import Experiment, foremost, from_query
from lessons import FIRST, LESSONS
from player import OPTIONS, SCALES, Display, display_from_query

# How it is looked at, which is no part of an experiment.
VIEW_OPTIONS = ("scale", *OPTIONS, "embed", "embed_options", "sweep", "of", "up", "plane", "on")


class Linked(NamedTuple):
    """What a link holds; `title` is that of its lesson, if it is one."""

    experiment: Experiment
    scale: str
    title: str
    display: Display = Display()


def follow(link: str) -> Linked:
    """What the address of a page, or what stands behind its question mark, leads to.

    Raises:
      ValueError: something in it is wrong, missing or unknown; a sentence for each.
    """
    query = parse_qs(link.strip().rpartition("?")[2].partition("#")[0], keep_blank_values=True)
    if not any(map(any, query.values())):
        raise ValueError(f"the link is {quoted(link)}; allowed: the address of an experiment or of a lesson")
    scale = query.get("scale", SCALES[:1])[-1]
    if scale not in SCALES:
        raise ValueError(f"scale is {quoted(scale)}; allowed: {', '.join(SCALES)}")
    slug = query.pop("lesson", [""])[-1].replace("-", "_")
    if slug and slug not in LESSONS:
        raise ValueError(f"lesson is {quoted(slug)}; allowed: {', '.join(LESSONS)}")
    lesson = LESSONS.get(slug)
    named = {name: values for name, values in query.items() if name not in VIEW_OPTIONS}
    experiment, problems = from_query(named, lesson.experiment if lesson else FIRST.experiment)
    display, more = display_from_query(query)
    problems = (*problems, *more)
    if problems:
        raise ValueError(" ".join(foremost(problems)))
    if lesson and "scale" not in query:
        scale = lesson.scale
    return Linked(experiment, scale, lesson.label if lesson else "", display)
