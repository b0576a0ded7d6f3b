"""Warm-up, then linear decay: a triangle with its tip near the start."""

import numpy as np
import optax

from schedules._schedule import ALPHA, WARMUP, Schedule, warmup_steps


def multiplier(step, steps, warmup, alpha):
    step = np.asarray(step, float)
    rise = warmup_steps(steps, warmup)
    fraction = np.clip((step - rise) / max(steps - rise, 1), 0.0, 1.0)
    return np.where(step < rise, step / max(rise, 1), alpha + (1 - alpha) * (1 - fraction))


def twin(steps, warmup, alpha):
    rise = warmup_steps(steps, warmup)
    up, down = optax.linear_schedule(0.0, 1.0, rise), optax.linear_schedule(1.0, alpha, steps - rise)
    return optax.join_schedules([up, down], [rise])


warmup_linear = Schedule(
    slug="warmup_linear",
    label="Warm-up and linear decay",
    multiplier=multiplier,
    parameters={"warmup": WARMUP, "alpha": ALPHA},
    formula=(
        r"\eta_t = \eta \begin{cases} t / wT & t < wT \\"
        r" \alpha + (1 - \alpha)\left(1 - \tfrac{t - wT}{T - wT}\right) & \text{otherwise} \end{cases}"
    ),
    reference="Devlin et al., BERT: Pre-training of Deep Bidirectional Transformers, NAACL 2019, appendix A.2",
    teaches="The rise protects the first steps, the straight fall settles: how most language models are trained.",
    twin=twin,
)
