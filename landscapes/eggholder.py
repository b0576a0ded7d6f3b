"""Eggholder: a tangle of valleys whose lowest point lies on the border of the square that is searched."""

import jax.numpy as jnp

from landscapes._landscape import Landscape
from landscapes._root import root

# The stated minimum is no critical point: the surface goes on falling beyond the border. The lowest point inside at which
# the gradient vanishes is (482.353, 432.879) with -956.918.


def loss(position):
    x, y = position
    lifted = y + 47
    return -lifted * jnp.sin(root(jnp.abs(x / 2 + lifted))) - x * jnp.sin(root(jnp.abs(x - lifted)))


eggholder = Landscape(
    slug="eggholder",
    label="Eggholder",
    family="many minima",
    loss=loss,
    formula=r"f(x, y) = -(y + 47)\sin\sqrt{\left|\tfrac{x}{2} + y + 47\right|} - x \sin\sqrt{|x - y - 47|}",
    view=((-512.0, 512.0), (-512.0, 512.0)),
    box=((-512.0, 512.0), (-512.0, 512.0)),
    starts=((100.0, 300.0), (420.0, 330.0), (-300.0, -200.0), (-400.0, 450.0)),
    minimum=-959.6406627208507,
    minima=((512.0, 404.2318051137578),),
    smooth=False,
    reference="Whitley, Rana, Dzubera and Mathias, Evaluating evolutionary algorithms, Artificial Intelligence 1996",
    teaches="Where valleys cross in every direction, two starts side by side end far apart.",
)
