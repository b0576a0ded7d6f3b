"""What became of a run, from evidence: where it ended, how it moved at the end, and the curvature there."""

from dataclasses import dataclass

import jax.numpy as jnp
import numpy as np

from experiments.experiment import Experiment, landscape_of
from experiments.simulation import Trajectory
from landscapes import Landscape
from surfaces import (
    REFINED_TOGETHER,
    CriticalPoints,
    kept_with_landscape,
    refine,
    steepness,
    view_centre,
    view_diagonal,
)

KINDS = ("global_minimum", "local_minimum", "saddle", "oscillates", "moving", "plateau", "diverged")
CLOSE = 0.008  # of the view's diagonal: what counts as at a point
STOPPED = 0.01  # of what is close: the length of the last steps together of a run that has stopped
AS_LOW = 1e-4  # of the start's height above it: what counts as the lowest loss
FLAT = 0.02  # of the surface's largest slope and curvature: what counts as a plateau


SHORT = {
    "global_minimum": "at the minimum",
    "local_minimum": "local minimum",
    "saddle": "at a saddle",
    "oscillates": "oscillates",
    "moving": "still moving",
    "plateau": "stuck on a plateau",
    "diverged": "diverged",
}
DATED = {"global_minimum", "local_minimum", "diverged"}  # the kinds whose short words say the step


@dataclass(frozen=True)
class Verdict:
    """One of KINDS, in words, and where they apply: the step at which it happened and the point that it is about.

    `short` is the same in the few words that fit on a button; those of the kind, with the step, where none are given.
    """

    kind: str
    text: str
    step: int | None = None
    point: tuple[float, float] | None = None
    short: str = ""

    def __post_init__(self) -> None:
        if self.short:
            return
        dated = self.kind in DATED and self.step is not None
        object.__setattr__(self, "short", SHORT[self.kind] + (f", step {self.step}" if dated else ""))


def verdicts(experiment: Experiment, trajectory: Trajectory) -> tuple[Verdict, ...]:
    """One verdict per run, in the experiment's order."""
    landscape = landscape_of(experiment)
    ends = np.nan_to_num(trajectory.positions[:, -1], nan=0.0, posinf=0.0, neginf=0.0)
    padded = np.resize(ends, (max(REFINED_TOGETHER, len(ends)), 2))
    nearby = refine(landscape, experiment.landscape_parameters, padded)
    shares = np.maximum(*steepness(landscape, experiment.landscape_parameters, padded))
    return tuple(
        _verdict(
            landscape, trajectory, run, CriticalPoints(*(field[run] for field in nearby)), bool(shares[run] < FLAT)
        )
        for run in range(len(ends))
    )


def _verdict(landscape: Landscape, trajectory: Trajectory, run: int, nearby: CriticalPoints, flat: bool) -> Verdict:
    positions, diverged_at = trajectory.positions[run], int(trajectory.diverged_at[run])
    diagonal = view_diagonal(landscape)
    if diverged_at >= 0:
        return Verdict("diverged", _lost(landscape, trajectory, run, diverged_at), step=diverged_at)
    if np.abs(positions[-1] - view_centre(landscape)).max() > 1000 * diagonal:
        left = int(np.argmax(np.abs(positions - view_centre(landscape)).max(axis=1) > diagonal))
        return Verdict("diverged", f"diverging: left the surface at step {left}", step=left)
    close = CLOSE * diagonal
    jitters = float(np.median(np.hypot(*np.diff(positions[-11:], axis=0).T))) > close / 10
    for minimum, loss in zip(landscape.minima, _values_of_minima(landscape), strict=True):
        step = _settled_at(positions, np.array(minimum), close)
        if step is not None:
            return _reached(
                landscape, minimum, loss, step, _arrival(positions, np.array(minimum), close, step, jitters)
            )
    for point in landscape.degenerate_saddles:
        if (step := _settled_at(positions, np.array(point), close)) is not None:
            text = f"sits at the saddle {_at(point)}: the slope vanishes there, and the curvature does not tell the way down"
            return Verdict("saddle", text, step, point)
    flat = flat and not (_is_minimum(nearby) and np.hypot(*(positions[-1] - nearby.positions)) < 0.1 * diagonal)
    return (
        _critical_point(landscape, positions, nearby, close, jitters)
        or _at_the_lowest(landscape, trajectory, run, close)
        or _motion(landscape, trajectory, run, close, flat)
    )


