"""Warm-up, then cosine decay: the rate rises before it falls."""

import numpy as np
import optax

from schedules._schedule import ALPHA, WARMUP, Schedule, warmup_steps


def multiplier(step, steps, warmup, alpha):
    step = np.asarray(step, float)
    rise = warmup_steps(steps, warmup)
    fraction = np.clip((step - rise) / max(steps - rise, 1), 0.0, 1.0)
    return np.where(step < rise, step / max(rise, 1), alpha + (1 - alpha) * 0.5 * (1 + np.cos(np.pi * fraction)))


def twin(steps, warmup, alpha):
    return optax.warmup_cosine_decay_schedule(
        init_value=0.0, peak_value=1.0, warmup_steps=warmup_steps(steps, warmup), decay_steps=steps, end_value=alpha
    )


warmup_cosine = Schedule(
    slug="warmup_cosine",
    label="Warm-up and cosine decay",
    multiplier=multiplier,
    parameters={"warmup": WARMUP, "alpha": ALPHA},
    formula=(
        r"\eta_t = \eta \begin{cases} t / wT & t < wT \\"
        r" \alpha + (1 - \alpha)\,\tfrac{1}{2}\left(1 + \cos\tfrac{\pi (t - wT)}{T - wT}\right)"
        r" & \text{otherwise} \end{cases}"
    ),
    reference="Goyal et al., Accurate, Large Minibatch SGD, 2017; Loshchilov and Hutter, SGDR, ICLR 2017",
    teaches="Small first steps let running averages fill up before they are trusted with large ones.",
    twin=twin,
)
