"""A plateau around a hole: where the gradient is too small to be followed."""

import jax.numpy as jnp

from catalogue import Parameter
from landscapes._landscape import Landscape


def loss(position, width):
    square = jnp.sum(position**2) / width**2
    return square / (1 + square)


plateau = Landscape(
    slug="plateau",
    label="Plateau around a hole",
    family="plateau",
    loss=loss,
    formula=r"f(x, y) = \frac{r^2}{1 + r^2}, \quad r^2 = \frac{x^2 + y^2}{w^2}",
    view=((-5.0, 5.0), (-5.0, 5.0)),
    starts=((-4.0, 3.0), (4.5, 0.5), (-1.5, -2.0)),
    minimum=0.0,
    minima=((0.0, 0.0),),
    parameters={
        "width": Parameter(
            default=0.7,
            low=0.2,
            high=3.0,
            symbol="w",
            log=True,
            help="The width of the hole; the narrower, the flatter the plateau around it.",
        )
    },
    reference="Geman and McClure, Bayesian image analysis: an application to single photon emission tomography, 1985",
    teaches="Where the surface is flat, a step in proportion to the gradient gets nowhere.",
)
