"""What a search of the view finds on a surface that nobody has described: minima, saddles, and where to start."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from landscapes import Interval, Landscape, Point
from surfaces.critical_points import REFINED_TOGETHER, CriticalPoints, refine
from surfaces.grid import LARGEST, RESOLUTION, steepness, view_diagonal

MOST_SEEDS = 20 * REFINED_TOGETHER
MOST_LISTED = 12
DEGENERATE = 1e-7  # of the larger curvature: below it, the smaller one is none
KINK = 0.005  # of the steepest rise around a kink: the least rise that makes it a minimum and not a valley
# Where to start, as shares of the view's width and height: off the axes and the diagonals, where symmetry misleads.
SHARES = (
    (0.2, 0.72), (0.81, 0.66), (0.28, 0.17), (0.74, 0.24), (0.46, 0.84), (0.13, 0.42), (0.62, 0.41), (0.9, 0.88),
    (0.55, 0.57), (0.36, 0.61), (0.95, 0.47), (0.06, 0.93),
)  # fmt: skip
MOST_STARTS = 4
Function = Callable[[np.ndarray, np.ndarray], np.ndarray]


class Explored(NamedTuple):
    """What was found. `minimum` is None where the lowest value lies at the edge of the view, or there is no lowest."""

    minimum: float | None
    minima: tuple[Point, ...]
    saddles: tuple[Point, ...]
    starts: tuple[Point, ...]


class Grid(NamedTuple):
    """The view's points, `x[row, column]` and `y[row, column]`, and the loss there, NaN where it can't be drawn."""

    x: Float[np.ndarray, "rows columns"]
    y: Float[np.ndarray, "rows columns"]
    loss: Float[np.ndarray, "rows columns"]

    @property
    def spacing(self) -> Float[np.ndarray, " 2"]:
        """The distances of neighbours, across and up."""
        return np.array([self.x[0, 1] - self.x[0, 0], self.y[1, 0] - self.y[0, 0]])


def grid_of(function: Function, view: tuple[Interval, Interval]) -> Grid:
    """The function on a grid over the view."""
    x, y = np.meshgrid(np.linspace(*view[0], RESOLUTION), np.linspace(*view[1], RESOLUTION))
    loss = function(x, y)
    return Grid(x, y, np.where(np.abs(loss) < LARGEST, loss, np.nan))


def is_drawable(grid: Grid) -> bool:
    """Whether there is at least one cell with a loss at all its corners."""
    defined = np.isfinite(grid.loss)
    return bool((defined[1:, 1:] & defined[1:, :-1] & defined[:-1, 1:] & defined[:-1, :-1]).any())


def explore(landscape: Landscape, function: Function) -> Explored:
    """Searches the view of `landscape`, whose loss in NumPy is `function`. It must be drawable.

    Smooth critical points come from Newton's method, begun where the slope is locally smallest on a grid; minima on
    kinks, where it does not converge, from a compass search begun at the grid's local minima.
    """
    grid = grid_of(function, landscape.view)
    critical = _critical_points(landscape, grid)
    low, high = critical.curvatures.T
    largest = np.maximum(np.abs(low), np.abs(high))
    smooth = critical.positions[low > DEGENERATE * largest]
    saddles = critical.positions[(low < -DEGENERATE * largest) & (high > DEGENERATE * largest)]
    ends, bounded = _polished_grid_minima(function, grid)
    kinks: list[np.ndarray] = []
    for end in ends:
        known = np.concatenate([critical.positions, np.reshape(kinks, (-1, 2))])
        if not _near(end, known, grid) and _rises_all_around(function, end, grid):
            kinks.append(end)
    found = np.concatenate([smooth, np.reshape(kinks, (-1, 2))])
    losses = function(*found.T) if len(found) else np.empty(0)
    minimum = _lowest(function, grid, np.concatenate([losses, function(*ends.T)])) if bounded else None
    return Explored(minimum, _listed(found, losses), _central(landscape, saddles), _starts(landscape, function, grid))


def compass_search(
    function: Function, points: Float[np.ndarray, "points 2"], spacing: Float[np.ndarray, " 2"], rounds: int = 250
) -> Float[np.ndarray, "points 2"]:
    """Follows `function` down from every point: to the best of eight neighbours, ever closer ones if none is better.

    Needs no derivative, so that it also ends on kinks.
    """
    angles = np.arange(8) * np.pi / 4
    directions = np.stack([np.cos(angles), np.sin(angles)], axis=1) * spacing
    points, reach = np.array(points, np.float64), np.ones(len(points))
    best = _finite_or_high(function(*points.T))
    for _ in range(rounds if len(points) else 0):
        around = points[:, None] + reach[:, None, None] * directions
        values = _finite_or_high(function(around[..., 0], around[..., 1]))
        choice = values.argmin(axis=1)
        reached = np.take_along_axis(values, choice[:, None], axis=1)[:, 0]
        better = reached < best
        points = np.where(better[:, None], around[np.arange(len(points)), choice], points)
        best, reach = np.where(better, reached, best), np.where(better, reach, reach / 2)
    return points


def _critical_points(landscape: Landscape, grid: Grid) -> CriticalPoints:
    """The smooth critical points in the view, each once."""
    with np.errstate(all="ignore"):
        rises, runs = np.gradient(grid.loss, *grid.spacing[::-1])
        slope = np.hypot(rises, runs)
    seeds = np.argwhere(_lower_than_neighbours(np.where(np.isnan(slope), np.inf, slope), ties=True))
    seeds = seeds[np.argsort(slope[tuple(seeds.T)], kind="stable")][:MOST_SEEDS]
    points = np.stack([grid.x[tuple(seeds.T)], grid.y[tuple(seeds.T)]], axis=1)
    if not len(points):
        points = np.array([[grid.x[0, 0], grid.y[0, 0]]])
    batches = np.resize(points, (-(-len(points) // REFINED_TOGETHER), REFINED_TOGETHER, 2))
    found = CriticalPoints(*map(np.concatenate, zip(*(refine(landscape, {}, batch) for batch in batches), strict=True)))
    low, high = np.array(landscape.view).T
    inside = ((found.positions >= low) & (found.positions <= high)).all(axis=1)
    curvature = np.abs(found.curvatures).max(axis=1)
    # The next Newton step would be shorter than a millionth of a cell, whatever the formula's scale.
    converged = (curvature > 0) & (found.gradient_norms <= 1e-6 * grid.spacing.min() * curvature)
    kept: list[int] = []
    for index in np.flatnonzero(inside & converged & np.isfinite(found.losses)):
        if not _near(found.positions[index], found.positions[kept], grid, cells=0.01):
            kept.append(int(index))
    return CriticalPoints(*(field[kept] for field in found))


def _polished_grid_minima(function: Function, grid: Grid) -> tuple[Float[np.ndarray, "points 2"], bool]:
    """Where the grid's local minima lead, and whether none of them fell as into a pole."""
    cells = np.argwhere(_lower_than_neighbours(grid.loss, ties=False))[: 4 * MOST_SEEDS]
    cells = np.concatenate([cells, _lowest_inside(grid)])
    begun = np.stack([grid.x[tuple(cells.T)], grid.y[tuple(cells.T)]], axis=1)
    ends = compass_search(function, begun, grid.spacing)
    # A smooth minimum between grid points lies about as far below them as they differ; a pole, much farther.
    fall = function(*begun.T) - function(*ends.T)
    around = np.array([_variation(grid.loss, row, column) for row, column in cells])
    sound = fall <= 5 * around
    stayed = np.abs(ends - begun).max(axis=1, initial=0.0) <= 4 * grid.spacing.max()
    return ends[sound & stayed], bool(sound.all())


