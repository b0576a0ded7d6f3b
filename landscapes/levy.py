"""Lévy's function number 13: ripples of growing height across a bowl."""

import jax.numpy as jnp

from landscapes._landscape import Landscape


def loss(position):
    x, y = position
    first = jnp.sin(3 * jnp.pi * x) ** 2
    second = (x - 1) ** 2 * (1 + jnp.sin(3 * jnp.pi * y) ** 2)
    third = (y - 1) ** 2 * (1 + jnp.sin(2 * jnp.pi * y) ** 2)
    return first + second + third


levy = Landscape(
    slug="levy",
    label="Lévy's ripples",
    family="many minima",
    loss=loss,
    formula=(
        r"f(x, y) = \sin^2 3\pi x + (x - 1)^2\left(1 + \sin^2 3\pi y\right) + (y - 1)^2\left(1 + \sin^2 2\pi y\right)"
    ),
    view=((-1.0, 3.0), (-1.0, 3.0)),
    starts=((-0.7, 2.6), (2.8, -0.6), (0.4, 0.3)),
    minimum=0.0,
    minima=((1.0, 1.0),),
    reference="Lévy and Montalvo, The tunneling algorithm for the global minimization of functions, 1985",
    teaches="Ripples on a bowl: momentum rolls over them, small steps are caught in the first.",
)
