"""Step decay: the rate drops by a factor at regular intervals."""

from dataclasses import replace

import numpy as np
import optax

from catalogue import Parameter
from schedules._schedule import TRANSITION_STEPS, Schedule


def multiplier(step, steps, transition_steps, decay_rate):
    return decay_rate ** np.floor(np.asarray(step, float) / transition_steps)


step = Schedule(
    slug="step",
    label="Step decay",
    multiplier=multiplier,
    parameters={
        "transition_steps": replace(TRANSITION_STEPS, help="How many steps each rate is kept."),
        "decay_rate": Parameter(
            default=0.5, low=0.01, high=1.0, symbol=r"\gamma", help="The factor of each drop: 0.5 halves the rate."
        ),
    },
    formula=r"\eta_t = \eta\,\gamma^{\lfloor t/k \rfloor}",
    reference="Bottou, Curtis and Nocedal, Optimization Methods for Large-Scale Machine Learning, 2018, section 4",
    teaches="Each drop lets the iterate settle deeper into the valley; the loss falls in stairs.",
    twin=lambda steps, transition_steps, decay_rate: optax.exponential_decay(
        1.0, transition_steps=transition_steps, decay_rate=decay_rate, staircase=True
    ),
)