def _lowest_inside(grid: Grid) -> np.ndarray:
    """The grid's lowest point that does not lie at its edge, as one row of indices, or none."""
    inner = grid.loss[1:-1, 1:-1]
    if not np.isfinite(inner).any():
        return np.empty((0, 2), int)
    return np.array([np.unravel_index(np.nanargmin(inner), inner.shape)]) + 1


def _lowest(function: Function, grid: Grid, losses: np.ndarray) -> float | None:
    """The lowest of `losses`, if the grid has nothing lower and is not the same everywhere."""
    seen = grid.loss[np.isfinite(grid.loss)]
    scale = float(np.ptp(seen))
    finite = losses[np.isfinite(losses)]
    if not finite.size or scale <= 1e-12 * float(np.abs(seen).max()):
        return None
    lowest = float(finite.min())
    return lowest if lowest <= float(seen.min()) + 1e-9 * scale else None


def _lower_than_neighbours(field: np.ndarray, ties: bool) -> Bool[np.ndarray, "rows columns"]:
    """Which inner points lie below all eight neighbours, or with `ties` not above any; NaN is beside nothing."""
    rows, columns = field.shape
    middle = field[1:-1, 1:-1]
    lower = np.isfinite(middle)
    for down in (0, 1, 2):
        for right in (0, 1, 2):
            if (down, right) != (1, 1):
                neighbour = field[down : rows - 2 + down, right : columns - 2 + right]
                lower &= (middle <= neighbour) if ties else (middle < neighbour)
    result = np.zeros(field.shape, bool)
    result[1:-1, 1:-1] = lower
    return result


