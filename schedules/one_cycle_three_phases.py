"""One cycle in three phases: up, as far down again, and then to almost nothing."""

from dataclasses import replace

import numpy as np
import optax

from schedules._schedule import WARMUP, Schedule
from schedules.one_cycle import FINAL_DIVISION, FIRST


def peak_and_end(steps, warmup):
    """The step with the full rate, the last of which there is one in every run, and where the last phase ends."""
    peak = max(int(warmup * steps), 1)
    return peak, max(steps, 2 * peak + 1)


def multiplier(step, steps, warmup, alpha):
    peak, end = peak_and_end(steps, warmup)
    return np.interp(step, [0, peak, 2 * peak, end], [alpha, 1.0, alpha, alpha / FINAL_DIVISION])


def twin(steps, warmup, alpha):
    peak, end = peak_and_end(steps, warmup)
    phases = [(alpha, 1.0, peak), (1.0, alpha, peak), (alpha, alpha / FINAL_DIVISION, end - 2 * peak)]
    return optax.join_schedules([optax.linear_schedule(*phase) for phase in phases], [peak, 2 * peak])


one_cycle_three_phases = Schedule(
    slug="one_cycle_three_phases",
    label="One cycle, three phases",
    multiplier=multiplier,
    parameters={
        "warmup": replace(
            WARMUP,
            default=0.4,
            low=0.05,
            high=0.5,
            help="The share of the run in which the rate rises; it then falls for as long.",
        ),
        "alpha": FIRST,
    },
    formula=(
        r"\eta_t = \eta \begin{cases} \alpha + (1 - \alpha)\, \tfrac{t}{wT} & t < wT \\"
        r" 1 - (1 - \alpha)\, \tfrac{t - wT}{wT} & wT \le t < 2wT \\"
        r" \alpha + (\omega - \alpha)\, \tfrac{t - 2wT}{T - 2wT} & \text{otherwise, with } \omega = 10^{-4} \alpha"
        r" \end{cases}"
    ),
    reference="Smith, A Disciplined Approach to Neural Network Hyper-Parameters: Part 1, 2018, section 4",
    teaches="Rise and fall are equally long, around the largest rates, and the end of the run is for settling alone.",
    twin=twin,
)
