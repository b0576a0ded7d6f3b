"""Yogi: Adam whose scale grows fast and shrinks slowly."""

from dataclasses import replace

import jax.numpy as jnp
import optax

from optimizers._lines import ADAM, Line
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate
from optimizers.adam import AdamState


def make(learning_rate, b1, b2, eps):
    """Zaheer et al. 2018, algorithm 2, with Adam's bias corrections and both moments started at 10⁻⁶, as in optax."""

    def init(position):
        small = jnp.full_like(position, 1e-6)
        return AdamState(jnp.zeros((), jnp.int32), small, small)

    def update(gradient, state, position=None, **extra):
        count = state.count + 1
        mu = b1 * state.mu + (1 - b1) * gradient
        square = gradient**2
        nu = state.nu - (1 - b2) * jnp.sign(state.nu - square) * square
        mu_hat = mu / (1 - b1**count)
        nu_hat = nu / (1 - b2**count)
        return -learning_rate * mu_hat / (jnp.sqrt(nu_hat) + eps), AdamState(count, mu, nu)

    return optax.GradientTransformationExtraArgs(init, update)


yogi = Optimizer(
    slug="yogi",
    label="Yogi",
    year=2018,
    make=make,
    hyperparameters={
        "learning_rate": learning_rate(0.05),
        "b1": FIRST_MOMENT_DECAY,
        "b2": SECOND_MOMENT_DECAY,
        "eps": replace(EPSILON, default=1e-3),
    },
    formula=(
        r"\begin{aligned} m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t \\"
        r" v_t &= v_{t-1} - (1 - \beta_2)\,\mathrm{sign}(v_{t-1} - g_t^2)\, g_t^2, \quad m_0 = v_0 = 10^{-6} \\"
        r" \hat m_t &= \frac{m_t}{1 - \beta_1^t}, \quad \hat v_t = \frac{v_t}{1 - \beta_2^t} \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{\hat v_t} + \epsilon}\, \hat m_t \end{aligned}"
    ),
    shows=("mu", "nu"),
    lines={
        **ADAM,
        "nu": Line(
            "v_t",
            "second moment",
            lambda nu_before, g, b2: nu_before - (1 - b2) * jnp.sign(nu_before - g**2) * g**2,
        ),
    },
    reference="Zaheer et al., Adaptive Methods for Nonconvex Optimization, NeurIPS 2018",
    teaches="Its rate can't jump up at once where the surface flattens, as Adam's can.",
    twin=optax.yogi,
    builds_on=("adam",),
    changes="It lets the scale change by a bounded amount, so that the rate can't shoot up where slopes become small.",
    defaults="The ε of 0.001 is the paper's, far above Adam's; the β are Adam's.",
)
