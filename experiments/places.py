"""Where runs have come to stay: at a minimum, on a level floor, at a saddle, on a ridge or a summit."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from experiments.motion import FEWEST, Path, Position, Tail, arrival, distances, growth, tail_of, tail_steps
from landscapes import Landscape, Point
from surfaces import (
    REFINED_TOGETHER,
    RING,
    CriticalPoints,
    Relief,
    kept_with_landscape,
    refine,
    relief,
    view_diagonal,
)

CLOSE = 0.008  # of the view's diagonal: what counts as at a point
ABOUT = 0.02  # of it: the root mean square distance within which a run that goes to and fro is still at a point
SEEN = 0.002  # of it: a movement that can be seen
NEAR = 0.1  # of it: how far from the end of a run a minimum may lie that it is said to go to
LEVEL = 1e-9  # of the median height of the surface above its lowest point: what counts as no difference in height
FLAT = 0.1  # of the slope that leads to the lowest point within half a diagonal: what counts as flat


STABLE = ("minimum", "floor", "plain")  # the kinds of places that a run does not leave at the slightest push,
BALANCED = {
    "saddle": 1 / 3,
    "degenerate saddle": 1 / 3,
    "ridge": 0.05,
    "summit": 0.05,
}  # and how much closer others are


class Course(NamedTuple):
    """One run as it is judged: its path and losses, all finite, and what its tail does."""

    path: Path
    losses: Float[np.ndarray, " points"]
    tail: Tail

    @property
    def steps(self) -> int:
        """How many steps it has had."""
        return len(self.path) - 1


class Place(NamedTuple):
    """Where a run stays: a minimum, a floor, a level plain, a saddle, a ridge or a summit, and how the run stays there.

    `curvatures` are (nan, nan) at a stated point, `is_lowest` tells whether nothing lower is known, `step` since when
    the run has stayed, `distance` how far its tail is from the point, root mean square.
    """

    kind: str
    point: Point
    loss: float
    is_lowest: bool
    curvatures: tuple[float, float]
    step: int
    distance: float


class Surroundings(NamedTuple):
    """What the surface is like where a run ended.

    `place` is where it stays, None if nowhere; `minimum` the minimum that lies near its end, if one does; `is_flat`
    tells whether the surface hardly changes around its end, compared with how far down it goes from there.
    """

    place: Place | None
    minimum: Point | None
    is_flat: bool


def course_of(path: Path, losses: Float[np.ndarray, " points"]) -> Course:
    """The run that took `path`."""
    return Course(path, losses, tail_of(path))


def surroundings(
    landscape: Landscape, parameters: Mapping[str, float], courses: Sequence[Course]
) -> list[Surroundings]:
    """Where each of these runs stays, and what the surface is like there."""
    found: list[Surroundings] = []
    for begin in range(0, len(courses), REFINED_TOGETHER):
        together = courses[begin : begin + REFINED_TOGETHER]
        middles = np.resize([course.tail.middle for course in together], (REFINED_TOGETHER, 2))
        critical, heights = refine(landscape, parameters, middles), relief(landscape, parameters, middles)
        for run, course in enumerate(together):
            point = CriticalPoints(*(field[run] for field in critical))
            found.append(_surroundings(landscape, course, point, heights, run))
    return found


def at_rest(landscape: Landscape, course: Course) -> Place | None:
    """The stated minimum around which a run has been for a while, exactly: it needs no search, and has no other future."""
    place = _at_stated(landscape, course, None)
    if place is None or place.kind != "minimum" or course.steps - place.step < FEWEST:
        return None
    close = CLOSE * view_diagonal(landscape)
    if np.hypot(*(course.tail.mean - place.point)) > close / 10 or place.distance > ABOUT / 2 * view_diagonal(
        landscape
    ):
        return None
    return None if course.tail.width > close and growth(course.path) > 1 else place


def _surroundings(
    landscape: Landscape, course: Course, critical: CriticalPoints, heights: Relief, run: int
) -> Surroundings:
    diagonal = view_diagonal(landscape)
    lowest = heights.lowest if landscape.minimum is None else landscape.minimum
    level = LEVEL * (heights.typical - lowest)
    minimum = critical.positions if critical.converged and critical.curvatures[0] > 0 else None
    place = (
        _at_stated(landscape, course, minimum)
        or _at_critical(landscape, course, critical, level)
        or _at_the_lowest(landscape, course, level)
    )
    if minimum is not None and np.hypot(*(minimum - course.path[-1])) > NEAR * diagonal:
        minimum = None
    slope_down = (heights.losses[run] - lowest) / (diagonal / 2)
    is_flat = heights.differences[run] <= FLAT * slope_down * RING * diagonal
    return Surroundings(place, None if minimum is None else _pair(minimum), bool(is_flat))


def stays(landscape: Landscape, course: Course, point: Position, kind: str) -> tuple[int, float] | None:
    """Since when a run stays at `point`, and how far from it, root mean square; None if it does not.

    It stays if its tail, as a whole, lies about the point; or if it has come close for good, without wandering, and does
    not merely pass by. A run that goes to and fro too widely to be called there is told by its distance.
    """
    close, about = CLOSE * view_diagonal(landscape), 2 * ABOUT * view_diagonal(landscape)
    if kind in BALANCED:
        close = about = close * BALANCED[kind]
    away = distances(course.path, point)
    off_centre = float(np.hypot(*(course.tail.mean - point)))
    distance = float(np.hypot(course.tail.spread, off_centre))
    if kind in BALANCED and kind != "degenerate saddle" and away.max() <= close and distance > close / 10:
        return None  # it began near there, and has not come
    if distance <= about and off_centre <= max(close, course.tail.spread / 2):
        farthest = max(close, float(away[-tail_steps(course.path) - 1 :].max()))
        return arrival(away, max(farthest, 3 * distance) if course.tail.bounces else farthest) or 0, distance
    step = None if course.tail.bounces else arrival(away, close)
    return None if step is None or passes_by(course, step, close) else (step, min(distance, close))


def passes_by(course: Course, since: int, close: float) -> bool:
    """Whether a run that has been close to a point only for the last few steps goes so fast that it may go on."""
    return course.steps - since < 10 and np.hypot(*(course.path[-1] - course.path[-2])) > close / 4


def _at_stated(landscape: Landscape, course: Course, found: np.ndarray | None) -> Place | None:
    """A minimum or a degenerate saddle that the landscape states, unless a minimum that was `found` is much nearer."""
    points = (*landscape.minima, *landscape.degenerate_saddles)
    if not points:
        return None
    away = distances(np.array(points), course.tail.middle)
    nearest = int(np.argmin(away))
    if (
        found is not None
        and np.hypot(*(found - course.tail.middle)) < away[nearest] / 2
        and away[nearest] > CLOSE / 10 * view_diagonal(landscape)
    ):
        return None
    kind = "minimum" if nearest < len(landscape.minima) else "degenerate saddle"
    stay = stays(landscape, course, points[nearest], kind)
    if stay is None:
        return None
    if kind == "degenerate saddle":
        return Place(kind, points[nearest], float(course.losses[-1]), False, (np.nan, np.nan), *stay)
    loss, is_lowest = values_of_minima(landscape)[nearest], global_minima(landscape)[nearest]
    return Place(kind, points[nearest], loss, is_lowest, (np.nan, np.nan), *stay)


def _at_critical(landscape: Landscape, course: Course, critical: CriticalPoints, level: float) -> Place | None:
    """A critical point that the landscape does not state."""
    if not critical.converged:
        return None
    kind = _kind(critical)
    found = stays(landscape, course, critical.positions, kind)
    if kind in ("floor", "plain") and critical.gradient_norms * view_diagonal(landscape) > level:
        return None
    low, high = (float(curvature) for curvature in critical.curvatures)
    if found is None and kind == "floor":
        found = _along(course, float(critical.losses) + high * (CLOSE * view_diagonal(landscape)) ** 2 / 2)
    if found is None:
        return None
    is_lowest = landscape.minimum is not None and abs(float(critical.losses) - landscape.minimum) <= level
    return Place(kind, _pair(critical.positions), float(critical.losses), is_lowest, (low, high), *found)


def _along(course: Course, highest: float) -> tuple[int, float] | None:
    """Since when a run is on a floor, along which it may wander: since no loss has been higher than what is close to it."""
    step = arrival(course.losses, highest)
    return None if step is None or len(course.losses) - step < tail_steps(course.path) else (step, 0.0)


def _at_the_lowest(landscape: Landscape, course: Course, level: float) -> Place | None:
    """As low as the lowest that is known, where the surface has no curvature to tell a minimum by."""
    if landscape.minimum is None or (landscape.isolated and not landscape.searched):
        return None
    found = _along(course, landscape.minimum + level)
    if found is None:
        return None
    return Place("floor", _pair(course.tail.middle), landscape.minimum, True, (0.0, 0.0), *found)


def _kind(critical: CriticalPoints) -> str:
    low, high = critical.curvatures
    if low > 0:
        return "minimum"
    if low == 0:
        return "floor" if high > 0 else "plain"
    return "saddle" if high > 0 else "ridge" if high == 0 else "summit"


def global_minima(landscape: Landscape) -> tuple[bool, ...]:
    """For every stated minimum, whether nothing is lower."""
    return _stated(landscape)[1]


def values_of_minima(landscape: Landscape) -> tuple[float, ...]:
    """The losses of the stated minima, which no parameter changes."""
    return _stated(landscape)[0]


@kept_with_landscape
def _stated(landscape: Landscape) -> tuple[tuple[float, ...], tuple[bool, ...]]:
    defaults = {name: parameter.default for name, parameter in landscape.parameters.items()}
    losses = tuple(float(landscape.loss(jnp.array(point), **defaults)) for point in landscape.minima)
    heights = relief(landscape, defaults, np.zeros((REFINED_TOGETHER, 2)))
    lowest = landscape.minimum
    level = 0.0 if lowest is None else LEVEL * (heights.typical - lowest)
    return losses, tuple(lowest is not None and abs(loss - lowest) <= level for loss in losses)


def _pair(point: np.ndarray) -> Point:
    return float(point[0]), float(point[1])
