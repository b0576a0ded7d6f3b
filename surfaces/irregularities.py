"""What a function does where a part of its formula is zero: nothing, most often; a pole, a jump, a kink, or no slope."""

import numpy as np
from jaxtyping import Float

from surfaces.exploration import Function, Grid

POLE, JUMP, STEEP, KINK = "It has a pole", "It jumps", "It has no slope", "It has a kink"
MOST_POINTS = 48
HALVINGS = 60
ROUNDS = 250
ANGLES = np.arange(8) * np.pi / 4  # opposite directions are four apart
DISTANCES = np.array([1e-2, 1e-3, 1e-4, 1e-5, 1e-6])  # from the point, in spacings of the grid


def zeros(function: Function, grid: Grid) -> Float[np.ndarray, "points 2"]:
    """Points of the view in which `function` is zero: where it changes sign between neighbours, or comes down to it."""
    values = function(grid.x, grid.y)
    finite = values[np.isfinite(values)]
    if not finite.size:
        return np.empty((0, 2))
    largest = float(np.abs(finite).max())
    found = [np.column_stack([grid.x[values == 0], grid.y[values == 0]])]
    for axis in (0, 1):
        low, high = (np.moveaxis(values, axis, 0)[part] for part in (slice(None, -1), slice(1, None)))
        x, y = (np.moveaxis(coordinate, axis, 0) for coordinate in (grid.x, grid.y))
        with np.errstate(all="ignore"):
            changes = np.isfinite(low) & np.isfinite(high) & (np.sign(low) * np.sign(high) < 0)
        ends = [np.column_stack([x[part][changes], y[part][changes]]) for part in (slice(None, -1), slice(1, None))]
        found.append(_between(function, *ends))
    points = _spread(np.concatenate(found))
    points = points[np.abs(function(*points.T)) <= 1e-9 * largest]  # a change of sign may be that of a pole
    return points if len(points) else _touched(function, values, largest, grid)


def irregularity(function: Function, points: Float[np.ndarray, "points 2"], grid: Grid, scale: float) -> str | None:
    """The worst that `function` does at any of `points`, seen from eight sides; None if it is smooth at all of them.

    Args:
      scale: of the values of `function` in the view.
    """
    if not len(points):
        return None
    directions = np.column_stack([np.cos(ANGLES), np.sin(ANGLES)]) * grid.spacing
    around = points[:, None, None, :] + directions[None, :, None, :] * DISTANCES[None, None, :, None]
    with np.errstate(all="ignore"):
        values = function(around[..., 0], around[..., 1])  # [point, direction, distance]
        sizes, nearest = np.abs(values), values[..., -1]
        growth = np.diff(sizes[..., ::2], axis=-1)
        poles = (growth[..., 1] > 0.5 * growth[..., 0]) & (growth[..., 0] > 1e-6 * scale)
        poles |= np.isinf(nearest) & np.isfinite(values[..., 0])
        jumps = np.nanmax(nearest, axis=1, initial=-np.inf) - np.nanmin(nearest, axis=1, initial=np.inf) > 1e-4 * scale
        slopes = np.diff(values, axis=-1) / np.diff(DISTANCES)  # away from the point, along each direction
        first, last = slopes[..., 0], slopes[..., -1]
        steep = (np.abs(last) > 10 * np.abs(first)) & (np.abs(last) > 1e-2 * scale)
        ahead, behind = slopes[:, :4], -slopes[:, 4:]
        bend = np.abs(ahead - behind)  # stays on a kink, and fades with the distance where the surface is only curved
        kinks = (bend[..., 2] > 0.5 * bend[..., 1]) & (bend[..., 1] > 1e-6 * scale)
    seen = {POLE: poles, STEEP: steep, JUMP: jumps, KINK: kinks}
    return next((name for name, where in seen.items() if where.any()), None)


def _between(function: Function, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Where the sign changes on the way from each point of `left` to that of `right`, by halving."""
    left, right = _spread(left), _spread(right)
    sign = np.sign(function(*left.T))
    for _ in range(HALVINGS):
        middle = (left + right) / 2
        same = (np.sign(function(*middle.T)) == sign)[:, None]
        left, right = np.where(same, middle, left), np.where(same, right, middle)
    return right


def _touched(function: Function, values: np.ndarray, largest: float, grid: Grid) -> np.ndarray:
    """The point at which it comes down to zero, or up to it, without crossing it; none if it does not."""
    index = np.unravel_index(np.nanargmin(np.abs(values)), values.shape)
    closest = np.array([[grid.x[index], grid.y[index]]])
    ends = _compass_search(lambda x, y: np.abs(function(x, y)), closest, grid.spacing)
    return ends[np.abs(function(*ends.T)) < 1e-12 * largest]


def _compass_search(function: Function, points: np.ndarray, spacing: np.ndarray) -> Float[np.ndarray, "points 2"]:
    """Follows `function` down from every point: to the best of eight neighbours, ever closer ones if none is better.

    Needs no derivative, so that it also ends on kinks.
    """
    angles = np.arange(8) * np.pi / 4
    directions = np.stack([np.cos(angles), np.sin(angles)], axis=1) * spacing
    points, reach = np.array(points, np.float64), np.ones(len(points))
    best = _or_high(function(*points.T))
    for _ in range(ROUNDS):
        around = points[:, None] + reach[:, None, None] * directions
        values = _or_high(function(around[..., 0], around[..., 1]))
        choice = values.argmin(axis=1)
        reached = np.take_along_axis(values, choice[:, None], axis=1)[:, 0]
        better = reached < best
        points = np.where(better[:, None], around[np.arange(len(points)), choice], points)
        best, reach = np.where(better, reached, best), np.where(better, reach, reach / 2)
    return points


def _or_high(values: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(values), values, np.inf)


def _spread(points: np.ndarray) -> np.ndarray:
    """At most `MOST_POINTS` of them, from all over the list."""
    return points[:: max(1, -(-len(points) // MOST_POINTS))]
