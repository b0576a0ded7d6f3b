"""Griewank's function: regular ripples on a bowl so wide that close by one hardly notices it."""

import math

import jax.numpy as jnp

from catalogue import Parameter
from landscapes._landscape import Landscape

# Griewank divides by 200 in two dimensions and by 4000 in ten (likewise Törn and Žilinskas, Global Optimization, 1989);
# Surjanovic and Bingham, and Jamil and Yang, write 4000 for any number. Neither moves the minimum: the slider holds both.


def loss(position, width):
    x, y = position
    return (x**2 + y**2) / width - jnp.cos(x) * jnp.cos(y / math.sqrt(2)) + 1


griewank = Landscape(
    slug="griewank",
    label="Griewank's ripples",
    family="many minima",
    loss=loss,
    formula=r"f(x, y) = \frac{x^2 + y^2}{d} - \cos x \, \cos\frac{y}{\sqrt{2}} + 1",
    view=((-10.0, 10.0), (-10.0, 10.0)),
    starts=((-4.5, 3.0), (8.5, 5.0), (2.0, -1.5)),
    minimum=0.0,
    minima=((0.0, 0.0),),
    parameters={
        "width": Parameter(
            default=4000.0,
            low=100.0,
            high=4000.0,
            symbol="d",
            log=True,
            help="How wide the bowl under the ripples is: 4000 in most books, 200 in Griewank's own for two parameters.",
        )
    },
    reference="Griewank, Generalized descent for global optimization, Journal of Optimization Theory and Applications 1981",
    teaches="All pits look alike; the bowl that tells them apart is far flatter than their walls.",
)
