"""Adam from 65,536 starts at once: our rule under JAX against hand-written C with OpenMP."""

import ctypes
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.report import median, milliseconds, print_table, seconds_of, times_as
from experiments import Experiment, Run
from landscapes import LANDSCAPES
from sweeps import Ends, Lanes, run_lanes

STARTS, STEPS, REPEATS = 65_536, 300, 20
NUMBERS = np.array([0.02, 0.9, 0.999, 1e-8], np.float32)  # learning rate, b1, b2, eps
STEEPNESS = np.float32(100.0)
COUNTS = (10_000, 100_000, 1_000_000, 10_000_000)
FLAGS = ("-O3", "-march=native", "-fopenmp", "-fno-math-errno")  # without the last, gcc can't vectorize sqrtf
TOLERANCE = 1e-4
ALIKE = 0.995  # of the starts end at the same point
Coordinates = tuple[np.ndarray, np.ndarray]


def many_starts() -> None:
    """Prints the tables."""
    starts = random_starts()
    moves = both(lambda: adam(starts))
    watches = both(lambda: adam(starts, Ends._fields[2:]))
    rows = [
        row("Fall Line's adam, only moving", moves, moves),
        row("the same, with best loss, divergence and arrival", watches, moves),
    ]
    c = c_adam()
    if c is None:
        rows.append(["C: no C compiler", "-", "-", "-", "-"])
        agreement = "The end points are not checked."
    else:
        theirs = both(lambda: c(starts))
        rows.append(row(f"C, gcc {' '.join(FLAGS)}", theirs, moves))
        ratios = (
            f"{times_as(moves[0], theirs[0])} the time of C, and {times_as(moves[1], theirs[1])} its processor time"
        )
        agreement = f"Ours takes {ratios} (goal: at most 2×). "
        ends = adam(starts).positions.T
        agreement += how_they_agree(ends, np.stack(c(starts)), adam(starts, single=False).positions.T)
    title = f"starts: {STARTS:,} starts × {STEPS} Adam steps on Rosenbrock, float32"
    header = ["loop", "median", "processor time", "repeats", "against ours"]
    print_table(title, header, rows, [agreement, per_start_and_step()])


def both(act: Callable[[], object]) -> tuple[float, float]:
    """The medians of the seconds and of the processor time that something takes; others delay the second less."""
    act()
    return median(seconds_of(act, REPEATS)), median(processor_times(act, REPEATS))


def processor_times(act: Callable[[], object], repeats: int) -> list[float]:
    """The processor time of some repeats, of all threads together."""
    used = []
    for _ in range(repeats):
        begun = time.process_time()
        act()
        used.append(time.process_time() - begun)
    return used


def row(name: str, taken: tuple[float, float], ours: tuple[float, float]) -> list[str]:
    """One loop of the table."""
    return [name, milliseconds(taken[0]), milliseconds(taken[1]), f"{REPEATS}", times_as(taken[1], ours[1])]


def per_start_and_step() -> str:
    """What a step of one start costs, for very different numbers of starts."""
    costs = []
    for count in COUNTS:
        starts = random_starts(count)
        used = min(processor_times(lambda starts=starts: adam(starts), 3))
        costs.append(f"{count:,}: {used / count / STEPS * 1e9:.2f} ns")
    return f"Processor time per start and step, by starts: {', '.join(costs)}."


def random_starts(count: int = STARTS) -> Coordinates:
    """Starts spread over the landscape's view, the same every time."""
    generator = np.random.default_rng(0)
    x, y = (generator.uniform(*interval, count).astype(np.float32) for interval in LANDSCAPES["rosenbrock"].view)
    return x, y


def adam(starts: Coordinates, asked: tuple[str, ...] = (), single: bool = True) -> Ends:
    """The catalogue's rule from all starts, by the engine of sweeps."""
    rate, b1, b2, eps = map(float, NUMBERS)
    run = Run("adam", {"learning_rate": rate, "b1": b1, "b2": b2, "eps": eps})
    experiment = Experiment("rosenbrock", {"steepness": float(STEEPNESS)}, steps=STEPS, runs=(run,))
    return run_lanes(Lanes(experiment, run, {"start0": starts[0], "start1": starts[1]}), asked=asked, single=single)


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


def how_they_agree(ours: np.ndarray, theirs: np.ndarray, exact: np.ndarray) -> str:
    """Whether both loops end at the same points but for the few starts from which rounding is blown up, in C as in ours."""
    apart = [np.abs(one - other).max(axis=0) for one, other in ((ours, theirs), (ours, exact), (theirs, exact))]
    shares = [float(np.mean(distance <= TOLERANCE)) for distance in apart]
    verdict = "agree" if shares[0] >= ALIKE else "DISAGREE"
    return (
        f"End points {verdict}: within {TOLERANCE:.0e} on {shares[0]:.2%} of starts (allowed: no fewer than {ALIKE:.1%}); "
        f"ours are as near to those in double precision on {shares[1]:.2%}, those of C on {shares[2]:.2%}."
    )
