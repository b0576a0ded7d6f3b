"""Where the gradient vanishes: Newton's method from any point, and a search of the whole view."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Bool, Float

from landscapes import Landscape, Point
from surfaces.grid import view_diagonal
from surfaces.programs import kept_with_landscape

NEWTON_STEPS = 60
REFINED_TOGETHER = 24  # points; who refines as many at a time shares one compilation
MOVES = 10  # from the default parameters to others, while saddles are followed
NEARBY = 0.1  # of the view's diagonal: how far a saddle goes in one of them
ZERO = 1e-9  # of the larger curvature there, and of the surface's typical one: what counts as no curvature
KINK = 1e8  # times the typical curvature: so sharp that the surface is not smooth there


class CriticalPoints(NamedTuple):
    """Per point: where Newton's method ended, the gradient norm there, both curvatures (lower first) and the loss.

    A curvature that is zero up to rounding is exactly 0. `converged` is whether the point is a critical one: the gradient
    is small, the next step would be short, and the surface has no kink there. A plain on which the gradient is small
    everywhere is none.
    """

    positions: Float[np.ndarray, "points 2"]
    gradient_norms: Float[np.ndarray, " points"]
    curvatures: Float[np.ndarray, "points 2"]
    losses: Float[np.ndarray, " points"]
    converged: Bool[np.ndarray, " points"]


def refine(landscape: Landscape, parameters: Mapping[str, float], points: np.ndarray) -> CriticalPoints:
    """Follows Newton's method from every point to the critical point that it leads to, whatever its kind.

    Steps are at most a twentieth of the view long, so that a point close to a critical point stays close to it.
    """
    vector = np.array([parameters[name] for name in landscape.parameters], np.float64)
    ends, heights = _newton(landscape)(vector, np.asarray(points, np.float64))
    positions, losses, gradients, hessians = map(np.asarray, ends)
    return _described(landscape, positions, losses, gradients, hessians, np.asarray(heights))


def search(landscape: Landscape, parameters: Mapping[str, float], resolution: int = 101) -> CriticalPoints:
    """All critical points in the view that Newton's method finds from a grid of starts, each once."""
    (x_low, x_high), (y_low, y_high) = landscape.view
    x, y = np.meshgrid(np.linspace(x_low, x_high, resolution), np.linspace(y_low, y_high, resolution))
    found = refine(landscape, parameters, np.stack([x.ravel(), y.ravel()], axis=1))
    low, high = np.array([x_low, y_low]), np.array([x_high, y_high])
    inside = ((found.positions >= low) & (found.positions <= high)).all(axis=1)
    kept = np.flatnonzero(inside & found.converged)
    _, first = np.unique(np.round(found.positions[kept] / (1e-5 * (high - low))), axis=0, return_index=True)
    return CriticalPoints(*(field[kept[first]] for field in found))


def present_saddles(landscape: Landscape, parameters: Mapping[str, float]) -> tuple[Point, ...]:
    """The stated saddles as they are at `parameters`: where each has moved, without those that are none any more.

    They are followed while the parameters go from their defaults to `parameters`, so that none is taken for another.
    """
    stated = (*landscape.saddles, *landscape.degenerate_saddles)
    defaults = {name: parameter.default for name, parameter in landscape.parameters.items()}
    if not stated or all(parameters[name] == default for name, default in defaults.items()):
        return stated
    places = np.resize(np.array(stated), (max(REFINED_TOGETHER, len(stated)), 2))
    is_saddle = np.full(len(places), True)
    for share in np.linspace(0, 1, MOVES + 1)[1:]:
        between = {name: default + share * (parameters[name] - default) for name, default in defaults.items()}
        found = refine(landscape, between, places)
        moved = np.hypot(*(found.positions - places).T)
        is_saddle &= found.converged & (found.curvatures[:, 0] < 0) & (found.curvatures[:, 1] > 0)
        is_saddle &= moved <= NEARBY * view_diagonal(landscape)
        places = found.positions
    low, high = np.array(landscape.view).T
    is_saddle &= ((places >= low) & (places <= high)).all(axis=1)
    return tuple((float(x), float(y)) for x, y in places[: len(stated)][is_saddle[: len(stated)]])


def _described(
    landscape: Landscape,
    positions: np.ndarray,
    losses: np.ndarray,
    gradients: np.ndarray,
    hessians: np.ndarray,
    heights: np.ndarray,
) -> CriticalPoints:
    """What Newton's method came to, judged by `heights`, the losses all over the view."""
    diagonal = view_diagonal(landscape)
    with np.errstate(all="ignore"):
        typical = (np.nanmax(heights) - np.nanmin(heights)) / diagonal**2 if np.isfinite(heights).any() else np.nan
        mean, difference = (hessians[:, 0, 0] + hessians[:, 1, 1]) / 2, (hessians[:, 0, 0] - hessians[:, 1, 1]) / 2
        spread = np.hypot(difference, hessians[:, 0, 1])
        curvatures = np.stack([mean - spread, mean + spread], axis=1)
        slopes, largest = np.hypot(*gradients.T), np.abs(curvatures).max(axis=1)
        converged = (slopes <= 1e-8 * np.maximum(1.0, largest)) & (slopes <= 1e-7 * diagonal * largest)
        least = ZERO * np.maximum(largest, typical)[:, None]
    return CriticalPoints(
        positions,
        slopes,
        np.where(np.abs(curvatures) > least, curvatures, 0.0),
        losses,
        converged & (largest < KINK * typical),
    )


@kept_with_landscape
def _newton(landscape: Landscape) -> Callable:
    """Compiled: the points where Newton's method ends, with loss, gradient and Hessian, and the losses on a grid."""
    (x_low, x_high), (y_low, y_high) = landscape.view
    longest = 0.05 * view_diagonal(landscape)
    grid = np.stack(np.meshgrid(np.linspace(x_low, x_high, 21), np.linspace(y_low, y_high, 21)), axis=-1).reshape(-1, 2)

    def run(vector, points, grid):
        def loss(position):
            return landscape.loss(position, **dict(zip(landscape.parameters, vector, strict=True)))

        def derivatives(position):
            return *jax.value_and_grad(loss)(position), jax.hessian(loss)(position)

        def step(_, state):
            position, _, gradient, hessian = state
            (p, q), (a, b, d) = gradient, (hessian[0, 0], hessian[0, 1], hessian[1, 1])
            determinant = a * d - b * b
            newton = jnp.array([d * p - b * q, a * q - b * p]) / jnp.where(determinant == 0, jnp.inf, determinant)
            # On a level floor the step goes straight across: along it, it would be one rounding error by another.
            squares = a * a + 2 * b * b + d * d
            across = jnp.array([a * p + b * q, b * p + d * q]) / jnp.where(squares == 0, jnp.inf, squares)
            newton = jnp.where(jnp.abs(determinant) <= ZERO * squares, across, newton)
            length = jnp.linalg.norm(newton)
            moved = position - newton * jnp.where(length > longest, longest / length, 1.0)
            moved = jnp.where(jnp.isfinite(moved), moved, position)
            return moved, *derivatives(moved)

        def follow(point):
            # The first step goes nowhere: the derivatives, costly to compile, are then written out only once.
            nowhere = point, jnp.zeros(()), jnp.zeros(2), jnp.eye(2)
            return jax.lax.fori_loop(0, NEWTON_STEPS + 1, step, nowhere)

        return jax.vmap(follow)(points), jax.vmap(loss)(grid)

    return partial(jax.jit(run), grid=grid)
