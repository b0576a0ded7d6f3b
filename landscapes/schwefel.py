"""Schwefel's function: the deepest pit lies in a corner, far from the second deepest."""

import jax.numpy as jnp

from landscapes._landscape import Landscape
from landscapes._root import root

# With 418.9829, as most books round it, the lowest value is 0.000025 and not 0.
DEPTH = 418.98288727243371


def loss(position):
    return jnp.sum(DEPTH - position * jnp.sin(root(jnp.abs(position))))


schwefel = Landscape(
    slug="schwefel",
    label="Schwefel's far corner",
    family="many minima",
    loss=loss,
    formula=r"f(x, y) = 837.9658 - x \sin\sqrt{|x|} - y \sin\sqrt{|y|}",
    view=((-500.0, 500.0), (-500.0, 500.0)),
    box=((-500.0, 500.0), (-500.0, 500.0)),
    starts=((-150.0, 330.0), (350.0, 480.0), (-400.0, -220.0), (60.0, -20.0)),
    minimum=0.0,
    minima=((420.968746359982, 420.968746359982),),
    reference="Schwefel, Numerical Optimization of Computer Models, 1981",
    teaches="The second-best pits lie in neighbouring corners, hundreds away: nothing learned there leads to the best one.",
)
