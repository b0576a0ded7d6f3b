"""What claims are made of: measures of a trajectory, and numbers in words."""

from collections.abc import Callable

import jax
import numpy as np

from experiments import Experiment, Trajectory, landscape_of
from landscapes import Landscape
from surfaces import kept_with_landscape

DOWN = 0.01  # of the start's height above the minimum: a run that stays below it has arrived
SEEN = 0.02  # of the picture's width: what can be told apart by eye
TINY = 1e-4  # a distance that is said to be none


def heights(experiment: Experiment, trajectory: Trajectory) -> np.ndarray:
    """The losses above the lowest value, of shape (runs, steps + 1); infinite where a run has diverged."""
    minimum = landscape_of(experiment).minimum
    finite = np.where(np.isfinite(trajectory.losses), trajectory.losses, np.inf)
    return finite - (finite.min() if minimum is None else minimum)


def arrivals(experiment: Experiment, trajectory: Trajectory) -> list[int | None]:
    """Per run the first step from which it stays within 1 % of its starting height; None if it does not get there."""
    above = heights(experiment, trajectory)
    return [_last_above(run, DOWN * run[0]) for run in above]


def _last_above(heights: np.ndarray, level: float) -> int | None:
    late = np.flatnonzero(~(heights <= level))
    step = int(late[-1]) + 1 if len(late) else 0
    return step if step < len(heights) else None


def distances(trajectory: Trajectory, point: tuple[float, float]) -> np.ndarray:
    """How far every run is from `point`, of shape (runs, steps + 1); infinite where it has diverged."""
    away = trajectory.positions - np.array(point)
    finite = np.isfinite(away).all(axis=-1)
    return np.where(finite, np.hypot(*np.moveaxis(np.where(finite[..., None], away, 0.0), -1, 0)), np.inf)


def ending(trajectory: Trajectory, run: int, star: tuple[float, float]) -> str:
    """Where a run ends, as a predicate; `star` is where the picture has one."""
    if trajectory.diverged_at[run] >= 0:
        return f"diverges at step {trajectory.diverged_at[run]}"
    away = float(distances(trajectory, star)[run, -1])
    return f"ends within {number(TINY)} of the star" if away < TINY else f"ends {number(away)} away from the star"


def step_lengths(trajectory: Trajectory) -> np.ndarray:
    """How long every step is, of shape (runs, steps); infinite where a run has diverged."""
    finite = np.isfinite(trajectory.updates).all(axis=-1)
    updates = np.where(finite[..., None], trajectory.updates, 0.0)
    return np.where(finite, np.hypot(updates[..., 0], updates[..., 1]), np.inf)


def swings(values: np.ndarray, experiment: Experiment) -> int:
    """How many times a coordinate goes from one side of 0 to the other, so far that it can be seen."""
    finite = values[np.isfinite(values)]
    signs = np.sign(finite[np.abs(finite) > SEEN / 2 * width(experiment)])
    return int(np.count_nonzero(signs[1:] != signs[:-1]))


def curvature(experiment: Experiment, point: np.ndarray) -> float:
    """The largest eigenvalue λ of the Hessian at a point."""
    hessian = _hessian(landscape_of(experiment))(np.asarray(point, np.float64), dict(experiment.landscape_parameters))
    return float(np.linalg.eigvalsh(np.asarray(hessian))[-1])


@kept_with_landscape
def _hessian(landscape: Landscape) -> Callable:
    return jax.jit(jax.hessian(lambda position, parameters: landscape.loss(position, **parameters)))


def width(experiment: Experiment) -> float:
    """How wide the picture is."""
    (left, right), _ = landscape_of(experiment).view
    return right - left


def rate(experiment: Experiment, run: int) -> float:
    """The learning rate of a run."""
    return experiment.runs[run].hyperparameters["learning_rate"]


def number(value: float) -> str:
    """Three digits, as a person writes them: 0.0125, 4,300, 5.2 million or 3 × 10⁻⁹."""
    if not np.isfinite(value):
        return "infinity"
    if value == 0:
        return "0"
    size = abs(value)
    if 1e-4 <= size < 1e6:
        rounded = float(f"{value:.3g}")
        return f"{rounded:,.0f}" if size >= 100 else f"{rounded:g}"
    mantissa, exponent = f"{value:.1e}".split("e")
    power = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{mantissa.removesuffix('.0')} × 10{power}"


def distance(value: float) -> str:
    """A distance in the picture."""
    return "0" if abs(value) < TINY else number(value)


def times(ratio: float) -> str:
    """A factor as it is said: 4.2 times, 12 times."""
    if not np.isfinite(ratio):
        return "infinitely many times"
    said = f"{ratio:.1f}".removesuffix(".0") if ratio < 9.95 else number(float(f"{ratio:.2g}"))
    return f"{said} times"


def counted(count: int, thing: str) -> str:
    """So many things: 1 time, 3 times."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def arrives(step: int | None, experiment: Experiment) -> str:
    """When a run arrives, as a predicate."""
    if step is None:
        return f"does not arrive within {counted(experiment.steps, 'step')}"
    return f"arrives after {counted(step, 'step')}"
