"""Styblinski and Tang's function: four pits, one deeper than the others."""

import jax.numpy as jnp

from landscapes._landscape import Landscape

# Collections give -39.16599 for each dimension, rounded down, or -78.332 for two: it is -39.166166 and -78.332331.


def loss(position):
    return 0.5 * jnp.sum(position**4 - 16 * position**2 + 5 * position)


styblinski_tang = Landscape(
    slug="styblinski_tang",
    label="Styblinski and Tang's pits",
    family="many minima",
    loss=loss,
    formula=r"f(x, y) = \tfrac{1}{2}\left(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y\right)",
    view=((-4.5, 4.5), (-4.5, 4.5)),
    starts=((0.4, 0.6), (4.0, 1.0), (-0.5, 3.8)),
    minimum=-78.33233140754282,
    minima=(
        (-2.903534027771177, -2.903534027771177),
        (-2.903534027771177, 2.746802770990837),
        (2.746802770990837, -2.903534027771177),
        (2.746802770990837, 2.746802770990837),
    ),
    saddles=(
        (-2.903534027771177, 0.1567312567803401),
        (0.1567312567803401, -2.903534027771177),
        (0.1567312567803401, 2.746802770990837),
        (2.746802770990837, 0.1567312567803401),
    ),
    reference="Styblinski and Tang, Experiments in nonconvex optimization, Neural Networks 1990",
    teaches="Most starts end in the wrong one of four pits; the deepest differs little from its neighbours.",
)
