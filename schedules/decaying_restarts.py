"""Cosine decay with warm restarts that jump less high every time."""

from dataclasses import replace

import numpy as np
import optax

from catalogue import Parameter
from schedules._schedule import ALPHA, Schedule
from schedules.warm_restarts import FIRST_CYCLE, GROWTH, cycle_starts


def multiplier(step, steps, first_cycle, growth, decay_rate, alpha):
    step = np.asarray(step, float)
    starts = cycle_starts(max(steps, step.max(initial=0)), first_cycle, growth)
    cycle = np.searchsorted(starts, step, side="right") - 1
    fraction = np.clip((step - starts[cycle]) / (first_cycle * growth**cycle), 0.0, 1.0)
    return alpha + (1 - alpha) * decay_rate**cycle * 0.5 * (1 + np.cos(np.pi * fraction))


def twin(steps, first_cycle, growth, decay_rate, alpha):
    peaks = [alpha + (1 - alpha) * decay_rate**cycle for cycle in range(len(cycle_starts(steps, first_cycle, growth)))]
    return optax.sgdr_schedule(
        [
            {
                "init_value": peak,
                "peak_value": peak,
                "warmup_steps": 0,
                "end_value": alpha,
                "decay_steps": first_cycle * growth**cycle,
            }
            for cycle, peak in enumerate(peaks)
        ]
    )


decaying_restarts = Schedule(
    slug="decaying_restarts",
    label="Cosine with decaying restarts",
    multiplier=multiplier,
    parameters={
        "first_cycle": FIRST_CYCLE,
        "growth": replace(GROWTH, default=1.0),
        "decay_rate": Parameter(
            default=0.7,
            low=0.01,
            high=1.0,
            symbol=r"\gamma",
            help="How high each restart jumps as a share of the last.",
        ),
        "alpha": ALPHA,
    },
    formula=(
        r"\begin{aligned} \eta_t &= \eta\left(\alpha + (1 - \alpha)\,\tfrac{\gamma^i}{2}"
        r"\left(1 + \cos\tfrac{\pi\, t_i}{T_i}\right)\right) \\"
        r" T_i &= k\, m^i, \quad t_i \text{ steps after the restart } i \end{aligned}"
    ),
    reference="TensorFlow, tf.keras.optimizers.schedules.CosineDecayRestarts, m_mul; after Loshchilov and Hutter, ICLR 2017",
    teaches="The first restarts leave poor basins, the later ones are too weak to leave a good one.",
    twin=twin,
)
