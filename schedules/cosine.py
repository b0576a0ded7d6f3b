"""Cosine decay: slow, then fast, then slow again, down to the end of the run."""

import numpy as np
import optax

from schedules._schedule import ALPHA, Schedule


def multiplier(step, steps, alpha):
    fraction = np.clip(np.asarray(step, float) / steps, 0.0, 1.0)
    return alpha + (1 - alpha) * 0.5 * (1 + np.cos(np.pi * fraction))


cosine = Schedule(
    slug="cosine",
    label="Cosine decay",
    multiplier=multiplier,
    parameters={"alpha": ALPHA},
    formula=r"\eta_t = \eta\left(\alpha + (1 - \alpha)\,\tfrac{1}{2}\left(1 + \cos\tfrac{\pi t}{T}\right)\right)",
    reference="Loshchilov and Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, ICLR 2017",
    teaches="It explores at nearly full rate first and settles in the last third, whatever the length of the run.",
    twin=lambda steps, alpha: optax.cosine_decay_schedule(1.0, decay_steps=steps, alpha=alpha),
)