def _lost(landscape: Landscape, trajectory: Trajectory, run: int, step: int) -> str:
    """How a run came to have no finite loss: by growing without bound, or by leaving where the loss is defined."""
    loss, position = trajectory.losses[run, step], trajectory.positions[run, step]
    if step == 0:
        return "starts where the loss is undefined or infinite"
    before = trajectory.positions[run, step - 1]
    if np.abs(before - view_centre(landscape)).max() <= view_diagonal(landscape):
        if np.isnan(trajectory.gradients[run, step - 1]).any():
            return f"came at step {step - 1} to a point without a slope"
        if np.isnan(loss) and np.isfinite(position).all():
            return f"ran off the defined part of the surface at step {step}"
    return f"diverged at step {step}"


def _at_the_lowest(landscape: Landscape, trajectory: Trajectory, run: int, close: float) -> Verdict | None:
    """A run that settled as low as a search of the view found anything, on a floor without a single lowest point."""
    positions, losses = trajectory.positions[run], trajectory.losses[run]
    step = _settled_at(positions, positions[-1], close)
    if not landscape.searched or landscape.minimum is None or step is None:
        return None
    if abs(losses[-1] - landscape.minimum) > AS_LOW * abs(losses[0] - landscape.minimum):
        return None
    point = _pair(positions[-1])
    return Verdict("global_minimum", f"reached the lowest loss found in the view at {_at(point)}", step, point)


def _critical_point(
    landscape: Landscape, positions: np.ndarray, nearby: CriticalPoints, close: float, jitters: bool
) -> Verdict | None:
    """A minimum or saddle that is not in the landscape's list of minima, if the run settled at one."""
    step = _settled_at(positions, nearby.positions, close)
    if not nearby.converged or step is None:
        return None
    point = (float(nearby.positions[0]), float(nearby.positions[1]))
    low, high = float(nearby.curvatures[0]), float(nearby.curvatures[1])
    if _is_minimum(nearby):
        return _reached(
            landscape, point, float(nearby.losses), step, _arrival(positions, nearby.positions, close, step, jitters)
        )
    if high > 0 == low:
        text = f"came to rest at {_at(point)} on the level floor of a valley, at step {step}"
        return Verdict("local_minimum", text, step, point)
    if low < 0 >= high:
        summit, short = ("the maximum", "on a maximum") if high < 0 else ("a level ridge at", "on a level ridge")
        return Verdict("plateau", f"stands on {summit} {_at(point)}, where the slope vanishes", step, point, short)
    if high > 0 > low:
        text = f"sits at the saddle {_at(point)}: curved up ({high:.2g}) one way, down ({low:.2g}) the other"
        return Verdict("saddle", text, step, point)
    return None


def _is_minimum(point: CriticalPoints) -> bool:
    return bool(point.converged) and bool(point.curvatures[0] > 0)


def global_minima(landscape: Landscape) -> tuple[bool, ...]:
    """For every stated minimum, whether nothing is lower."""
    return tuple(_is_global(landscape, loss) for loss in _values_of_minima(landscape))


def _is_global(landscape: Landscape, loss: float) -> bool:
    return landscape.minimum is not None and abs(loss - landscape.minimum) < _tolerance(landscape)


def _tolerance(landscape: Landscape) -> float:
    return 0.0 if landscape.minimum is None else 1e-6 * (1 + abs(landscape.minimum))


def _reached(landscape: Landscape, point: tuple[float, float], loss: float, step: int, how: str) -> Verdict:
    if landscape.searched:
        return _reached_of_found(landscape, point, loss, step, how)
    if _is_global(landscape, loss):
        article = "a" if sum(global_minima(landscape)) > 1 else "the"
        return Verdict("global_minimum", f"reached {article} global minimum {how}", step, point)
    if landscape.minimum is not None and loss < landscape.minimum - _tolerance(landscape):
        text = f"left the box that is searched and reached a minimum {how}, lower than any inside"
        return Verdict("local_minimum", text, step, point)
    return Verdict("local_minimum", f"reached a local minimum {how}", step, point)


