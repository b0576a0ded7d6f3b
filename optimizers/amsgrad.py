"""AMSGrad: Adam whose scale never shrinks again."""

from typing import NamedTuple

import jax.numpy as jnp
import optax
from jax import Array

from optimizers._lines import FIRST_CORRECTED, FIRST_MOMENT, SECOND_MOMENT, Line, step
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate


class AMSGradState(NamedTuple):
    count: Array  # type: ignore[assignment]  # t; the name is optax's, and hides tuple.count
    mu: Array  # m, the first moment
    nu: Array  # v, the second moment
    nu_max: Array  # the largest corrected second moment so far


def make(learning_rate, b1, b2, eps):
    """Reddi et al. 2018, algorithm 2, with Adam's bias corrections, the maximum taken over the corrected second moment."""

    def init(position):
        zeros = jnp.zeros_like(position)
        return AMSGradState(jnp.zeros((), jnp.int32), zeros, zeros, zeros)

    def update(gradient, state, position=None, **extra):
        count = state.count + 1
        mu = b1 * state.mu + (1 - b1) * gradient
        nu = b2 * state.nu + (1 - b2) * gradient**2
        mu_hat = mu / (1 - b1**count)
        nu_max = jnp.maximum(state.nu_max, nu / (1 - b2**count))
        return -learning_rate * mu_hat / (jnp.sqrt(nu_max) + eps), AMSGradState(count, mu, nu, nu_max)

    return optax.GradientTransformationExtraArgs(init, update)


amsgrad = Optimizer(
    slug="amsgrad",
    label="AMSGrad",
    year=2018,
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
        r" \hat m_t &= \frac{m_t}{1 - \beta_1^t}, \quad"
        r" \hat v_t = \max\left(\hat v_{t-1},\, \frac{v_t}{1 - \beta_2^t}\right) \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{\hat v_t} + \epsilon}\, \hat m_t \end{aligned}"
    ),
    shows=("mu", "nu", "nu_max"),
    lines={
        "mu": FIRST_MOMENT,
        "nu": SECOND_MOMENT,
        "mu_hat": FIRST_CORRECTED,
        "nu_max": Line(
            r"\hat v_t",
            "largest corrected second moment so far",
            lambda nu_max_before, nu, b2, t: jnp.maximum(nu_max_before, nu / (1 - b2**t)),
        ),
        "update": step(lambda learning_rate, mu_hat, nu_max, eps: -learning_rate * mu_hat / (jnp.sqrt(nu_max) + eps)),
    },
    reference="Reddi, Kale and Kumar, On the Convergence of Adam and Beyond, ICLR 2018",
    teaches="One steep place makes all later steps short: safer than Adam, and slower after a cliff.",
    twin=optax.amsgrad,
    builds_on=("adam",),
    changes=(
        "It keeps the largest scale it has seen, since Adam's shrinking one can make it diverge on a convex problem."
    ),
    defaults="All are Adam's, so that the running maximum is the only difference.",
)
