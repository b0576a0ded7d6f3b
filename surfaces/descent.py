"""Down a formula's surface to where it is lowest, from many points at once: Newton's method within a trust region."""

import numpy as np
from jaxtyping import Float

from formulas import Expression, curvatures, evaluate, has_corners, slopes, softened

NARROWING = 100.0  # the factor by which corners are rounded off less and less
NARROWEST = 1e-12
ROUNDS = 50
FARTHEST = 20.0  # a step, in cells of the grid
NEAREST = 1e-12
Points = Float[np.ndarray, "points 2"]


def descend(expression: Expression, points: Points, spacing: Float[np.ndarray, " 2"], radius: float = 1.0) -> Points:
    """Where the ways down from `points` end: in minima, on the floors of valleys, in poles or far outside.

    Corners are rounded off at first, and then less and less: so a kinked valley is followed to its lowest point, where
    a search of the kinked surface would stop anywhere on its floor.

    Args:
      spacing: of a grid on which the surface can be made out.
      radius: over which corners are rounded off at first.
    """
    while has_corners(expression) and radius >= NARROWEST:
        points = _descend(softened(expression, radius), points, spacing)
        radius /= NARROWING
    return _descend(expression, points, spacing)


def _descend(expression: Expression, points: Points, spacing: Float[np.ndarray, " 2"]) -> Points:
    """Takes each step that leads down, and then tries a longer one; a shorter one if it does not."""
    with np.errstate(all="ignore"):
        heights, reach = _heights(expression, points), np.ones(len(points))
        for _ in range(ROUNDS):
            steps = _steps(expression, points, spacing, reach)
            lengths = np.hypot(*steps.T)
            there = points + steps * spacing
            reached = _heights(expression, there)
            better = reached < heights
            points = np.where(better[:, None], there, points)
            heights = np.where(better, reached, heights)
            reach = np.where(better, np.clip(2 * lengths, reach, FARTHEST), lengths / 4)
            if not (reach > NEAREST).any():
                break
    return points


def _steps(expression: Expression, points: Points, spacing: np.ndarray, reach: np.ndarray) -> Points:
    """Newton's steps in cells, away from where the surface is highest or a saddle, and at most `reach` long."""
    slope = slopes(expression, *points.T) * spacing
    xx, xy, yy = (curvatures(expression, *points.T) * spacing[[0, 0, 1]] * spacing[[0, 1, 1]]).T
    angle = np.arctan2(2 * xy, xx - yy) / 2
    axes = np.stack([np.stack([np.cos(angle), np.sin(angle)]), np.stack([-np.sin(angle), np.cos(angle)])])
    spread = np.hypot((xx - yy) / 2, xy)
    curvature = np.abs((xx + yy) / 2 + np.stack([spread, -spread]))
    along = np.einsum("apn,np->an", axes, slope)
    # What is curved less than the last digits tell is no direction to go far in.
    least = np.maximum(np.abs(along) / (4 * reach), 1e-12 * curvature.max(axis=0)) + 1e-300
    step = -along / np.maximum(curvature, least)
    length = np.hypot(*step)
    return np.einsum("apn,an->np", axes, step * np.minimum(1.0, reach / np.maximum(length, 1e-300)))


def _heights(expression: Expression, points: Points) -> Float[np.ndarray, " points"]:
    values = np.broadcast_to(np.asarray(evaluate(expression, *points.T), np.float64), len(points))
    return np.where(np.isnan(values), np.inf, values)