def _reached_of_found(landscape: Landscape, point: tuple[float, float], loss: float, step: int, how: str) -> Verdict:
    """A minimum of a surface of which no more is known than what a search of the view found."""
    (x_low, x_high), (y_low, y_high) = landscape.view
    if not (x_low <= point[0] <= x_high and y_low <= point[1] <= y_high):
        return Verdict("local_minimum", f"reached a minimum outside the view, {how}", step, point)
    if _is_global(landscape, loss):
        return Verdict("global_minimum", f"reached the lowest minimum found in the view, {how}", step, point)
    return Verdict("local_minimum", f"reached a local minimum {how}", step, point)


def _motion(landscape: Landscape, trajectory: Trajectory, run: int, close: float, flat: bool) -> Verdict:
    """How it still moves at the end: the last fifth of the run, at least ten steps."""
    window = min(max(len(trajectory.positions[run]) // 5, 10), len(trajectory.positions[run]) - 1)
    positions, losses = trajectory.positions[run, -window - 1 :], trajectory.losses[run, -window - 1 :]
    steps = np.diff(positions, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    net = float(np.hypot(*(positions[-1] - positions[0])))
    if lengths.sum() < close and flat:
        return Verdict("plateau", "stuck on a plateau: the slope is too small to follow", point=_pair(positions[-1]))
    turns = np.mean(np.sum(steps[1:] * steps[:-1], axis=1) < 0) if window > 1 else 0.0
    wanders = lengths.sum() > 3 * max(net, close)
    heights = losses - min(losses.min(), np.inf if landscape.minimum is None else landscape.minimum)
    falls = np.mean(heights[window // 2 :]) < 0.8 * np.mean(heights[: window // 2 + 1])
    if wanders and _grow(positions, heights, window // 2):
        return Verdict(
            "oscillates", "oscillates with growing swings: on its way to diverge", point=_pair(positions[-1])
        )
    if wanders and not falls:
        width = float(np.ptp(positions, axis=0).max())
        how = "oscillates" if turns > 0.5 else "circles"
        return Verdict("oscillates", f"{how} without settling, {width:.2g} wide", point=_pair(positions.mean(axis=0)))
    if lengths.sum() < STOPPED * close:
        text = "has all but stopped, away from any minimum: its steps have become too small"
        return Verdict("moving", text, point=_pair(positions[-1]), short="all but stopped")
    speed = float(np.median(lengths))
    return Verdict("moving", f"still moving, about {speed:.2g} per step", point=_pair(positions[-1]))


def _grow(positions: np.ndarray, heights: np.ndarray, half: int) -> bool:
    """Whether both the swings and the heights of the second half are larger: bounded bounces raise the loss at times."""
    wider = np.ptp(positions[half:], axis=0).max() > 1.5 * np.ptp(positions[: half + 1], axis=0).max()
    return bool(wider and np.mean(heights[half:]) > 1.5 * np.mean(heights[: half + 1]))


def _arrival(positions: np.ndarray, point: np.ndarray, close: float, settled: int, jitters: bool) -> str:
    """When the run came to `point`: at once and for good, or with an excursion in between."""
    first = int(np.argmax(np.hypot(*(positions - point).T) <= close))
    if first < settled - 1 and np.hypot(*(positions[first : settled + 1] - point).T).max() > 1.05 * close:
        return f"{_at(_pair(point))} at step {first}, was thrown off and is back since step {settled}"
    return f"{_at(_pair(point))} at step {settled}" + (" and jitters around it" if jitters else "")


def _settled_at(positions: np.ndarray, point: np.ndarray, close: float) -> int | None:
    """The first step from which the run never leaves the surroundings of `point`; None if it has not settled there."""
    away = np.flatnonzero(np.hypot(*(positions - point).T) > close)
    step = int(away[-1]) + 1 if len(away) else 0
    if step >= len(positions):
        return None
    passing_by = np.hypot(*(positions[-1] - positions[-2])) > close / 4 and len(positions) - step < 10
    return None if passing_by else step


@kept_with_landscape
def _values_of_minima(landscape: Landscape) -> tuple[float, ...]:
    """The losses of the stated minima, which no parameter changes."""
    defaults = {name: parameter.default for name, parameter in landscape.parameters.items()}
    return tuple(float(landscape.loss(jnp.array(point), **defaults)) for point in landscape.minima)


def _at(point: tuple[float, float]) -> str:
    return "(" + ", ".join(f"{value + 0.0:.3g}" for value in np.round(point, 6)) + ")"


def _pair(point: np.ndarray) -> tuple[float, float]:
    return float(point[0]), float(point[1])
