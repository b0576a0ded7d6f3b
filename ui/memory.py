"""Memory that is not needed any more goes back to the system."""

import ctypes
import sys

# Options of glibc's mallopt, by their names in malloc.h.
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
ARENAS = 2
LARGE = 2**20  # bytes


def give_back_memory() -> None:
    """Has glibc keep little of what was freed; elsewhere this does nothing.

    By default every thread may have a heap of its own, whose holes only that heap can fill, and what is large stays in
    them, too. After the 200 largest requests a server held 1.6 GB like that, of which it used 1.1.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl, for instance, has none
        if mallopt is not None:
            mallopt(M_ARENA_MAX, ARENAS)
            mallopt(M_MMAP_THRESHOLD, LARGE)
