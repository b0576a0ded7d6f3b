"""Cross in tray: four equal pits in a tray, between walls as sharp as a cut."""

import jax.numpy as jnp

from landscapes._landscape import Landscape
from landscapes._root import root

# Jamil and Yang, 2013, give (1.349406685353340, 1.349406608602084) and -2.06261218, though x and y may be exchanged;
# Surjanovic and Bingham give 1.3491 and -2.06261. Both stopped early: the minimum is at 1.34940661715, -2.06261187.


def loss(position):
    x, y = position
    radius = root(jnp.sum(position**2))
    wave = jnp.abs(jnp.sin(x) * jnp.sin(y)) * jnp.exp(jnp.abs(100 - radius / jnp.pi))
    return -0.0001 * (wave + 1) ** 0.1


cross_in_tray = Landscape(
    slug="cross_in_tray",
    label="Cross in a tray",
    family="many minima",
    loss=loss,
    formula=(
        r"f(x, y) = -0.0001\left(\left|\sin x \, \sin y \; e^{\left|100 - r/\pi\right|}\right| + 1\right)^{0.1},"
        r" \quad r = \sqrt{x^2 + y^2}"
    ),
    view=((-10.0, 10.0), (-10.0, 10.0)),
    box=((-10.0, 10.0), (-10.0, 10.0)),
    starts=((0.4, 2.3), (-5.5, 4.0), (2.9, -0.5)),
    minimum=-2.062611870822738,
    minima=(
        (1.3494066171539107, 1.3494066171539107),
        (1.3494066171539107, -1.3494066171539107),
        (-1.3494066171539107, 1.3494066171539107),
        (-1.3494066171539107, -1.3494066171539107),
    ),
    smooth=False,
    reference="Mishra, Some new test functions for global optimization and performance of repulsive particle swarm, 2006",
    teaches="At the cross the slope is all but infinite and points away from it: no gradient step ever crosses on purpose.",
)
