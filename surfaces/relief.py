"""How high the surface is around some points, and in the view as a whole."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from landscapes import Landscape
from surfaces.grid import view_diagonal
from surfaces.programs import kept_with_landscape

RING = 0.025  # of the view's diagonal: how far away from a point its surroundings are looked at
DIRECTIONS = 8
VIEWED = 21  # points along each side of the view


class Relief(NamedTuple):
    """Per point the loss there and the largest difference to it on a small ring around; the view's lowest and median.

    What is not finite counts as no part of the view, and as an infinite difference.
    """

    losses: Float[np.ndarray, " points"]
    differences: Float[np.ndarray, " points"]
    lowest: float
    typical: float


def relief(landscape: Landscape, parameters: Mapping[str, float], points: Float[np.ndarray, "points 2"]) -> Relief:
    """The heights around `points` and in the landscape's view."""
    vector = np.array([parameters[name] for name in landscape.parameters], np.float64)
    losses, differences, lowest, typical = map(np.asarray, _relief(landscape)(vector, points))
    return Relief(losses, differences, float(lowest), float(typical))


@kept_with_landscape
def _relief(landscape: Landscape) -> Callable:
    (x_low, x_high), (y_low, y_high) = landscape.view
    axes = np.linspace(x_low, x_high, VIEWED), np.linspace(y_low, y_high, VIEWED)
    grid = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2)
    angles = 2 * np.pi * np.arange(DIRECTIONS) / DIRECTIONS
    ring = RING * view_diagonal(landscape) * np.stack([np.cos(angles), np.sin(angles)], axis=1)

    def heights(vector, points):
        def loss(position):
            return landscape.loss(position, **dict(zip(landscape.parameters, vector, strict=True)))

        places = jnp.concatenate([(points[:, None] + ring[None]).reshape(-1, 2), points, grid])
        losses = jax.vmap(loss)(places)
        around, at, viewed = jnp.split(losses, [len(points) * DIRECTIONS, len(points) * (DIRECTIONS + 1)])
        differences = jnp.abs(around.reshape(-1, DIRECTIONS) - at[:, None]).max(axis=1)
        viewed = jnp.where(jnp.isfinite(viewed), viewed, jnp.nan)
        return at, jnp.where(jnp.isfinite(differences), differences, jnp.inf), jnp.nanmin(viewed), jnp.nanmedian(viewed)

    return jax.jit(heights)
