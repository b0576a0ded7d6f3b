"""A quadratic ravine that can be turned: what coordinate-wise rules make of a diagonal."""

import math

import jax.numpy as jnp

from catalogue import Parameter
from landscapes._landscape import Landscape


def loss(position, condition_number, angle):
    x, y = position
    along = jnp.cos(angle) * x + jnp.sin(angle) * y
    across = jnp.cos(angle) * y - jnp.sin(angle) * x
    return 0.5 * (along**2 + condition_number * across**2)


rotated_ravine = Landscape(
    slug="rotated_ravine",
    label="Rotated ravine",
    family="valley",
    loss=loss,
    formula=(
        r"\begin{gathered} f(x, y) = \tfrac{1}{2}\left(u^2 + \kappa\, v^2\right) \\"
        r" u = x\cos\varphi + y\sin\varphi, \quad v = y\cos\varphi - x\sin\varphi \end{gathered}"
    ),
    view=((-2.4, 2.4), (-2.4, 2.4)),
    starts=((-2.0, -0.4), (0.5, 2.0), (2.0, -1.0)),
    minimum=0.0,
    minima=((0.0, 0.0),),
    parameters={
        "condition_number": Parameter(
            default=50.0,
            low=1.0,
            high=1000.0,
            symbol=r"\kappa",
            log=True,
            help="How many times steeper the walls are than the floor.",
        ),
        "angle": Parameter(
            default=math.pi / 4,
            low=0.0,
            high=math.pi / 2,
            symbol=r"\varphi",
            degrees=True,
            help="How far the ravine is turned off the axes, in degrees: 45 is the diagonal.",
        ),
    },
    reference="Hansen et al., Impacts of invariance in search: when CMA-ES and PSO face ill-conditioned problems, 2011",
    teaches="Turn the ravine off the axes, and rules that scale each coordinate lose what they gained.",
)
