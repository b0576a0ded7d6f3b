"""Cosine decay with warm restarts: whenever a cycle ends, the rate jumps back up."""

from dataclasses import replace

import numpy as np
import optax

from catalogue import Parameter
from schedules._schedule import ALPHA, TRANSITION_STEPS, Schedule


def cycle_starts(end, first_cycle, growth):
    """The steps at which cycles start, up to the first that ends after `end`."""
    starts, length = [0.0], first_cycle
    while starts[-1] + length <= end:
        starts.append(starts[-1] + length)
        length *= growth
    return np.array(starts)


def multiplier(step, steps, first_cycle, growth, alpha):
    step = np.asarray(step, float)
    starts = cycle_starts(max(steps, step.max(initial=0)), first_cycle, growth)
    cycle = np.searchsorted(starts, step, side="right") - 1
    fraction = (step - starts[cycle]) / (first_cycle * growth**cycle)
    return alpha + (1 - alpha) * 0.5 * (1 + np.cos(np.pi * np.clip(fraction, 0.0, 1.0)))


def twin(steps, first_cycle, growth, alpha):
    lengths = [first_cycle * growth**cycle for cycle in range(len(cycle_starts(steps, first_cycle, growth)))]
    return optax.sgdr_schedule(
        [
            {"init_value": 1.0, "peak_value": 1.0, "warmup_steps": 0, "decay_steps": length, "end_value": alpha}
            for length in lengths
        ]
    )


FIRST_CYCLE = replace(TRANSITION_STEPS, default=50.0, help="The number of steps before the first restart.")
GROWTH = Parameter(
    default=2.0, low=1.0, high=4.0, symbol="m", help="How many times longer each cycle is than the one before."
)

warm_restarts = Schedule(
    slug="warm_restarts",
    label="Cosine with warm restarts",
    multiplier=multiplier,
    parameters={
        "first_cycle": FIRST_CYCLE,
        "growth": GROWTH,
        "alpha": ALPHA,
    },
    formula=(
        r"\begin{aligned} \eta_t &= \eta\left(\alpha + (1 - \alpha)\,\tfrac{1}{2}"
        r"\left(1 + \cos\tfrac{\pi\, t_i}{T_i}\right)\right) \\"
        r" T_i &= k\, m^i, \quad t_i \text{ steps after the restart } i \end{aligned}"
    ),
    reference="Loshchilov and Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, ICLR 2017",
    teaches="Every restart can throw the iterate out of a poor basin; every decay settles it in the next one.",
    twin=twin,
)
