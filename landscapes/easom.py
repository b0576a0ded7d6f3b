"""Easom's function: one narrow pit on a plain that is flat to the last digit."""

import jax.numpy as jnp

from landscapes._landscape import Landscape


def loss(position):
    x, y = position
    square = (x - jnp.pi) ** 2 + (y - jnp.pi) ** 2
    return -jnp.cos(x) * jnp.cos(y) * jnp.exp(-square)


easom = Landscape(
    slug="easom",
    label="Easom's pit on a plain",
    family="plateau",
    loss=loss,
    formula=r"f(x, y) = -\cos x \, \cos y \; e^{-(x - \pi)^2 - (y - \pi)^2}",
    view=((-1.0, 7.0), (-1.0, 7.0)),
    starts=((4.3, 2.0), (6.5, 0.5), (-0.5, 6.0), (1.9, 4.5)),
    minimum=-1.0,
    minima=(
        (3.141592653589793, 3.141592653589793),
        (1.3049954504376675, 1.3049954504376675),
        (1.3049954504376675, 4.978189856741919),
        (4.978189856741919, 1.3049954504376675),
        (4.978189856741919, 4.978189856741919),
    ),
    saddles=(
        (1.5707963267948966, 1.5707963267948966),
        (1.5707963267948966, 4.71238898038469),
        (4.71238898038469, 1.5707963267948966),
        (4.71238898038469, 4.71238898038469),
    ),
    reference="Easom, A survey of global optimization techniques, thesis, University of Louisville, 1990",
    teaches="The gradient says nothing where the surface is flat: only a start close to the pit falls in.",
)
