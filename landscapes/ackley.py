"""Ackley's function: a nearly flat, rippled plain around one deep funnel."""

import jax.numpy as jnp

from landscapes._landscape import Landscape
from landscapes._root import root


def loss(position):
    distance = root(jnp.mean(position**2))
    return 20 * (1 - jnp.exp(-0.2 * distance)) + jnp.e - jnp.exp(jnp.mean(jnp.cos(2 * jnp.pi * position)))


ackley = Landscape(
    slug="ackley",
    label="Ackley's funnel",
    family="many minima",
    loss=loss,
    formula=(
        r"f(x, y) = 20\left(1 - e^{-0.2\sqrt{(x^2 + y^2)/2}}\right) + e"
        r" - e^{(\cos 2\pi x + \cos 2\pi y)/2}"
    ),
    view=((-5.0, 5.0), (-5.0, 5.0)),
    starts=((-2.6, 3.4), (4.2, 1.3), (-0.9, -0.6)),
    minimum=0.0,
    minima=((0.0, 0.0),),
    smooth=False,
    reference="Ackley, A Connectionist Machine for Genetic Hillclimbing, 1987",
    teaches="Far away all ripples look alike: the slope that leads home is smaller than the ripples on it.",
)
