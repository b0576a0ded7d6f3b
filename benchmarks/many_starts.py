"""Adam from 65,536 starts at once: our rule under JAX against hand-written C with OpenMP."""

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import jax
import numpy as np

from benchmarks.report import median, milliseconds, print_table, seconds_of, times_as
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS

STARTS, STEPS, REPEATS = 65_536, 300, 20
NUMBERS = np.array([0.02, 0.9, 0.999, 1e-8], np.float32)  # learning rate, b1, b2, eps
STEEPNESS = np.float32(100.0)
UNROLLED = 3  # steps per pass over memory
FLAGS = ("-O3", "-march=native", "-fopenmp", "-fno-math-errno")  # without the last, gcc can't vectorize sqrtf
TOLERANCE = 1e-4
Coordinates = tuple[np.ndarray, np.ndarray]


def many_starts() -> None:
    """Prints the table."""
    starts = random_starts()
    compiled = compiled_adam()
    ours = median(seconds_of(lambda: jax.block_until_ready(compiled(*starts, NUMBERS)), REPEATS))
    rows = [["Fall Line's adam, jitted, all starts together", milliseconds(ours), f"{REPEATS}", "1×"]]
    c = c_adam()
    if c is None:
        rows.append(["C: no C compiler", "-", "-", "-"])
        agreement = "The end points are not checked."
    else:
        theirs = median(seconds_of(lambda: c(starts), REPEATS))
        rows.append([f"C, gcc {' '.join(FLAGS)}", milliseconds(theirs), f"{REPEATS}", times_as(theirs, ours)])
        agreement = f"Ours takes {times_as(ours, theirs)} the time of C (goal: at most 2×). "
        ends = np.stack(compiled(*starts, NUMBERS))
        agreement += how_they_agree(ends, np.stack(c(starts)), well_behaved(starts, ends))
    title = f"starts: {STARTS:,} starts × {STEPS} Adam steps on Rosenbrock, float32"
    print_table(title, ["loop", "median", "repeats", "against ours"], rows, [agreement])


def random_starts() -> Coordinates:
    """Starts spread over the landscape's view, the same every time."""
    generator = np.random.default_rng(0)
    x, y = (generator.uniform(*interval, STARTS).astype(np.float32) for interval in LANDSCAPES["rosenbrock"].view)
    return x, y


def compiled_adam() -> Callable:
    """The catalogue's rule in one jitted loop. Adam acts on every coordinate by itself, so x and y stay two arrays."""
    loss = LANDSCAPES["rosenbrock"].loss
    gradient = jax.vmap(jax.grad(lambda position: loss(position, steepness=STEEPNESS)))

    def run(x, y, numbers):
        rule = OPTIMIZERS["adam"].make(*numbers)

        def step(_, carry):
            positions, states = carry
            moves = [rule.update(*one) for one in zip(gradient(positions), states, positions, strict=True)]
            moved = tuple(position + update for position, (update, _) in zip(positions, moves, strict=True))
            return moved, tuple(state for _, state in moves)

        carry = (x, y), (rule.init(x), rule.init(y))
        return jax.lax.fori_loop(0, STEPS, step, carry, unroll=UNROLLED)[0]

    return jax.jit(run)


def c_adam() -> Callable[[Coordinates], Coordinates] | None:
    """The same in C, compiled just now for this processor; None without a compiler."""
    if shutil.which("gcc") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "adam_starts.so"
        source = Path(__file__).with_name("adam_starts.c")
        subprocess.run(["gcc", *FLAGS, "-fPIC", "-shared", "-o", library, source, "-lm"], check=True)
        function = ctypes.CDLL(str(library)).adam_starts
    function.argtypes = [ctypes.c_void_p] * 2 + [ctypes.c_int] * 2 + [ctypes.c_float] * 5
    function.restype = None

    def run(starts: Coordinates) -> Coordinates:
        x, y = (coordinate.copy() for coordinate in starts)
        function(x.ctypes.data, y.ctypes.data, STARTS, STEPS, *map(float, NUMBERS), float(STEEPNESS))
        return x, y

    return run


def well_behaved(starts: Coordinates, ours: np.ndarray) -> np.ndarray:
    """Which starts rounding is not blown up from: where our own loop ends at the same point in double precision."""
    exact = np.stack(compiled_adam()(*(coordinate.astype(np.float64) for coordinate in starts), NUMBERS.astype(float)))
    return np.abs(ours - exact).max(axis=0) <= TOLERANCE / 10


def how_they_agree(ours: np.ndarray, theirs: np.ndarray, judged: np.ndarray) -> str:
    """Whether both loops end at the same points, from the starts that are `judged`."""
    difference = np.abs(ours - theirs).max(axis=0)
    largest = difference[judged].max()
    verdict = "agree" if largest <= TOLERANCE else "DISAGREE"
    return (
        f"End points {verdict}: on the {judged.mean():.2%} of starts where single and double precision agree, they differ "
        f"by at most {largest:.0e} (allowed {TOLERANCE:.0e}); on all starts by {difference.max():.0e}."
    )
