"""Hölder's table: a table top of ripples that hangs down at its four corners."""

import jax.numpy as jnp

from landscapes._landscape import Landscape
from landscapes._root import root


def loss(position):
    x, y = position
    radius = root(jnp.sum(position**2))
    return -jnp.abs(jnp.sin(x) * jnp.cos(y)) * jnp.exp(jnp.abs(1 - radius / jnp.pi))


holder_table = Landscape(
    slug="holder_table",
    label="Hölder's table",
    family="many minima",
    loss=loss,
    formula=r"f(x, y) = -\left|\sin x \, \cos y \; e^{\left|1 - r/\pi\right|}\right|, \quad r = \sqrt{x^2 + y^2}",
    view=((-10.0, 10.0), (-10.0, 10.0)),
    box=((-10.0, 10.0), (-10.0, 10.0)),
    starts=((6.5, 8.3), (-3.0, 4.0), (0.6, -1.0), (-9.0, -8.5)),
    minimum=-19.208502567886732,
    minima=(
        (8.055023475736563, 9.664590019241272),
        (8.055023475736563, -9.664590019241272),
        (-8.055023475736563, 9.664590019241272),
        (-8.055023475736563, -9.664590019241272),
    ),
    smooth=False,
    reference="Mishra, Some new test functions for global optimization and performance of repulsive particle swarm, 2006",
    teaches="The pits deepen towards the corners, but from within one pit the next can't be felt.",
)
