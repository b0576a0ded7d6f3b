"""AdaBelief: the scale is how far the gradient is from what momentum expected."""

from dataclasses import replace

import jax.numpy as jnp
import optax

from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate
from optimizers._symbols import Symbol


def step(g, mu, nu, t, learning_rate, b1, b2, eps):
    """Zhuang et al. 2020, algorithm 2, with ε added in both places, as in the paper."""
    mu = b1 * mu + (1 - b1) * g  # m
    nu = b2 * nu + (1 - b2) * (g - mu) ** 2 + eps  # s
    mu_hat = mu / (1 - b1**t)
    nu_hat = nu / (1 - b2**t)
    update = -learning_rate * mu_hat / (jnp.sqrt(nu_hat) + eps)
    return {"mu": mu, "nu": nu, "mu_hat": mu_hat, "nu_hat": nu_hat, "update": update}


def twin(learning_rate, b1, b2, eps):
    return optax.adabelief(learning_rate, b1=b1, b2=b2, eps=eps, eps_root=eps)


adabelief = Optimizer(
    slug="adabelief",
    label="AdaBelief",
    year=2020,
    make=by_hand(step, mu=zeros, nu=zeros),
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
    symbols={
        "nu": Symbol("s_t", "average squared surprise"),
        "nu_hat": Symbol(r"\hat s_t", "surprise, bias corrected"),
    },
    reference="Zhuang et al., AdaBelief Optimizer, NeurIPS 2020",
    teaches="Where the gradient is as expected it takes long steps, even down a steep slope.",
    twin=twin,
    builds_on=("adam",),
    changes="It scales by the spread of the gradient about its average, so that steady slopes get long steps.",
    defaults="The β are Adam's; ε is far smaller, since the surprise that it is added to can nearly vanish.",
)
