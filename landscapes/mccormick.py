"""McCormick's function: a tilted sheet with a wave across."""

import jax.numpy as jnp

from landscapes._landscape import Landscape

# Jamil and Yang search y up to 3, Surjanovic and Bingham up to 4; the minimum is the same. Beyond the box the surface
# falls without end along x = y.


def loss(position):
    x, y = position
    return jnp.sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1


mccormick = Landscape(
    slug="mccormick",
    label="McCormick's waves",
    family="many minima",
    loss=loss,
    formula=r"f(x, y) = \sin(x + y) + (x - y)^2 - 1.5x + 2.5y + 1",
    view=((-1.5, 4.0), (-3.0, 4.0)),
    box=((-1.5, 4.0), (-3.0, 4.0)),
    starts=((3.5, 3.5), (1.5, -2.5), (-1.0, 3.0)),
    minimum=-1.9132229549810362,
    minima=(
        (-0.5471975511965976, -1.5471975511965976),
        (2.5943951023931957, 1.5943951023931955),
    ),
    saddles=((1.5471975511965976, 0.5471975511965976),),
    reference="McCormick, Computability of global solutions to factorable nonconvex programs, 1976",
    teaches="The wave stops a slow walk down the sheet at its first trough.",
)
