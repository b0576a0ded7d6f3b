"""Schaffer's function number 2: crossed ripples that fade out so slowly that the way in is almost level."""

import jax.numpy as jnp

from landscapes._landscape import Landscape


def loss(position):
    x, y = position
    return 0.5 + (jnp.sin(x**2 - y**2) ** 2 - 0.5) / (1 + 0.001 * (x**2 + y**2)) ** 2


schaffer_2 = Landscape(
    slug="schaffer_2",
    label="Schaffer's crossed ripples",
    family="many minima",
    loss=loss,
    formula=r"f(x, y) = \frac{1}{2} + \frac{\sin^2(x^2 - y^2) - \frac{1}{2}}{\left(1 + 0.001\,(x^2 + y^2)\right)^2}",
    view=((-4.0, 4.0), (-4.0, 4.0)),
    starts=((-1.0, 0.4), (2.8, 1.9), (-3.0, -3.4)),
    minimum=0.0,
    minima=((0.0, 0.0),),
    reference="Schaffer, Caruana, Eshelman and Das, A study of control parameters affecting genetic algorithms, 1989",
    teaches="It is easy to fall into a groove and almost impossible to move along it: its floor is all but level.",
)
