"""MoMo: Polyak's step for momentum, from averaged losses and gradients."""

from dataclasses import replace

import optax

from optimizers._adopted import with_keywords
from optimizers._optimizer import MOMENTUM, Optimizer, learning_rate
from optimizers.polyak import LOWEST_LOSS


def make(learning_rate, momentum, f_min):
    """Schaipp et al. 2023, algorithm 1 without weight decay, by optax; below the bound f* it stands still."""
    return with_keywords(optax.contrib.momo(learning_rate, beta=momentum, lower_bound=f_min), value="value")


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
    reference="Schaipp et al., MoMo: Momentum Models for Adaptive Learning Rates, ICML 2024",
    teaches="A mean of past tangents foretells the loss, and the step is as long as that forecast allows.",
    twin=lambda learning_rate, momentum, f_min: optax.contrib.momo(learning_rate, momentum, f_min),
    builds_on=("polyak", "heavy_ball_ema"),
    changes="It computes Polyak's step for the averaged gradient, where the newest loss alone would mislead.",
    defaults="Momentum is the paper's, its limit of 1 overshoots on some surfaces here; 0 is the lowest loss on most.",
)
