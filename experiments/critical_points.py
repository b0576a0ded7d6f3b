"""Where the gradient vanishes: Newton's method from any point, and a search of the whole view."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from experiments.kept import kept_with_landscape
from landscapes import Landscape

NEWTON_STEPS = 60


class CriticalPoints(NamedTuple):
    """Per point: where Newton's method ended, the gradient norm there, both curvatures (lower first) and the loss."""

    positions: Float[np.ndarray, "points 2"]
    gradient_norms: Float[np.ndarray, " points"]
    curvatures: Float[np.ndarray, "points 2"]
    losses: Float[np.ndarray, " points"]


def refine(landscape: Landscape, parameters: Mapping[str, float], points: np.ndarray) -> CriticalPoints:
    """Follows Newton's method from every point to the critical point that it leads to, whatever its kind.

    Steps are at most a twentieth of the view long, so that a point close to a critical point stays close to it. What
    did not converge shows in its gradient norm.
    """
    vector = np.array([parameters[name] for name in landscape.parameters], np.float64)
    return CriticalPoints(*map(np.asarray, _newton(landscape)(vector, np.asarray(points, np.float64))))


def search(landscape: Landscape, parameters: Mapping[str, float], resolution: int = 101) -> CriticalPoints:
    """All critical points in the view that Newton's method finds from a grid of starts, each once."""
    (x_low, x_high), (y_low, y_high) = landscape.view
    x, y = np.meshgrid(np.linspace(x_low, x_high, resolution), np.linspace(y_low, y_high, resolution))
    found = refine(landscape, parameters, np.stack([x.ravel(), y.ravel()], axis=1))
    low, high = np.array([x_low, y_low]), np.array([x_high, y_high])
    inside = ((found.positions >= low) & (found.positions <= high)).all(axis=1)
    converged = found.gradient_norms < 1e-8 * np.maximum(1.0, np.abs(found.curvatures).max(axis=1))
    kept = np.flatnonzero(inside & converged)
    _, first = np.unique(np.round(found.positions[kept] / (1e-5 * (high - low))), axis=0, return_index=True)
    return CriticalPoints(*(field[kept[first]] for field in found))


@kept_with_landscape
def _newton(landscape: Landscape) -> Callable:
    (x_low, x_high), (y_low, y_high) = landscape.view
    longest = 0.05 * float(np.hypot(x_high - x_low, y_high - y_low))

    def run(vector, points):
        def loss(position):
            return landscape.loss(position, **dict(zip(landscape.parameters, vector, strict=True)))

        def step(index, carry):
            position = carry[0]
            gradient, hessian = jax.grad(loss)(position), jax.hessian(loss)(position)
            a, b, d = hessian[0, 0], hessian[0, 1], hessian[1, 1]
            determinant = a * d - b * b
            newton = jnp.array([d * gradient[0] - b * gradient[1], a * gradient[1] - b * gradient[0]])
            newton = newton / jnp.where(determinant == 0, jnp.inf, determinant)
            length = jnp.linalg.norm(newton)
            moved = position - newton * jnp.where(length > longest, longest / length, 1.0)
            moved = jnp.where(jnp.isfinite(moved) & (index < NEWTON_STEPS), moved, position)
            mean, spread = (a + d) / 2, jnp.hypot((a - d) / 2, b)
            return moved, jnp.linalg.norm(gradient), jnp.array([mean - spread, mean + spread])

        def follow(point):
            # One round more, which moves nothing and describes where the last step ended, is compiled only once.
            begun = (point, jnp.zeros(()), jnp.zeros(2))
            position, norm, curvatures = jax.lax.fori_loop(0, NEWTON_STEPS + 1, step, begun)
            return position, norm, curvatures, loss(position)

        return jax.vmap(follow)(points)

    return jax.jit(run)
