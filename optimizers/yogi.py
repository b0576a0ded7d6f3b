"""Yogi: Adam whose scale grows fast and shrinks slowly."""

from dataclasses import replace

import jax.numpy as jnp
import optax

from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate


def step(g, mu, nu, t, learning_rate, b1, b2, eps):
    """Zaheer et al. 2018, algorithm 2, with Adam's bias corrections; v starts at 10⁻⁶, as in the paper's experiments."""
    mu = b1 * mu + (1 - b1) * g  # m
    nu = nu - (1 - b2) * jnp.sign(nu - g**2) * g**2  # v
    mu_hat = mu / (1 - b1**t)
    nu_hat = nu / (1 - b2**t)
    update = -learning_rate * mu_hat / (jnp.sqrt(nu_hat) + eps)
    return {"mu": mu, "nu": nu, "mu_hat": mu_hat, "nu_hat": nu_hat, "update": update}


def small(position):
    """How v starts."""
    return jnp.full_like(position, 1e-6)


def twin(learning_rate, b1, b2, eps):
    """By optax, which also starts m at 10⁻⁶, and so leaves a saddle without any slope."""
    rule = optax.yogi(learning_rate, b1, b2, eps)
    return optax.GradientTransformationExtraArgs(
        lambda position: optax.tree.set(rule.init(position), mu=jnp.zeros_like(position)), rule.update
    )


yogi = Optimizer(
    slug="yogi",
    label="Yogi",
    year=2018,
    make=by_hand(step, mu=zeros, nu=small),
    hyperparameters={
        "learning_rate": learning_rate(0.05),
        "b1": FIRST_MOMENT_DECAY,
        "b2": SECOND_MOMENT_DECAY,
        "eps": replace(EPSILON, default=1e-3),
    },
    formula=(
        r"\begin{aligned} m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t \\"
        r" v_t &= v_{t-1} - (1 - \beta_2)\,\mathrm{sign}(v_{t-1} - g_t^2)\, g_t^2, \quad m_0 = 0, \quad v_0 = 10^{-6} \\"
        r" \hat m_t &= \frac{m_t}{1 - \beta_1^t}, \quad \hat v_t = \frac{v_t}{1 - \beta_2^t} \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{\hat v_t} + \epsilon}\, \hat m_t \end{aligned}"
    ),
    reference="Zaheer et al., Adaptive Methods for Nonconvex Optimization, NeurIPS 2018",
    teaches="Its rate can't jump up at once where the surface flattens, as Adam's can.",
    twin=twin,
    builds_on=("adam",),
    changes="It lets the scale change by a bounded amount, so that the rate can't shoot up where slopes become small.",
    defaults="The ε of 0.001 is the paper's, far above Adam's; the β are Adam's.",
)
