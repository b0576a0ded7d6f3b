"""Lessons on networks, one file each. `NETWORK_LESSONS` maps slugs to declarations, in the order of the menu."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import cast

from catalogue import discover
from networks.lessons._lesson import Claim, Evidence, NetworkLesson

_found = cast(Mapping[str, NetworkLesson], discover(__name__))
NETWORK_LESSONS: Mapping[str, NetworkLesson] = MappingProxyType(
    {lesson.slug: lesson for lesson in sorted(_found.values(), key=lambda lesson: lesson.place)}
)

__all__ = ["NETWORK_LESSONS", "Claim", "Evidence", "NetworkLesson"]
