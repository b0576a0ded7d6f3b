"""MADGRAD: every position is computed from the start and the weighted sum of all gradients."""

from dataclasses import replace

import optax

from optimizers._optimizer import EPSILON, Optimizer, decay_rate, learning_rate


def make(learning_rate, momentum, eps):
    """Defazio and Jelassi 2021, algorithm 1, by optax, which adds ε to the learning rate as well."""
    return optax.contrib.madgrad(learning_rate, momentum=momentum, eps=eps)


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
    reference=(
        "Defazio and Jelassi, A Momentumized, Adaptive, Dual Averaged Gradient Method for Stochastic Optimization, JMLR 2022"
    ),
    teaches="It never forgets its start: every point is the start plus all gradients, weighed anew.",
    twin=lambda learning_rate, momentum, eps: optax.contrib.madgrad(learning_rate, momentum, 0.0, eps),
    builds_on=("adagrad", "momentum"),
    changes="It sums gradients from the start under growing weights, with a cube root, so that Adagrad's rate lasts longer.",
    defaults="Momentum and ε are the paper's.",
)
