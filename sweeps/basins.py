"""Basins of attraction: every point of the view as a start, and the minimum that the run from there reaches."""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float, Int

from catalogue import whole
from experiments import CLOSE, Experiment, Run, landscape_of
from surfaces import REFINED_TOGETHER, refine, view_diagonal
from sweeps.lanes import Lanes, starts
from sweeps.lost import is_lost
from sweeps.many import run_lanes

MOST_STARTS = 512  # starts: a quarter of a million, in 200 MB
SEARCHES = 10  # of REFINED_TOGETHER places each, at which runs ended without a known minimum
FARTHEST_CELL = 1e7
UNFINISHED, DIVERGED = -1, -2


@dataclass(frozen=True, eq=False)
class Basins:
    """Where the runs from a grid of starts lead; `reached[row, column]` is of the start (x[column], y[row]).

    `reached` is the index of a minimum, UNFINISHED where the run ended at none, DIVERGED where it was lost: not finite,
    or a thousand times as far away as the view is wide. `steps` tells since which step it has stayed at its minimum; of
    a run that was not finite, at which step that was; else how many it had.
    """

    x: Float[np.ndarray, " columns"]
    y: Float[np.ndarray, " rows"]
    minima: Float[np.ndarray, "minima 2"]
    reached: Int[np.ndarray, "rows columns"]
    steps: Int[np.ndarray, "rows columns"]


def basins(experiment: Experiment, run: int = 0, resolution: int = MOST_STARTS) -> Basins:
    """The basins of the experiment's run of that index, for its number of steps, in single precision if that will do.

    A run has reached a minimum if it ends there, within the distance that verdicts call at a point. The minima are those
    that the surface states and then those that Newton's method finds where runs have ended.

    Raises:
      ValueError: naming the field, the value and what is allowed.
    """
    landscape = landscape_of(experiment)
    whole("run", run, 0, len(experiment.runs) - 1)
    whole("resolution", resolution, 2, MOST_STARTS)
    x, y = (np.linspace(low, high, resolution) for low, high in landscape.view)
    points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    lanes = _from(experiment, replace(experiment.runs[run], start=None), points)
    ends = run_lanes(lanes, single=True)
    single = not (ends.diverged_at == 0).any()
    if not single:  # that may be a number too large for single precision
        ends = run_lanes(lanes)
    minima, reached = _minima_reached(experiment, ends.positions)
    reached = np.where(is_lost(landscape, ends), DIVERGED, reached)
    steps = np.where(ends.diverged_at >= 0, ends.diverged_at, experiment.steps)
    there = reached >= 0
    steps[there] = _steps_to(lanes, points[there], minima[reached[there]], single)
    shape = resolution, resolution
    return Basins(x, y, minima, reached.reshape(shape), steps.reshape(shape))


def _from(experiment: Experiment, run: Run, points: Float[np.ndarray, "points 2"]) -> Lanes:
    return Lanes(experiment, run, dict(zip(starts(2), points.T, strict=True)))


def _steps_to(lanes: Lanes, points: np.ndarray, goals: np.ndarray, single: bool) -> np.ndarray:
    """The same runs once more, each of which counts the steps to its own goal; less memory than to keep all paths."""
    if not len(points):
        return np.empty(0, int)
    radius = CLOSE * view_diagonal(landscape_of(lanes.experiment))
    ends = run_lanes(_from(lanes.experiment, lanes.run, points), goals, radius, single=single)
    return np.minimum(ends.arrived_at, lanes.experiment.steps)


def _minima_reached(experiment: Experiment, positions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The minima, and for every position the index of the one at which it is."""
    landscape = landscape_of(experiment)
    close = CLOSE * view_diagonal(landscape)
    minima = np.reshape(landscape.minima, (-1, 2)).astype(float)
    reached = _nearest(positions, minima, close)
    places = _crowded(positions[reached == UNFINISHED], close)
    known = len(minima)
    for begin in range(0, len(places), REFINED_TOGETHER):
        together = places[begin : begin + REFINED_TOGETHER]
        new = together[_nearest(together, minima, close) == UNFINISHED]
        for found in _minima_at(experiment, new, close):
            if (_nearest(found[None], minima, close / 2) == UNFINISHED).all():
                minima = np.concatenate([minima, found[None]])
    return minima, reached if len(minima) == known else _nearest(positions, minima, close)


def _nearest(positions: np.ndarray, minima: np.ndarray, close: float) -> np.ndarray:
    """The index of the nearest minimum of every position, UNFINISHED where none is close."""
    reached, nearest = np.full(len(positions), UNFINISHED), np.full(len(positions), close)
    for index, (x, y) in enumerate(minima):
        beside = np.flatnonzero(np.abs(positions[:, 0] - x) <= close)
        away = np.hypot(positions[beside, 0] - x, positions[beside, 1] - y)
        is_nearer = away < nearest[beside]
        reached[beside[is_nearer]], nearest[beside[is_nearer]] = index, away[is_nearer]
    return reached


def _crowded(positions: np.ndarray, close: float) -> Float[np.ndarray, "places 2"]:
    """Where runs ended that are at no known minimum: one place of each cell, the fullest ones first, so many at most."""
    with np.errstate(over="ignore", invalid="ignore"):
        cells = np.round(positions / close)
        usable = (np.abs(cells) < FARTHEST_CELL).all(axis=1)
    numbered = (cells[usable] @ np.array([2.0 * FARTHEST_CELL, 1.0])).astype(np.int64)
    _, first, counts = np.unique(numbered, return_index=True, return_counts=True)
    fullest = np.argsort(-counts, kind="stable")[: SEARCHES * REFINED_TOGETHER]
    return positions[usable][first[fullest]]


def _minima_at(experiment: Experiment, places: np.ndarray, close: float) -> Float[np.ndarray, "minima 2"]:
    """Those of the places, moved to the very point, at which there is a minimum."""
    if not len(places):
        return places
    padded = np.resize(places, (REFINED_TOGETHER, 2)).astype(float)
    found = refine(landscape_of(experiment), experiment.landscape_parameters, padded)
    is_one = found.converged & (found.curvatures[:, 0] > 0) & (np.hypot(*(found.positions - padded).T) <= close)
    return found.positions[: len(places)][is_one[: len(places)]]
