"""Lessons, one file each: words plus an Experiment. `LESSONS` maps slugs to declarations, in their order."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import cast

from catalogue import discover
from lessons._lesson import Lesson

LESSONS: Mapping[str, Lesson] = MappingProxyType(
    dict(sorted(cast(Mapping[str, Lesson], discover(__name__)).items(), key=lambda item: item[1].order))
)
FIRST = next(iter(LESSONS.values()))

__all__ = ["FIRST", "LESSONS", "Lesson"]
