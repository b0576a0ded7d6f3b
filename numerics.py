"""How JAX computes here: in double precision, and the loop of a run as one kernel. Set where a room is first imported."""

import os
import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path
from typing import TypeVar

import jax

T, R = TypeVar("T"), TypeVar("R")
# A step of a run is a few hundred bytes of arithmetic. As one kernel the whole loop takes a third of the time, and less
# to compile, than as a kernel for every operation, which XLA makes of a loop that touches over a kilobyte a step.
WHOLE_LOOPS = ("xla_cpu_small_while_loop_byte_threshold", "131072")
EXTRA = re.compile(r"""(--xla_backend_extra_options=)(["']?)([^"'\s]*)(["']?)""")


def with_whole_loops(flags: str) -> str:
    """XLA_FLAGS as somebody has set them, with our option beside theirs; the same option of theirs stays as it is."""
    if flags.strip() and not flags.lstrip().startswith("-"):  # XLA takes anything else for a file of flags
        flags = Path(flags.strip()).read_text()
    name, value = WHOLE_LOOPS
    if re.search(rf"\b{name}=", flags):
        return flags
    if EXTRA.search(flags) is None:
        return f"{flags} --xla_backend_extra_options={name}={value}".strip()
    return EXTRA.sub(lambda found: _extended(found, f"{name}={value}"), flags, count=1)


def _extended(found: re.Match[str], option: str) -> str:
    flag, opening, options, closing = found.groups()
    return f"{flag}{opening}{','.join(filter(None, [options, option]))}{closing}"


os.environ["XLA_FLAGS"] = with_whole_loops(os.environ.get("XLA_FLAGS", ""))

# A trajectory is drawn in double precision: in single, paths that should be equal drift apart within a few hundred steps.
jax.config.update("jax_enable_x64", True)

PROCESSORS = 2  # that one request keeps busy


def side_by_side(function: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """`function` of every item, in their order, computed by several threads: JAX computes without Python's lock."""
    with ThreadPoolExecutor(PROCESSORS) as pool:
        return [asked.result() for asked in [pool.submit(copy_context().run, function, item) for item in items]]
