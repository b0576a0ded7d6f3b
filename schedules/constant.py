"""No decay: the rate that is set is the rate that is used."""

import numpy as np
import optax

from schedules._schedule import Schedule


def multiplier(step, steps):
    return np.ones_like(step, dtype=float)


constant = Schedule(
    slug="constant",
    label="Constant",
    multiplier=multiplier,
    formula=r"\eta_t = \eta",
    reference="Robbins and Monro, A Stochastic Approximation Method, 1951, on why it can't settle under noise",
    teaches="With noisy gradients a constant rate never settles: it keeps rattling around the minimum.",
    twin=lambda steps: optax.constant_schedule(1.0),
)
