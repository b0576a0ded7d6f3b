"""Drop wave: circles of minima around the lowest point, like the rings of a drop in water."""

import jax.numpy as jnp

from landscapes._landscape import Landscape


def cosine_of_root(square):
    """cos √s, as smooth at 0 as it truly is: close by, the first terms of its series in s, without a root."""
    near = square < 1e-2
    root = jnp.sqrt(jnp.where(near, 1.0, square))
    series = 1 - square / 2 * (1 - square / 12 * (1 - square / 30 * (1 - square / 56 * (1 - square / 90))))
    return jnp.where(near, series, jnp.cos(root))


def loss(position):
    square = jnp.sum(position**2)
    return -(1 + cosine_of_root(144 * square)) / (0.5 * square + 2)


drop_wave = Landscape(
    slug="drop_wave",
    label="Drop wave",
    family="many minima",
    loss=loss,
    formula=r"f(x, y) = -\frac{1 + \cos 12 r}{\tfrac{1}{2}r^2 + 2}, \quad r = \sqrt{x^2 + y^2}",
    view=((-2.0, 2.0), (-2.0, 2.0)),
    starts=((-1.2, 0.9), (0.15, 0.2), (1.4, 1.4)),
    minimum=-1.0,
    minima=((0.0, 0.0),),
    isolated=False,
    reference="Molga and Smutnicki, Test functions for optimization needs, 2005",
    teaches="Whole circles are minima here: the run stops anywhere on the ring that it meets first.",
)
