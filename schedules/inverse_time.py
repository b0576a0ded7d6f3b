"""Inverse-time decay: the schedule of Robbins and Monro."""

import numpy as np

from catalogue import Parameter
from schedules._schedule import TRANSITION_STEPS, Schedule


def multiplier(step, steps, transition_steps, decay_rate):
    return 1 / (1 + decay_rate * np.asarray(step, float) / transition_steps)


inverse_time = Schedule(
    slug="inverse_time",
    label="Inverse-time decay",
    multiplier=multiplier,
    parameters={
        "transition_steps": TRANSITION_STEPS,
        "decay_rate": Parameter(
            default=1.0,
            low=0.0,
            high=100.0,
            symbol=r"\gamma",
            help="How fast it decays: 1 halves the rate after k steps.",
        ),
    },
    formula=r"\eta_t = \frac{\eta}{1 + \gamma\, t/k}",
    reference="Robbins and Monro, A Stochastic Approximation Method, 1951",
    teaches="It decays slowly enough to reach any distance, and fast enough to average noise out.",
    twin=None,
)
