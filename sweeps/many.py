"""Runs lanes, however many: in chunks that stay in cache, over all cores, and no longer than somebody waits for them."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import replace

import jax
import numpy as np
from jaxtyping import Float

from experiments import (
    PADDED_STEPS,
    batches,
    gradient_noise,
    learning_rates,
    optimizer_of,
    problem_of,
    schedule_of,
    with_rate,
)
from sweeps.lanes import Lanes, clips
from sweeps.program import TOGETHER, Draws, Ends, Seen, compiled_lanes

BLOCKS = 16  # of TOGETHER lanes in a chunk, per device: longer than it takes to call, and short enough to wait for
LONG = 1000  # steps
CORES = os.cpu_count() or 1
_workers = ThreadPoolExecutor(CORES, "sweeps")

# Called before each chunk. What it raises ends a sweep that nobody waits for any more.
before_chunk: ContextVar[Callable[[], None]] = ContextVar("before_chunk", default=lambda: None)


def run_lanes(
    lanes: Lanes,
    goals: Float[np.ndarray, "lanes dimension"] | None = None,
    radius: float = np.inf,
    level: float = np.inf,
    single: bool = False,
    asked: tuple[str, ...] = Seen._fields,
) -> Ends:
    """Where every lane ends, and what it saw on its way.

    Args:
      goals: the point of every lane at which it is said to arrive; none with an infinite radius.
      radius: how near to it that is.
      level: the loss up to which it is, too.
      asked: what each lane is to remember of its way, of the fields of `Ends`; less takes less time.
      single: whether to compute in single precision, which is faster where there are very many.
    """
    kind = np.float32 if single else np.float64
    aims = np.zeros((len(lanes), problem_of(lanes.experiment).dimension)) if goals is None else goals
    with np.errstate(over="ignore"):  # what is too large for single precision is infinite there
        values, aims = lanes.values.astype(kind), aims.astype(kind)
        shared = lanes.shared.astype(kind), kind(radius), kind(level), _draws(lanes, kind)
    program, steps = _program(lanes, asked), lanes.experiment.steps
    size = BLOCKS * TOGETHER * jax.device_count()
    # Of a long run, fewer lanes are taken at a time: a chunk that has begun is not stopped.
    taken = max(size * LONG // max(steps, LONG) // TOGETHER, 1) * TOGETHER

    def of_chunk(begin: int) -> Ends:
        chunk = slice(begin, begin + taken)
        blocks = _in_blocks(values[chunk], size), _in_blocks(aims[chunk], size)
        used = np.arange(0, size, TOGETHER) < len(values[chunk])
        with jax.enable_x64(not single):
            ends = program(*blocks, np.where(used, steps, 0).astype(np.int32), *shared)
            return jax.tree.map(
                lambda field: np.asarray(field).reshape(size, *field.shape[2:])[: len(values[chunk])], ends
            )

    parts = list(_at_once(of_chunk, range(0, len(lanes), taken)))
    return jax.tree.map(lambda *fields: np.concatenate(fields), *parts)


def _program(lanes: Lanes, asked: tuple[str, ...]) -> jax.stages.Wrapped:
    problem, run = problem_of(lanes.experiment), lanes.run
    return compiled_lanes(problem, optimizer_of(run), lanes.indices, clips(run), schedule_of(run).reacts, asked)


def _draws(lanes: Lanes, kind: type) -> Draws:
    """What the steps of all lanes share, padded so that another number of steps compiles nothing."""
    experiment, steps = lanes.experiment, lanes.experiment.steps
    padding = next(size for size in PADDED_STEPS if size >= steps) - steps
    factors: np.ndarray = learning_rates(with_rate(lanes.run, 1.0), steps).astype(kind)
    noise: np.ndarray = gradient_noise(replace(experiment, noise=1.0)).astype(kind)
    return Draws(*(_longer(drawn, padding) for drawn in (factors, noise, batches(experiment))))


def _longer(drawn: np.ndarray, by: int) -> np.ndarray:
    return np.pad(drawn, [(0, by)] + [(0, 0)] * (drawn.ndim - 1))


def _in_blocks(rows: np.ndarray, size: int) -> np.ndarray:
    """Rows in blocks of TOGETHER, the last one repeated until there are `size`."""
    return np.pad(rows, ((0, size - len(rows)), (0, 0)), mode="edge").reshape(-1, TOGETHER, rows.shape[1])


def _at_once(work: Callable[[int], Ends], places: Iterable[int]) -> Iterator[Ends]:
    """What `work` makes of all places, in their order: so many at once as there are cores, and few on their way."""
    waiting: deque[Future[Ends]] = deque()
    try:
        for place in places:
            before_chunk.get()()
            waiting.append(_workers.submit(work, place))
            if len(waiting) > 2 * CORES:
                yield waiting.popleft().result()
        while waiting:
            before_chunk.get()()
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
