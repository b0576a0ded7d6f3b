"""What was computed is kept while there is room for it, and computed once, however many threads ask at the same time."""

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from threading import Condition
from typing import Any

import cachetools
import numpy as np

SMALL = 32  # bytes of a number and its place in a list


def cached(most: float, size: Callable[[Any], float] | None = None) -> Callable[[Callable], Any]:
    """Keeps what a function returns for its arguments, which must be hashable; what was asked for longest ago goes first.

    Whoever asks for what is just being computed waits for it. What raises is not kept. The function has `cache_info()`
    and `cache_clear()`, as with functools.lru_cache.

    Args:
      most: how many results are kept; with `size`, how much all of them may measure together. A result that measures
        more by itself is returned and not kept.
      size: how much of `most` a result takes, such as `bytes_of`.
    """
    return cachetools.cached(cachetools.LRUCache(most, getsizeof=size), condition=Condition(), info=True)


def bytes_of(value: Any) -> int:
    """About how much memory a value takes: the arrays and texts in it, through mappings, sequences and dataclasses."""
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, str | bytes):
        return len(value)
    if is_dataclass(value):
        value = vars(value)
    if isinstance(value, Mapping):
        value = value.values()
    elif not isinstance(value, list | tuple):
        return SMALL
    return sum(map(bytes_of, value))
