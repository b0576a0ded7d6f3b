"""Linear decay: the same amount less at every step, down to the end of the run."""

import numpy as np
import optax

from schedules._schedule import ALPHA, Schedule


def multiplier(step, steps, alpha):
    fraction = np.clip(np.asarray(step, float) / steps, 0.0, 1.0)
    return alpha + (1 - alpha) * (1 - fraction)


linear = Schedule(
    slug="linear",
    label="Linear decay",
    multiplier=multiplier,
    parameters={"alpha": ALPHA},
    formula=r"\eta_t = \eta\left(\alpha + (1 - \alpha)\left(1 - \tfrac{t}{T}\right)\right)",
    reference="Defazio et al., Optimal Linear Decay Learning Rate Schedules and Further Refinements, 2023",
    teaches="The plainest way to stop exactly at the end, and worst-case theory finds none better.",
    twin=lambda steps, alpha: optax.linear_schedule(1.0, alpha, transition_steps=steps),
)
