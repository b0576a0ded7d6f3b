"""Down a formula's surface to where it is lowest, from many points at once: Newton's method within a trust region."""

import numpy as np
from jaxtyping import Float

from formulas import Expression, has_corners, softened

NARROWING = 100.0  # the factor by which corners are rounded off less and less
NARROWEST = 1e-13
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
      radius: over which corners are rounded off at first; with 0, they are not at all.
    """
    if not radius or not has_corners(expression):
        return _descend(expression, points, spacing, 0.0)
    while radius > NARROWEST:
        points = _descend(expression, points, spacing, radius)
        radius /= NARROWING
    return points


def _descend(expression: Expression, points: Points, spacing: Float[np.ndarray, " 2"], radius: float) -> Points:
    """Takes each step that leads down, and then tries a longer one; a shorter one if it does not."""
    with np.errstate(all="ignore"):
        here, reach = _measured(expression, points, spacing, radius), np.ones(len(points))
        for _ in range(ROUNDS):
            steps = _steps(here[1], here[2], reach)
            lengths = np.hypot(*steps.T)
            there = points + steps * spacing
            reached = _measured(expression, there, spacing, radius)
            better = reached[0] < here[0]
            points = np.where(better[:, None], there, points)
            here = tuple(
                np.where(better.reshape(-1, *(1,) * (new.ndim - 1)), new, old)
                for new, old in zip(reached, here, strict=True)
            )
            reach = np.where(better, np.clip(2 * lengths, reach, FARTHEST), lengths / 4)
            if not (reach > NEAREST).any():
                break
    return points


def _measured(expression: Expression, points: Points, spacing: np.ndarray, radius: float) -> tuple[np.ndarray, ...]:
    """Heights, infinite where there are none; slopes and curvatures in cells of the grid."""
    height, slope, curvature = softened(expression, points[:, 0], points[:, 1], radius)
    scales = spacing[[0, 0, 1]] * spacing[[0, 1, 1]]
    return np.where(np.isnan(height), np.inf, height), slope * spacing, curvature * scales


def _steps(slopes: Points, curvatures: Float[np.ndarray, "points 3"], reach: Float[np.ndarray, " points"]) -> Points:
    """Newton's steps, away from where the surface is highest or a saddle, and at most `reach` long."""
    xx, xy, yy = curvatures.T
    angle = np.arctan2(2 * xy, xx - yy) / 2
    axes = np.stack([np.stack([np.cos(angle), np.sin(angle)]), np.stack([-np.sin(angle), np.cos(angle)])])
    spread = np.hypot((xx - yy) / 2, xy)
    curvature = np.abs((xx + yy) / 2 + np.stack([spread, -spread]))
    along = np.einsum("apn,np->an", axes, slopes)
    # What is curved less than the last digits tell is no direction to go far in.
    least = np.maximum(np.abs(along) / (4 * reach), 1e-12 * curvature.max(axis=0)) + 1e-300
    step = -along / np.maximum(curvature, least)
    length = np.hypot(*step)
    return np.einsum("apn,an->np", axes, step * np.minimum(1.0, reach / np.maximum(length, 1e-300)))
