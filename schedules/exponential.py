"""Exponential decay: every step shrinks the rate by the same factor."""

import numpy as np
import optax

from catalogue import Parameter
from schedules._schedule import TRANSITION_STEPS, Schedule


def multiplier(step, steps, transition_steps, decay_rate):
    return decay_rate ** (np.asarray(step, float) / transition_steps)


exponential = Schedule(
    slug="exponential",
    label="Exponential decay",
    multiplier=multiplier,
    parameters={
        "transition_steps": TRANSITION_STEPS,
        "decay_rate": Parameter(
            default=0.5,
            low=0.01,
            high=1.0,
            symbol=r"\gamma",
            help="The factor after every k steps: 0.5 halves the rate.",
        ),
    },
    formula=r"\eta_t = \eta\,\gamma^{t/k}",
    reference="PyTorch, torch.optim.lr_scheduler.ExponentialLR; optax.exponential_decay",
    teaches="All steps that are left add up to a fixed distance: decay too fast and it never arrives.",
    twin=lambda steps, transition_steps, decay_rate: optax.exponential_decay(
        1.0, transition_steps=transition_steps, decay_rate=decay_rate
    ),
)
