"""MADGRAD: every position is computed from the start and the weighted sum of all gradients."""

from dataclasses import replace

import numpy as np
import optax

from optimizers._optimizer import EPSILON, Optimizer, decay_rate, learning_rate
from optimizers._promise import HILLS, Promise, close
from optimizers._symbols import Symbol


def make(learning_rate, momentum, eps):
    """Defazio and Jelassi 2021, algorithm 1, by optax, which adds ε to the learning rate as well."""
    return optax.contrib.madgrad(learning_rate, momentum=momentum, eps=eps)


def starts_from_its_start(run):
    path = run(HILLS, learning_rate=0.02, momentum=0.8, eps=1e-12)
    rates = 0.02 * np.sqrt(np.arange(1, 61))[:, None]
    sums, squares = np.cumsum(rates * path.gradients, axis=0), np.cumsum(rates * path.gradients**2, axis=0)
    targets = path.positions[0] - sums / np.cbrt(squares)
    return close((path.positions[1:] - 0.8 * path.positions[:-1]) / 0.2, targets, 1e-5)


madgrad = Optimizer(
    slug="madgrad",
    label="MADGRAD",
    year=2021,
    make=make,
    hyperparameters={
        "learning_rate": learning_rate(0.02),
        "momentum": decay_rate(0.9, r"\beta", "How much of the position stays: 0 jumps to where the sum points."),
        "eps": replace(EPSILON, default=1e-6),
    },
    formula=(
        r"\begin{aligned} \lambda_t &= \eta \sqrt{t}, \quad s_t = s_{t-1} + \lambda_t\, g_t,"
        r" \quad v_t = v_{t-1} + \lambda_t\, g_t^2 \\"
        r" z_t &= \theta_0 - \frac{s_t}{\sqrt[3]{v_t} + \epsilon} \\"
        r" \theta_{t+1} &= \beta\, \theta_t + (1 - \beta)\, z_t \end{aligned}"
    ),
    shows=("s", "grad_sum_sq"),
    symbols={
        "s": Symbol("s_t", "weighted sum of gradients", arrow=-1),
        "grad_sum_sq": Symbol("v_t", "weighted sum of squares"),
    },
    reference=(
        "Defazio and Jelassi, A Momentumized, Adaptive, Dual Averaged Gradient Method for Stochastic Optimization, JMLR 2022"
    ),
    teaches="It never forgets its start: every point is the start plus a reweighted sum of all gradients.",
    twin=lambda learning_rate, momentum, eps: optax.contrib.madgrad(learning_rate, momentum, 0.0, eps),
    builds_on=("adagrad", "momentum"),
    changes="It sums gradients from the start under growing weights, with a cube root, so that Adagrad's rate lasts longer.",
    defaults="Momentum and ε are the paper's.",
    promises=(
        Promise(
            "Every point is drawn to the start plus all gradients, over the cube root of their squares.",
            starts_from_its_start,
        ),
    ),
)
