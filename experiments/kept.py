"""What is compiled for a landscape, kept while it is of use: for ever for the catalogue, for the latest of all others.

Somebody may type thousands of formulas. Each is a landscape of its own, with loops of its own to compile, so what is
compiled is kept per landscape and let go together.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import Any, TypeVar

from landscapes import LANDSCAPES, Landscape

R = TypeVar("R")
RECENT = 24  # landscapes outside the catalogue; each may take 20 MB with four rules

_lock = RLock()
_recent: OrderedDict[Landscape, dict] = OrderedDict()
_catalogue: dict[Landscape, dict] = {}


def kept_with_landscape(make: Callable[..., R]) -> Callable[..., R]:
    """Makes `make(landscape, *others)` once for the same arguments, as long as the landscape is in the catalogue or
    among the `RECENT` ones last asked for."""

    @wraps(make)
    def kept(landscape: Landscape, *others: Any) -> R:
        place, key = _place(landscape), (make, *others)
        if key not in place:
            place[key] = make(landscape, *others)
        return place[key]

    return kept


def _place(landscape: Landscape) -> dict:
    """Where everything of one landscape is kept."""
    with _lock:
        if LANDSCAPES.get(landscape.slug) is landscape:
            return _catalogue.setdefault(landscape, {})
        place = _recent.setdefault(landscape, {})
        _recent.move_to_end(landscape)
        while len(_recent) > RECENT:
            _recent.popitem(last=False)
        return place
