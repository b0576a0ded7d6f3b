"""Michalewicz's function: steep, narrow troughs in a flat sheet, and the minimum where two of them cross."""

import jax.numpy as jnp

from landscapes._landscape import Landscape


def loss(position):
    x, y = position
    return -jnp.sin(x) * jnp.sin(x**2 / jnp.pi) ** 20 - jnp.sin(y) * jnp.sin(2 * y**2 / jnp.pi) ** 20


michalewicz = Landscape(
    slug="michalewicz",
    label="Michalewicz's troughs",
    family="plateau",
    loss=loss,
    formula=r"f(x, y) = -\sin x \, \sin^{20}\frac{x^2}{\pi} - \sin y \, \sin^{20}\frac{2y^2}{\pi}",
    view=((0.1, 3.1), (0.1, 3.1)),
    box=((0.0, 3.141592653589793), (0.0, 3.141592653589793)),
    starts=((1.7, 1.2), (1.85, 2.9), (1.0, 1.35), (0.6, 2.1)),
    minimum=-1.8013034100985528,
    minima=(
        (2.2029055201726093, 1.5707963267948966),
        (2.2029055201726093, 2.7115714838430143),
    ),
    isolated=False,
    degenerate_saddles=((2.2029055201726093, 2.221441469079183),),
    reference="Michalewicz, Genetic Algorithms + Data Structures = Evolution Programs, 1992",
    teaches="On the flat sheet the slope is too small to be felt; in a trough it points across, hardly ever along.",
)
