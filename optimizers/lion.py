"""Lion: only the sign of an average of gradients, found by a search over programs."""

from dataclasses import replace
from typing import NamedTuple

import jax.numpy as jnp
import optax
from jax import Array

from optimizers._lines import Line, step
from optimizers._optimizer import FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, WEIGHT_DECAY, Optimizer, learning_rate


class LionState(NamedTuple):
    mu: Array  # m, the moving average


def make(learning_rate, b1, b2, weight_decay):
    """Chen et al. 2023, program 1; the decay is decoupled and 0 by default, so that it does not pull off the minimum."""

    def init(position):
        return LionState(jnp.zeros_like(position))

    def update(gradient, state, position, **extra):
        direction = jnp.sign(b1 * state.mu + (1 - b1) * gradient)
        mu = b2 * state.mu + (1 - b2) * gradient
        return -learning_rate * (direction + weight_decay * position), LionState(mu)

    return optax.GradientTransformationExtraArgs(init, update)


lion = Optimizer(
    slug="lion",
    label="Lion",
    year=2023,
    make=make,
    hyperparameters={
        "learning_rate": learning_rate(0.02),
        "b1": FIRST_MOMENT_DECAY,
        "b2": replace(SECOND_MOMENT_DECAY, default=0.99, help="How long gradients are remembered between steps."),
        "weight_decay": WEIGHT_DECAY,
    },
    formula=(
        r"\begin{aligned} c_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t \\"
        r" \theta_{t+1} &= \theta_t - \eta\left(\mathrm{sign}(c_t) + \lambda\, \theta_t\right) \\"
        r" m_t &= \beta_2 m_{t-1} + (1 - \beta_2)\, g_t \end{aligned}"
    ),
    shows=("mu",),
    lines={
        "direction": Line("c_t", "direction", lambda mu_before, g, b1: b1 * mu_before + (1 - b1) * g, arrow=-1),
        "mu": Line("m_t", "average of gradients", lambda mu_before, g, b2: b2 * mu_before + (1 - b2) * g),
        "update": step(
            lambda learning_rate, direction, weight_decay, theta: (
                -learning_rate * (jnp.sign(direction) + weight_decay * theta)
            )
        ),
    },
    reference="Chen et al., Symbolic Discovery of Optimization Algorithms, NeurIPS 2023",
    teaches="Every step has the same length in each direction, so it never settles without a decaying rate.",
    twin=optax.lion,
    builds_on=("signsgd", "heavy_ball_ema"),
    changes="It takes the sign of an average, and uses two decay rates: one for the step, one for the memory.",
    defaults="The β are the paper's; the decay starts at 0, since any decay pulls the iterate off the minimum.",
)
