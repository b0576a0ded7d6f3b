"""Which requests took longest lately: by their path, without what was asked in particular or who asked."""

import heapq
import time
from collections import deque
from typing import NamedTuple

SLOW = 0.1  # seconds from which a request is remembered
LATELY = 3600.0  # seconds
SHOWN = 10


class Slow(NamedTuple):
    """One request."""

    seconds: float
    path: str
    at: float  # on the monotonic clock


_slow: deque[Slow] = deque(maxlen=10_000)


def note(path: str, seconds: float) -> None:
    """Remembers a request that has been answered, if it was slow."""
    if seconds >= SLOW:
        _slow.append(Slow(seconds, path, time.monotonic()))


def slowest() -> list[Slow]:
    """The slowest of the last hour, the very slowest first."""
    since = time.monotonic() - LATELY
    return heapq.nlargest(SHOWN, (request for request in tuple(_slow) if request.at >= since))
