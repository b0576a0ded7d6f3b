"""Cyclic rates: up and down in straight lines, over and over."""

from dataclasses import replace

import numpy as np
import optax

from catalogue import Parameter
from schedules._schedule import ALPHA, Schedule


def cycles_done(step, steps, cycles):
    """How many cycles are over at `step`. None is shorter than two steps: else every step might fall on a foot."""
    return min(cycles, steps / 2) * np.asarray(step, float) / steps


def height(done):
    """How far up its triangle a cycle is, from 0 at the feet to 1 at the tip."""
    return 1 - np.abs(2 * done % 2 - 1)


def multiplier(step, steps, cycles, alpha):
    return alpha + (1 - alpha) * height(cycles_done(step, steps, cycles))


def twin(steps, cycles, alpha):
    half = max(steps / (2 * cycles), 1.0)
    sides = [optax.linear_schedule(*ends, transition_steps=half) for ends in ((alpha, 1.0), (1.0, alpha))]
    count = int(np.ceil(2 * cycles)) + 1
    return optax.join_schedules([sides[side % 2] for side in range(count)], [half * side for side in range(1, count)])


CYCLES = Parameter(
    default=3.0,
    low=1.0,
    high=20.0,
    symbol="c",
    help="How many times it goes up and down within the run, at most once in two steps.",
)
FOOT = replace(ALPHA, default=0.25, help="The factor at the foot of every triangle; Smith takes a third or less.")

cyclic = Schedule(
    slug="cyclic",
    label="Cyclic, triangular",
    multiplier=multiplier,
    parameters={"cycles": CYCLES, "alpha": FOOT},
    formula=(
        r"\eta_t = \eta\left(\alpha + (1 - \alpha)\left(1 - \left|\left(\tfrac{2 c\, t}{T} \bmod 2\right)"
        r" - 1\right|\right)\right)"
    ),
    reference="Smith, Cyclical Learning Rates for Training Neural Networks, WACV 2017",
    teaches="No single rate suits a whole run: going through a range of them passes the good ones again and again.",
    twin=twin,
)
