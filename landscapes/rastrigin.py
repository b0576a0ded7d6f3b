"""Rastrigin's function: a bowl under a regular grid of local minima."""

import jax.numpy as jnp

from catalogue import Parameter
from landscapes._landscape import Landscape


def loss(position, amplitude):
    return jnp.sum(position**2 + amplitude * (1 - jnp.cos(2 * jnp.pi * position)))


rastrigin = Landscape(
    slug="rastrigin",
    label="Rastrigin's egg box",
    family="many minima",
    loss=loss,
    formula=r"f(x, y) = x^2 + y^2 + A\left(2 - \cos 2\pi x - \cos 2\pi y\right)",
    view=((-5.12, 5.12), (-5.12, 5.12)),
    starts=((-3.3, 2.7), (4.4, 3.6), (-0.6, -1.6)),
    minimum=0.0,
    minima=((0.0, 0.0),),
    parameters={
        "amplitude": Parameter(
            default=10.0, low=0.0, high=20.0, symbol="A", help="How deep the pits are; 0 leaves a plain bowl."
        )
    },
    reference="Rastrigin, Systems of Extremal Control, 1974",
    teaches="Only noise or speed gets an optimizer out of the pit that it first falls into.",
)
