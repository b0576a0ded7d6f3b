"""Adam: momentum on RMSprop's scale, with both averages corrected for their start at zero."""

from typing import NamedTuple

import jax.numpy as jnp
import optax
from jax import Array

from optimizers._lines import ADAM
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate


class AdamState(NamedTuple):
    count: Array  # type: ignore[assignment]  # t; the name is optax's, and hides tuple.count
    mu: Array  # m, the first moment
    nu: Array  # v, the second moment


def make(learning_rate, b1, b2, eps):
    """Kingma and Ba 2015, algorithm 1."""

    def init(position):
        return AdamState(jnp.zeros((), jnp.int32), jnp.zeros_like(position), jnp.zeros_like(position))

    def update(gradient, state, position=None, **extra):
        count = state.count + 1
        mu = b1 * state.mu + (1 - b1) * gradient
        nu = b2 * state.nu + (1 - b2) * gradient**2
        mu_hat = mu / (1 - b1**count)
        nu_hat = nu / (1 - b2**count)
        return -learning_rate * mu_hat / (jnp.sqrt(nu_hat) + eps), AdamState(count, mu, nu)

    return optax.GradientTransformationExtraArgs(init, update)


adam = Optimizer(
    slug="adam",
    label="Adam",
    year=2014,
    make=make,
    hyperparameters={
        "learning_rate": learning_rate(0.05),
        "b1": FIRST_MOMENT_DECAY,
        "b2": SECOND_MOMENT_DECAY,
        "eps": EPSILON,
    },
    formula=(
        r"\begin{aligned} m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t \\"
        r" v_t &= \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2 \\"
        r" \hat m_t &= \frac{m_t}{1 - \beta_1^t}, \quad \hat v_t = \frac{v_t}{1 - \beta_2^t} \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{\hat v_t} + \epsilon}\, \hat m_t \end{aligned}"
    ),
    shows=("mu", "nu"),
    lines=ADAM,
    reference="Kingma and Ba, Adam: A Method for Stochastic Optimization, ICLR 2015",
    teaches="Direction from momentum, scale from RMSprop: its steps start at about the learning rate in size.",
    twin=optax.adam,
    builds_on=("heavy_ball_ema", "rmsprop"),
    changes="It puts averaged momentum on RMSprop's scale, and corrects both averages for their start at zero.",
    defaults="Both β and ε are the paper's; its rate of 0.001 is for networks, where distances are different.",
)
