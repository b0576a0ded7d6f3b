"""The square root that surfaces with a sharp point or crease are made of."""

import jax.numpy as jnp


def root(number):
    """√s for s ≥ 0; at 0, where its slope is infinite, the slope is 0: a run that comes to a crease stays on it.

    The inner `where` keeps the slope of what is chosen from being 0 times the infinite one of what is not.
    """
    positive = number > 0
    return jnp.where(positive, jnp.sqrt(jnp.where(positive, number, 1.0)), 0.0)
