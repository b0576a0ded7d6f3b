"""What is compiled for a landscape, kept while it is of use and within bounds.

Somebody may type thousands of formulas, or try every rule on every surface. What is compiled for a formula is kept with
it and let go together; for the catalogue, what was asked for longest ago is let go first, to be had again from disk.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import Any, TypeVar

from landscapes import LANDSCAPES, Problem

R = TypeVar("R")
RECENT = 24  # landscapes outside the catalogue; each may take 20 MB with four rules

MOST = 512  # programs for the catalogue's landscapes

_lock = RLock()
_recent: OrderedDict[Problem, OrderedDict] = OrderedDict()
_catalogue: OrderedDict[tuple, Any] = OrderedDict()
_made = 0


def kept_with_landscape(make: Callable[..., R]) -> Callable[..., R]:
    """Makes `make(landscape, *others)` once for the same arguments, as long as it is among the latest of its kind: the
    `MOST` asked for last for landscapes of the catalogue, all of the `RECENT` last landscapes that are not in it."""

    @wraps(make)
    def kept(landscape: Problem, *others: Any) -> R:
        global _made
        key = (landscape, make, *others)
        with _lock:
            place = _place(landscape)
            if key in place:
                place.move_to_end(key)
                return place[key]
        made = make(landscape, *others)
        with _lock:
            _made += 1
            place.setdefault(key, made)
            while len(_catalogue) > MOST:
                _catalogue.popitem(last=False)
        return made

    return kept


def programs_made() -> int:
    """How often something was made to be kept, since the start."""
    return _made


def _place(landscape: Problem) -> OrderedDict:
    """Where what belongs to a landscape is kept."""
    if LANDSCAPES.get(landscape.slug) is landscape:
        return _catalogue
    place = _recent.setdefault(landscape, OrderedDict())
    _recent.move_to_end(landscape)
    while len(_recent) > RECENT:
        _recent.popitem(last=False)
    return place
