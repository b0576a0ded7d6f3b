"""Adan: Adam with Nesterov's look-ahead made of the differences of gradients."""

from dataclasses import replace

import numpy as np
import optax

from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, Optimizer, decay_rate, learning_rate
from optimizers._promise import HILLS, SLOPE, Promise, average, close
from optimizers._symbols import Symbol


def make(learning_rate, b1, b2, b3, eps):
    """Xie et al. 2022, algorithm 1, by optax, whose decay rates are the paper's 1-β; no weight decay, ε outside the root."""
    return optax.adan(learning_rate, b1, b2, b3, eps, eps_root=0.0)


def looks_ahead(run):
    path = run(HILLS, learning_rate=0.03, b1=0.9, b2=0.8, b3=0.95)
    change = np.diff(path.gradients, axis=0, prepend=path.gradients[:1])
    direction = average(path.gradients, 0.9) + 0.2 * average(change, 0.8)
    predicted = average((path.gradients + 0.2 * change) ** 2, 0.95)
    return close(path.updates, -0.03 * direction / (np.sqrt(predicted) + 1e-8))


def steps_by_its_rate(run):
    return close(run(SLOPE, learning_rate=0.03).updates, [-0.03, 0.03], 1e-6)


adan = Optimizer(
    slug="adan",
    label="Adan",
    year=2022,
    make=make,
    hyperparameters={
        "learning_rate": learning_rate(0.05),
        "b1": replace(
            FIRST_MOMENT_DECAY, default=0.98, help="How long gradients are averaged: 0.98 looks back 50 steps."
        ),
        "b2": decay_rate(
            0.92, r"\beta_2", "How long their differences are averaged: they tell where the slope is heading."
        ),
        "b3": decay_rate(0.99, r"\beta_3", "How long the squares in the scale are averaged."),
        "eps": EPSILON,
    },
    formula=(
        r"\begin{aligned} m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t, \quad"
        r" v_t = \beta_2 v_{t-1} + (1 - \beta_2)(g_t - g_{t-1}) \\"
        r" n_t &= \beta_3 n_{t-1} + (1 - \beta_3)\left(g_t + (1 - \beta_2)(g_t - g_{t-1})\right)^2 \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{\hat n_t} + \epsilon}"
        r" \left(\hat m_t + (1 - \beta_2)\, \hat v_t\right), \quad \hat x_t = \frac{x_t}{1 - \beta^t} \end{aligned}"
    ),
    shows=("m", "v", "n"),
    symbols={
        "m": Symbol("m_t", "mean gradient", arrow=-1),
        "v": Symbol("v_t", "mean change of the gradient"),
        "n": Symbol("n_t", "mean square of predicted gradients"),
    },
    reference="Xie et al., Adan: Adaptive Nesterov Momentum Algorithm for Faster Optimizing Deep Models, 2022",
    teaches="The change of the gradient predicts the next one, so it can look ahead without going there.",
    twin=lambda learning_rate, b1, b2, b3, eps: optax.adan(learning_rate, b1, b2, b3, eps, 0.0),
    builds_on=("adam", "nesterov"),
    changes="It looks ahead by an average of gradient differences, where NAdam only weighs the newest gradient more.",
    defaults="All are the paper's, which writes 1 − β for each β here.",
    promises=(
        Promise(
            "A step is the mean gradient and a share of its mean change, on the scale of the predicted gradients.",
            looks_ahead,
        ),
        Promise(
            "On an even slope, where nothing changes, every step is the rate in each direction.", steps_by_its_rate
        ),
    ),
)
