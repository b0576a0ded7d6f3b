"""Bohachevsky's first function: a bowl with gentle dimples."""

import jax.numpy as jnp

from landscapes._landscape import Landscape


def loss(position):
    x, y = position
    return x**2 + 2 * y**2 - 0.3 * jnp.cos(3 * jnp.pi * x) - 0.4 * jnp.cos(4 * jnp.pi * y) + 0.7


bohachevsky = Landscape(
    slug="bohachevsky",
    label="Bohachevsky's bowl",
    family="many minima",
    loss=loss,
    formula=r"f(x, y) = x^2 + 2y^2 - 0.3\cos 3\pi x - 0.4\cos 4\pi y + 0.7",
    view=((-1.6, 1.6), (-1.6, 1.6)),
    starts=((-1.3, 1.2), (1.4, -0.9), (0.7, 0.7)),
    minimum=0.0,
    minima=((0.0, 0.0),),
    reference="Bohachevsky, Johnson and Stein, Generalized simulated annealing for function optimization, 1986",
    teaches="From far away it is a bowl; close by, every dimple is a trap for a careful step.",
)
