"""What a search of the view finds on a surface that nobody has described: minima, saddles, and where to start."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from formulas import Expression, curvatures, evaluate, has_corners, slopes
from landscapes import Interval, Landscape, Point
from surfaces.critical_points import KINK, REFINED_TOGETHER, CriticalPoints, refine
from surfaces.descent import descend
from surfaces.grid import LARGEST, RESOLUTION, view_diagonal

BATCH = REFINED_TOGETHER  # so that one compilation serves the search and the verdicts
MOST_SEEDS = 20 * BATCH
MOST_DESCENTS = 96
MOST_ACROSS = 48
ON_A_SIDE = 2001  # points along a side of the view
LOOKS = 3  # at a side, each closer to its lowest point
MOST_LISTED = 12
DEGENERATE = 1e-7  # of the larger curvature: below it, the smaller one is none
AROUND = 0.3  # cells around a point: from where the ways down lead back to it, if it is a minimum
RETURNED = 0.05
NARROW = 1e-2  # of a cell, over which corners are rounded off then
# Where to start, as shares of the view's width and height: off the axes and the diagonals, where symmetry misleads.
SHARES = (
    (0.2, 0.72), (0.81, 0.66), (0.28, 0.17), (0.74, 0.24), (0.46, 0.84), (0.13, 0.42), (0.62, 0.41), (0.9, 0.88),
    (0.55, 0.57), (0.36, 0.61), (0.95, 0.47), (0.06, 0.93),
)  # fmt: skip
MOST_DEFINED = 12  # points tried as starts where the loss is known to be defined
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


def explore(landscape: Landscape, expression: Expression, function: Function) -> Explored:
    """Searches the view of `landscape`, whose loss is `expression`, in NumPy `function`. It must be drawable.

    Smooth critical points come from Newton's method, begun where the slope is locally smallest on a grid; other minima,
    and the lowest value, from ways down, begun at the grid's local minima.
    """
    grid = grid_of(function, landscape.view)
    critical = _critical_points(landscape, grid)
    low, high = critical.curvatures.T
    largest = np.maximum(np.abs(low), np.abs(high))
    smooth = critical.positions[low > DEGENERATE * largest]
    saddles = critical.positions[(low < -DEGENERATE * largest) & (high > DEGENERATE * largest)]
    ends = _ways_down(landscape, expression, grid)
    is_pole, is_surrounded = _surroundings(function, ends, grid)
    sound = ends[~is_pole & is_surrounded]
    found = np.concatenate([smooth, _minima_among(sound, smooth, expression, grid)])
    elsewhere = min(float(np.nanmin(grid.loss)), _lowest_at_edge(function, landscape.view))
    minimum = None if is_pole.any() else _lowest(grid, elsewhere, function(*np.concatenate([found, sound]).T))
    minima, starts = _listed(found, function(*found.T), grid), _starts(landscape, expression, grid)
    return Explored(minimum, minima, _central(landscape, saddles), starts)


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
    inside = _inside(landscape, found.positions)
    curvature = np.abs(found.curvatures).max(axis=1)
    # The next Newton step would be shorter than a millionth of a cell, whatever the formula's scale.
    converged = (curvature > 0) & (found.gradient_norms <= 1e-6 * grid.spacing.min() * curvature)
    converged &= curvature < KINK * np.ptp(grid.loss[np.isfinite(grid.loss)]) / view_diagonal(landscape) ** 2
    kept: list[int] = []
    for index in np.flatnonzero(inside & converged & np.isfinite(found.losses)):
        if not _near(found.positions[index], found.positions[kept], grid, cells=0.01):
            kept.append(int(index))
    return CriticalPoints(*(field[kept] for field in found))


def _ways_down(landscape: Landscape, expression: Expression, grid: Grid) -> Float[np.ndarray, "points 2"]:
    """Where the ways down from the grid's lowest local minima lead, those in the view.

    On the floor of a valley, a corner that is rounded off may give a slope that leads out of the view: there, the way
    down goes by the surface itself.
    """
    cells = np.argwhere(_lower_than_neighbours(grid.loss, ties=False))
    cells = cells[np.argsort(grid.loss[tuple(cells.T)], kind="stable")][:MOST_DESCENTS]
    cells = np.concatenate([cells, _across(grid)])
    begun = np.stack([grid.x[tuple(cells.T)], grid.y[tuple(cells.T)]], axis=1)
    ends = descend(expression, begun, grid.spacing)
    outside = ~_inside(landscape, ends) & has_corners(expression)
    ends[outside] = descend(expression, begun[outside], grid.spacing, radius=0.0)
    return ends[_inside(landscape, ends)]


def _across(grid: Grid) -> np.ndarray:
    """The lowest inner points of rows and columns, spread over the view, as rows of indices.

    A valley narrower than a cell has no local minimum on the grid, but whoever crosses it comes near its floor.
    """
    inner = np.where(np.isfinite(grid.loss), grid.loss, np.inf)[1:-1, 1:-1]
    down, right = (np.arange(size) for size in inner.shape)
    cells = np.concatenate(
        [np.column_stack([down, inner.argmin(axis=1)]), np.column_stack([inner.argmin(axis=0), right])]
    )
    cells = cells[np.isfinite(inner[tuple(cells.T)])]
    lowest = cells[np.argsort(inner[tuple(cells.T)], kind="stable")[:1]]
    return np.concatenate([lowest, cells[:: -(-len(cells) // MOST_ACROSS) or 1]]) + 1


def _surroundings(
    function: Function, ends: Float[np.ndarray, "points 2"], grid: Grid
) -> tuple[Bool[np.ndarray, " points"], Bool[np.ndarray, " points"]]:
    """Which points are poles, and which have values around them, unlike points in a plain of undefined ones, as of x^y.

    Coming a hundred times closer to a pole leads down as far as it did the time before, and below all that is seen on
    the grid: at the bottom of a needle, there is nothing lower.
    """
    angles = np.arange(8) * np.pi / 4
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1) * grid.spacing
    around = ends[:, None, None] + circle[:, None] * np.array([1e-2, 1e-4, 1e-6])[:, None]
    seen = grid.loss[np.isfinite(grid.loss)]
    scale = float(np.ptp(seen))
    with np.errstate(all="ignore"):
        losses, rings = function(*ends.T), function(around[..., 0], around[..., 1])  # [point, direction, nearer]
        falls = -np.diff(rings, axis=-1)
        endless = (falls[..., 1] > 0.9 * falls[..., 0]) & (falls[..., 0] > 1e-6 * scale)
    is_surrounded = np.isfinite(losses) & (np.isfinite(rings[..., 0]).sum(axis=1) >= 3)
    return (endless.any(axis=1) & (losses < seen.min() - 1e-9 * scale)) | (losses <= -LARGEST), is_surrounded


def _lowest(grid: Grid, elsewhere: float, losses: Float[np.ndarray, " points"]) -> float | None:
    """The lowest of `losses`, if nothing is lower `elsewhere`, and the surface is not the same everywhere."""
    seen = grid.loss[np.isfinite(grid.loss)]
    scale = float(np.ptp(seen))
    if not losses.size or scale <= 1e-12 * float(np.abs(seen).max()):
        return None
    lowest = float(losses.min())
    return lowest if lowest <= elsewhere + 1e-9 * scale else None


def _lowest_at_edge(function: Function, view: tuple[Interval, Interval]) -> float:
    """The lowest value along the four sides of the view, looked at closer and closer; infinite if there is none."""
    lowest = np.inf
    corners = [(view[0][across], view[1][up]) for across, up in ((0, 0), (1, 0), (1, 1), (0, 1))]
    for (x, y), (next_x, next_y) in zip(corners, corners[1:] + corners[:1], strict=True):
        low, high = 0.0, 1.0
        for _ in range(LOOKS):
            along = np.linspace(low, high, ON_A_SIDE)
            loss = function(x + along * (next_x - x), y + along * (next_y - y))
            loss = np.where(np.abs(loss) < LARGEST, loss, np.inf)
            best = int(np.argmin(loss))
            lowest = min(lowest, float(loss[best]))
            low, high = along[max(best - 1, 0)], along[min(best + 1, ON_A_SIDE - 1)]
    return lowest


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


def _minima_among(
    ends: np.ndarray, known: np.ndarray, expression: Expression, grid: Grid
) -> Float[np.ndarray, "points 2"]:
    """Those of `ends` that are minima not yet known: from all around them the ways down lead back, not along a floor."""
    new: list[np.ndarray] = []
    for end in ends:
        if not _near(end, np.concatenate([known, np.reshape(new, (-1, 2))]), grid):
            new.append(end)
    angles = np.linspace(0, 2 * np.pi, 7)[:-1]
    circle = AROUND * np.stack([np.cos(angles), np.sin(angles)], axis=1) * grid.spacing
    places = np.reshape(new, (-1, 1, 2))
    back = descend(expression, np.reshape(places + circle, (-1, 2)), grid.spacing, NARROW * float(grid.spacing.min()))
    away = np.abs((back.reshape(len(new), len(circle), 2) - places) / grid.spacing).max(axis=(1, 2), initial=0.0)
    return places[away < RETURNED, 0]


def _near(point: np.ndarray, others: np.ndarray, grid: Grid, cells: float = 0.5) -> bool:
    """Whether one of `others` is less than so many cells away."""
    return (
        bool((np.abs((others - point) / grid.spacing).max(axis=-1, initial=0.0) < cells).any())
        if len(others)
        else False
    )


def _inside(landscape: Landscape, points: np.ndarray) -> Bool[np.ndarray, " points"]:
    """Which points lie in the view."""
    low, high = np.array(landscape.view).T
    return ((points >= low) & (points <= high)).all(axis=1)


def _listed(points: np.ndarray, losses: np.ndarray, grid: Grid) -> tuple[Point, ...]:
    """The minima, lowest first; only the lowest ones if there are over a dozen."""
    alike = 1e-9 * float(np.ptp(grid.loss[np.isfinite(grid.loss)]))
    order = np.argsort(np.round(losses / alike), kind="stable") if alike else np.arange(len(losses))
    if len(order) > MOST_LISTED:
        order = order[losses[order] - losses.min() < 1e3 * alike]
    return tuple(_pair(points[index]) for index in order[: 4 * MOST_LISTED])


def _central(landscape: Landscape, points: np.ndarray) -> tuple[Point, ...]:
    """The points nearest to the middle of the view, a dozen at most."""
    middle = np.array(landscape.view).mean(axis=1)
    order = np.argsort(np.hypot(*(points - middle).T), kind="stable")[:MOST_LISTED]
    return tuple(_pair(points[index]) for index in order)


def _starts(landscape: Landscape, expression: Expression, grid: Grid) -> tuple[Point, ...]:
    """Points all over the view with a slope to follow; if there is none, one above the lowest or at least with a loss."""
    low, high = np.array(landscape.view).T
    spread = np.round(low + np.array(SHARES) * (high - low), _decimals(view_diagonal(landscape)))
    finite = np.argwhere(np.isfinite(grid.loss))
    chosen = finite[np.linspace(0, len(finite) - 1, MOST_DEFINED).astype(int)]
    points = np.concatenate([spread, np.stack([grid.x[tuple(chosen.T)], grid.y[tuple(chosen.T)]], axis=1)])
    with np.errstate(all="ignore"):
        losses = np.broadcast_to(evaluate(expression, *points.T), len(points))
        steep = np.abs(slopes(expression, *points.T)).max(axis=1)
        curved = np.abs(curvatures(expression, *points.T)).max(axis=1)
    defined = np.abs(losses) < LARGEST
    follows = defined & np.isfinite(steep) & (steep > 0) & np.isfinite(curved)
    above = defined & (losses > np.nanmin(grid.loss))
    usable = points[follows] if follows.any() else points[above if above.any() else defined][:1]
    return tuple(dict.fromkeys(_pair(point) for point in usable))[:MOST_STARTS]


def _decimals(length: float) -> int:
    """So many that a hundredth of `length` is still told apart."""
    return max(0, 2 - int(np.floor(np.log10(length))))


def _pair(point: np.ndarray) -> Point:
    return float(point[0]), float(point[1])
