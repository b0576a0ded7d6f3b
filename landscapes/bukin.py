"""Bukin's function number 6: a valley as sharp as a crease, with the minimum somewhere along it."""

import jax.numpy as jnp

from landscapes._landscape import Landscape
from landscapes._root import root

# Most collections search x from -15 to -5; some print -15 to 5. The minimum is the same.


def loss(position):
    x, y = position
    # A hundred times what the formula has under its root: 0.01x² rounds at the minimum, and the root makes 1e-6 of that.
    height = jnp.abs(100 * y - x**2)
    return 10 * root(height) + 0.01 * jnp.abs(x + 10)


bukin = Landscape(
    slug="bukin",
    label="Bukin's crease",
    family="valley",
    loss=loss,
    formula=r"f(x, y) = 100\sqrt{\left|y - 0.01x^2\right|} + 0.01\,|x + 10|",
    view=((-15.0, -5.0), (-4.0, 6.0)),
    starts=((-13.5, 4.5), (-6.5, -2.5), (-12.0, 1.5)),
    minimum=0.0,
    minima=((-10.0, 1.0),),
    smooth=False,
    reference="Bukin, New minimization strategy for non-smooth functions, Budker Institute of Nuclear Physics 1997",
    teaches="The closer to the crease, the steeper the wall: a fixed step can only jump from side to side.",
)