def _variation(loss: np.ndarray, row: int, column: int) -> float:
    block = loss[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2]
    finite = block[np.isfinite(block)]
    return float(np.ptp(finite)) if finite.size else 0.0


def _rises_all_around(function: Function, point: np.ndarray, grid: Grid) -> bool:
    """Whether a kink is a minimum: going away from it costs something in every direction, unlike in a valley."""
    angles = np.linspace(0, 2 * np.pi, 720, endpoint=False)
    ring = point + 0.3 * grid.spacing * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    rise = function(*ring.T) - function(*point[:, None])
    return bool(np.isfinite(rise).all() and rise.min() > KINK * rise.max())


def _near(point: np.ndarray, others: np.ndarray, grid: Grid, cells: float = 0.5) -> bool:
    """Whether one of `others` is less than so many cells away."""
    return (
        bool((np.abs((others - point) / grid.spacing).max(axis=-1, initial=0.0) < cells).any())
        if len(others)
        else False
    )


def _listed(points: np.ndarray, losses: np.ndarray) -> tuple[Point, ...]:
    """The minima, lowest first; only the lowest ones if there are over a dozen."""
    order = np.argsort(np.round(losses, 9), kind="stable")
    if len(order) > MOST_LISTED:
        order = order[losses[order] - losses.min() < 1e-6 * (1 + abs(losses.min()))]
    return tuple(_pair(points[index]) for index in order[: 4 * MOST_LISTED])


def _central(landscape: Landscape, points: np.ndarray) -> tuple[Point, ...]:
    """The points nearest to the middle of the view, a dozen at most."""
    middle = np.array(landscape.view).mean(axis=1)
    order = np.argsort(np.hypot(*(points - middle).T), kind="stable")[:MOST_LISTED]
    return tuple(_pair(points[index]) for index in order)


def _starts(landscape: Landscape, function: Function, grid: Grid) -> tuple[Point, ...]:
    """Points all over the view with a slope to follow; if there is none, one at which there is at least a loss."""
    low, high = np.array(landscape.view).T
    spread = np.round(low + np.array(SHARES) * (high - low), _decimals(view_diagonal(landscape)))
    finite = np.argwhere(np.isfinite(grid.loss))
    chosen = finite[np.linspace(0, len(finite) - 1, REFINED_TOGETHER - len(SHARES)).astype(int)]
    defined = np.stack([grid.x[tuple(chosen.T)], grid.y[tuple(chosen.T)]], axis=1)
    points = np.concatenate([spread, defined])
    slope, curvature = steepness(landscape, {}, points)
    follows = (np.abs(function(*points.T)) < LARGEST) & np.isfinite(slope) & (slope > 0) & np.isfinite(curvature)
    usable = points[follows] if follows.any() else defined[:1]
    return tuple(dict.fromkeys(_pair(point) for point in usable))[:MOST_STARTS]


def _decimals(length: float) -> int:
    """So many that a hundredth of `length` is still told apart."""
    return max(0, 2 - int(np.floor(np.log10(length))))


def _finite_or_high(values: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(values), values, np.inf)


def _pair(point: np.ndarray) -> Point:
    return float(point[0]), float(point[1])
