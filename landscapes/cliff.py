"""A cliff: a gentle slope that breaks off, where one gradient is longer than all others together."""

import jax
import jax.numpy as jnp

from catalogue import Parameter
from landscapes._landscape import Landscape

FOOT = 1.0
SOFTNESS = 1 / 200  # of the face's width, over which its upper and lower edge are rounded


def loss(position, height, width):
    x, y = position
    share = (x - FOOT) / width
    # At the minimum this is below e^-600 for every width on the slider: the cliff does not shift it by a single bit.
    ramp = SOFTNESS * (jax.nn.softplus(share / SOFTNESS) - jax.nn.softplus((share - 1) / SOFTNESS))
    return jnp.log1p((x + 2) ** 2 + y**2) + height * ramp


cliff = Landscape(
    slug="cliff",
    label="Cliff",
    family="plateau",
    loss=loss,
    formula=(
        r"f(x, y) = \ln\left(1 + (x + 2)^2 + y^2\right)"
        r" + \frac{h}{200}\,\ln\frac{1 + e^{200 t}}{1 + e^{200 (t - 1)}}, \quad t = \frac{x - 1}{w}"
    ),
    view=((-4.0, 4.0), (-4.0, 4.0)),
    starts=((2.6, 1.6), (3.0, -2.0), (-3.0, 3.0)),
    minimum=0.0,
    minima=((-2.0, 0.0),),
    parameters={
        "height": Parameter(
            default=30.0, low=0.0, high=60.0, symbol="h", help="How high the cliff is; 0 leaves a plain bowl."
        ),
        "width": Parameter(
            default=0.4,
            low=0.1,
            high=1.0,
            symbol="w",
            log=True,
            help="How far the cliff takes to fall; the narrower, the longer the gradient on its face.",
        ),
    },
    reference="Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks, 2013",
    teaches="One step on the face throws the run out of the picture; clipped, it keeps its direction but not its length.",
)
