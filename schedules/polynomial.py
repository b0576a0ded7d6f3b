"""Polynomial decay: a power of the share of the run that is left."""

import numpy as np
import optax

from catalogue import Parameter
from schedules._schedule import ALPHA, Schedule


def multiplier(step, steps, power, alpha):
    fraction = np.clip(np.asarray(step, float) / steps, 0.0, 1.0)
    return alpha + (1 - alpha) * (1 - fraction) ** power


polynomial = Schedule(
    slug="polynomial",
    label="Polynomial decay",
    multiplier=multiplier,
    parameters={
        "power": Parameter(
            default=2.0,
            low=0.1,
            high=6.0,
            symbol="p",
            help="How early it falls: 1 is a straight line, below 1 it falls late, above 1 early.",
        ),
        "alpha": ALPHA,
    },
    formula=r"\eta_t = \eta\left(\alpha + (1 - \alpha)\left(1 - \tfrac{t}{T}\right)^p\right)",
    reference="Chen et al., DeepLab, TPAMI 2017, section 4.1.2, its poly policy with p = 0.9",
    teaches="One number decides whether most of the decay comes early or late in the run.",
    twin=lambda steps, power, alpha: optax.polynomial_schedule(1.0, alpha, power=power, transition_steps=steps),
)
