"""One cycle: up to a large rate, then down to almost nothing."""

from dataclasses import replace

import jax.numpy as jnp
import numpy as np
import optax

from catalogue import Parameter
from schedules._schedule import WARMUP, Schedule

FINAL_DIVISION = 1e4  # by how much the last rate is smaller than the first: the default of optax and of PyTorch


def multiplier(step, steps, warmup, alpha):
    """In cosines, as it is mostly used; the paper draws straight lines and lowers the momentum meanwhile."""
    step, peak, last = np.asarray(step, float), int(warmup * steps), alpha / FINAL_DIVISION
    rising = np.clip(step / max(peak, 1), 0.0, 1.0)
    falling = np.clip((step - peak) / (steps - peak), 0.0, 1.0)
    return np.where(
        step < peak,
        1 + (alpha - 1) / 2 * (1 + np.cos(np.pi * rising)),
        last + (1 - last) / 2 * (1 + np.cos(np.pi * falling)),
    )


def twin(steps, warmup, alpha):
    schedule = optax.cosine_onecycle_schedule(
        steps, peak_value=1.0, pct_start=warmup, div_factor=1 / alpha, final_div_factor=FINAL_DIVISION
    )
    return jnp.vectorize(schedule)  # this one takes a single step at a time


FIRST = Parameter(
    default=0.04, low=0.001, high=1.0, symbol=r"\alpha", help="The factor of the first step: 0.04 is a 25th."
)

one_cycle = Schedule(
    slug="one_cycle",
    label="One cycle",
    multiplier=multiplier,
    parameters={
        "warmup": replace(WARMUP, default=0.3),
        "alpha": FIRST,
    },
    formula=(
        r"\eta_t = \eta \begin{cases} 1 - \tfrac{1 - \alpha}{2}\left(1 + \cos\tfrac{\pi t}{wT}\right) & t < wT \\"
        r" \omega + \tfrac{1 - \omega}{2}\left(1 + \cos\tfrac{\pi (t - wT)}{T - wT}\right)"
        r" & \text{otherwise, with } \omega = 10^{-4} \alpha \end{cases}"
    ),
    reference="Smith and Topin, Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates, 2017",
    teaches="A rate that would diverge from the start works in the middle of the run, and the long fall then settles.",
    twin=twin,
)
