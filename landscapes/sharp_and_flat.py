"""A sharp and a flat minimum of equal depth: what noise in the gradient prefers."""

import jax.numpy as jnp

from catalogue import Parameter
from landscapes._landscape import Landscape

SHARP, FLAT = (-2.0, 0.0), (1.0, 0.0)


def loss(position, width):
    x, y = position
    bowl = (x - FLAT[0]) ** 2 + (y - FLAT[1]) ** 2
    pit = (x - SHARP[0]) ** 2 + (y - SHARP[1]) ** 2
    # A product of two factors that are 0 at one minimum each and positive elsewhere: both minima are exactly 0.
    return -0.5 * bowl * jnp.expm1(-pit / (2 * width**2))


sharp_and_flat = Landscape(
    slug="sharp_and_flat",
    label="Sharp and flat minimum",
    family="many minima",
    loss=loss,
    formula=(
        r"f(x, y) = \tfrac{1}{2}\left((x - 1)^2 + y^2\right)"
        r"\left(1 - \exp\left(-\frac{(x + 2)^2 + y^2}{2w^2}\right)\right)"
    ),
    view=((-4.0, 4.0), (-4.0, 4.0)),
    starts=((-2.3, 0.2), (3.0, 2.5), (-3.5, 0.5)),
    minimum=0.0,
    minima=(SHARP, FLAT),
    names=("sharp", "flat"),
    saddles=((-1.2304521175238314, 0.0),),
    parameters={
        "width": Parameter(
            default=0.4,
            low=0.2,
            high=1.0,
            symbol="w",
            log=True,
            help="How wide the sharp minimum is; its depth does not change.",
        )
    },
    reference="Hochreiter and Schmidhuber, Flat minima, 1997; Keskar et al., On large-batch training, 2017",
    teaches="Without noise a run stays where it falls in; with noise it leaves the sharp minimum and stays in the flat one.",
)
