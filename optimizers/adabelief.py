"""AdaBelief: the scale is how far the gradient is from what momentum expected."""

from dataclasses import replace

import jax.numpy as jnp
import optax

from optimizers._lines import ADAM, Line
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate
from optimizers.adam import AdamState


def make(learning_rate, b1, b2, eps):
    """Zhuang et al. 2020, algorithm 2, with ε added in both places, as in the paper."""

    def init(position):
        return AdamState(jnp.zeros((), jnp.int32), jnp.zeros_like(position), jnp.zeros_like(position))

    def update(gradient, state, position=None, **extra):
        count = state.count + 1
        mu = b1 * state.mu + (1 - b1) * gradient
        nu = b2 * state.nu + (1 - b2) * (gradient - mu) ** 2 + eps
        mu_hat = mu / (1 - b1**count)
        nu_hat = nu / (1 - b2**count)
        return -learning_rate * mu_hat / (jnp.sqrt(nu_hat) + eps), AdamState(count, mu, nu)

    return optax.GradientTransformationExtraArgs(init, update)


def twin(learning_rate, b1, b2, eps):
    return optax.adabelief(learning_rate, b1=b1, b2=b2, eps=eps, eps_root=eps)


adabelief = Optimizer(
    slug="adabelief",
    label="AdaBelief",
    year=2020,
    make=make,
    hyperparameters={
        "learning_rate": learning_rate(0.05),
        "b1": FIRST_MOMENT_DECAY,
        "b2": SECOND_MOMENT_DECAY,
        "eps": replace(EPSILON, default=1e-12, low=1e-16),
    },
    formula=(
        r"\begin{aligned} m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t \\"
        r" s_t &= \beta_2 s_{t-1} + (1 - \beta_2)(g_t - m_t)^2 + \epsilon \\"
        r" \hat m_t &= \frac{m_t}{1 - \beta_1^t}, \quad \hat s_t = \frac{s_t}{1 - \beta_2^t} \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{\hat s_t} + \epsilon}\, \hat m_t \end{aligned}"
    ),
    shows=("mu", "nu"),
    lines={
        **ADAM,
        "nu": Line(
            "s_t",
            "average squared surprise",
            lambda nu_before, g, mu, b2, eps: b2 * nu_before + (1 - b2) * (g - mu) ** 2 + eps,
        ),
        "nu_hat": Line(r"\hat s_t", "surprise, bias corrected", lambda nu, b2, t: nu / (1 - b2**t)),
    },
    reference="Zhuang et al., AdaBelief Optimizer, NeurIPS 2020",
    teaches="Where the gradient is as expected it takes long steps, even down a steep slope.",
    twin=twin,
    builds_on=("adam",),
    changes="It scales by the spread of the gradient about its average, so that steady slopes get long steps.",
    defaults="The β are Adam's; ε is far smaller, since the surprise that it is added to can nearly vanish.",
)
