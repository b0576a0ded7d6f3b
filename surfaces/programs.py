"""What is compiled for a landscape, kept while it is of use and within bounds.

Somebody may type thousands of formulas, or try every rule on every surface: what was asked for longest ago is let go,
for the catalogue to be had again from disk. Formulas have a bound of their own, so that a class that types many of them
does not drive out what is compiled for the catalogue.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from caches import cached
from landscapes import LANDSCAPES, Problem

R = TypeVar("R")
MOST = 56  # programs for the catalogue, each of up to 5 MB; one that was let go takes 30 ms to come back from disk
MOST_TYPED = 40  # for everything else; a formula with four runs has ten

# Called before each program is made. What it raises ends a computation that nobody waits for any more.
before_compiling: ContextVar[Callable[[], None]] = ContextVar("before_compiling", default=lambda: None)


def kept_with_landscape(make: Callable[..., R]) -> Callable[..., R]:
    """Makes `make(landscape, *others)` once for the same arguments, as long as it is among those asked for last."""

    @wraps(make)
    def kept(landscape: Problem, *others: Any) -> R:
        in_catalogue = LANDSCAPES.get(landscape.slug) is landscape
        return (_of_catalogue if in_catalogue else _typed)(make, landscape, *others)

    return kept


def _made(make: Callable[..., R], landscape: Problem, *others: Any) -> R:
    before_compiling.get()()
    return make(landscape, *others)


_of_catalogue, _typed = cached(MOST)(_made), cached(MOST_TYPED)(_made)


def programs_made() -> int:
    """How often something was made to be kept, since the start."""
    return _of_catalogue.cache_info().misses + _typed.cache_info().misses
