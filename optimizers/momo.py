"""MoMo: Polyak's step for momentum, from averaged losses and gradients."""

from dataclasses import replace

import numpy as np
import optax

from optimizers._adopted import with_keywords
from optimizers._optimizer import MOMENTUM, Optimizer, learning_rate
from optimizers._promise import HILLS, Promise, average_from_first, close, lengths
from optimizers._symbols import Symbol
from optimizers.polyak import LOWEST_LOSS


def make(learning_rate, momentum, f_min):
    """Schaipp et al. 2023, algorithm 1 without weight decay, by optax; below the bound f* it stands still."""
    return with_keywords(optax.contrib.momo(learning_rate, beta=momentum, lower_bound=f_min), value="value")


def is_polyaks_step_without_momentum(run):
    shared = {"learning_rate": 0.3, "f_min": 0.2}
    polyak = run(HILLS, rule="polyak", **shared)
    return close(run(HILLS, momentum=0.0, **shared).positions, polyak.positions)


def takes_polyaks_step_for_averages(run):
    path = run(HILLS, learning_rate=0.3, momentum=0.8, f_min=0.2)
    places, mean = path.positions[:-1], average_from_first(path.gradients, 0.8)
    offsets = path.losses[:-1] - np.sum(path.gradients * places, axis=1)
    forecast = average_from_first(offsets, 0.8) + np.sum(mean * places, axis=1)
    rates = np.minimum(np.maximum(forecast - 0.2, 0) / lengths(mean) ** 2, 0.3)
    return close(path.updates, -rates[:, None] * mean)


def stands_still_below_its_bound(run):
    return np.all(run(HILLS, f_min=1e6).updates == 0) and np.all(run(HILLS).updates[0] != 0)


momo = Optimizer(
    slug="momo",
    label="MoMo",
    year=2023,
    make=make,
    hyperparameters={
        "learning_rate": replace(
            learning_rate(0.1),
            help="Only an upper limit: the factor on the average comes from the losses, and a longer one is cut to this.",
        ),
        "momentum": MOMENTUM,
        "f_min": LOWEST_LOSS,
    },
    formula=(
        r"\begin{aligned} m_t &= \beta\, m_{t-1} + (1 - \beta)\, g_t, \quad m_1 = g_1 \\"
        r" c_t &= \beta\, c_{t-1} + (1 - \beta)\left(f(\theta_t) - g_t \cdot \theta_t\right),"
        r" \quad c_1 = f(\theta_1) - g_1 \cdot \theta_1 \\"
        r" \theta_{t+1} &= \theta_t - \min\left("
        r"\frac{\max(c_t + m_t \cdot \theta_t - f^*,\, 0)}{\lVert m_t \rVert^2},\, \eta\right) m_t \end{aligned}"
    ),
    shows=("exp_avg",),
    symbols={"exp_avg": Symbol("m_t", "mean gradient", arrow=-1)},
    reference="Schaipp et al., MoMo: Momentum Models for Adaptive Learning Rates, ICML 2024",
    teaches="An average of past tangents predicts the loss, and the step is as long as that prediction allows.",
    twin=lambda learning_rate, momentum, f_min: optax.contrib.momo(learning_rate, momentum, f_min),
    builds_on=("polyak", "heavy_ball_ema"),
    changes="It computes Polyak's step for the averaged gradient, where the newest loss alone would mislead.",
    defaults="Momentum is the paper's, its limit of 1 overshoots on some surfaces here; 0 is the lowest loss on most.",
    promises=(
        Promise("It takes Polyak's step for the mean of past gradients and tangents.", takes_polyaks_step_for_averages),
        Promise("Without momentum it is Polyak's step.", is_polyaks_step_without_momentum),
        Promise("Below the lowest loss that it was told it stands still.", stands_still_below_its_bound),
    ),
    separable=False,
)
