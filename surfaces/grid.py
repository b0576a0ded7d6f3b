"""A landscape evaluated on a grid: what the contour and the 3-D surface are drawn from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from landscapes import Interval, Landscape
from surfaces.programs import kept_with_landscape

RESOLUTION = 161
LARGEST = 1e30  # float32, in which surfaces are drawn, ends at 3.4e38


@dataclass(frozen=True, eq=False)
class Surface:
    """The true loss on a grid; `loss[row, column]` belongs to `y[row]` and `x[column]`, NaN where it can't be drawn.

    That is where it is undefined, infinite, or beyond LARGEST.
    """

    x: Float[np.ndarray, " columns"]
    y: Float[np.ndarray, " rows"]
    loss: Float[np.ndarray, "rows columns"]


def surface(
    landscape: Landscape,
    parameters: Mapping[str, float],
    view: tuple[Interval, Interval] | None = None,
    resolution: int = RESOLUTION,
) -> Surface:
    """The loss on a `resolution` × `resolution` grid over `view`, the landscape's own by default."""
    (x_low, x_high), (y_low, y_high) = view or landscape.view
    x, y = np.linspace(x_low, x_high, resolution), np.linspace(y_low, y_high, resolution)
    points = np.stack(np.meshgrid(x, y), axis=-1)
    loss = np.array(_on_points(landscape)(_vector(landscape, parameters), points))
    (x_first, x_last), (y_first, y_last) = landscape.domain
    inside = ((x >= x_first) & (x <= x_last))[None, :] & ((y >= y_first) & (y <= y_last))[:, None]
    return Surface(x, y, np.where(inside & (np.abs(loss) < LARGEST), loss, np.nan))


def steepness(
    landscape: Landscape, parameters: Mapping[str, float], points: Float[np.ndarray, "points 2"]
) -> tuple[np.ndarray, np.ndarray]:
    """Slope and curvature at `points`, as shares of the largest finite ones in the landscape's view.

    The slope is the length of the gradient, the curvature the Frobenius norm of the Hessian. Where the surface has none
    at all, the shares are 0.
    """
    (x_low, x_high), (y_low, y_high) = landscape.view
    grid = np.stack(np.meshgrid(np.linspace(x_low, x_high, 41), np.linspace(y_low, y_high, 41)), axis=-1).reshape(-1, 2)
    slope, curvature = map(
        np.asarray, _steepness(landscape)(_vector(landscape, parameters), np.concatenate([grid, points]))
    )
    count = len(grid)
    return _shares(slope[count:], slope[:count]), _shares(curvature[count:], curvature[:count])


def _shares(values: np.ndarray, reference: np.ndarray) -> np.ndarray:
    largest = float(reference[np.isfinite(reference)].max(initial=0.0))
    return values / largest if largest > 0 else np.where(np.isfinite(values), 0.0, values)


def view_diagonal(landscape: Landscape) -> float:
    """The length by which distances on this surface are judged."""
    (x_low, x_high), (y_low, y_high) = landscape.view
    return float(np.hypot(x_high - x_low, y_high - y_low))


def view_centre(landscape: Landscape) -> Float[np.ndarray, " 2"]:
    """The middle of the landscape's view."""
    return np.array(landscape.view).mean(axis=1)


def _vector(landscape: Landscape, parameters: Mapping[str, float]) -> np.ndarray:
    return np.array([parameters[name] for name in landscape.parameters], np.float64)


def _loss_with(landscape: Landscape, vector: jax.Array) -> Callable:
    return lambda position: landscape.loss(position, **dict(zip(landscape.parameters, vector, strict=True)))


@kept_with_landscape
def _on_points(landscape: Landscape) -> Callable:
    return jax.jit(lambda vector, points: jax.vmap(jax.vmap(_loss_with(landscape, vector)))(points))


@kept_with_landscape
def _steepness(landscape: Landscape) -> Callable:
    def at(vector, position):
        loss = _loss_with(landscape, vector)
        return jnp.linalg.norm(jax.grad(loss)(position)), jnp.linalg.norm(jax.hessian(loss)(position))

    return jax.jit(jax.vmap(at, in_axes=(None, 0)))
