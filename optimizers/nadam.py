"""NAdam: Adam whose momentum looks one step ahead, as Nesterov's does."""

import jax.numpy as jnp
import optax

from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate
from optimizers._symbols import Symbol


def step(g, mu, nu, t, learning_rate, b1, b2, eps):
    """Dozat 2016, with a constant β₁ and the bias corrections of optax, which leave out a factor β₂ of algorithm 2."""
    mu = b1 * mu + (1 - b1) * g  # m
    nu = b2 * nu + (1 - b2) * g**2  # v
    mu_hat = b1 * mu / (1 - b1 ** (t + 1)) + (1 - b1) * g / (1 - b1**t)
    nu_hat = nu / (1 - b2**t)
    update = -learning_rate * mu_hat / (jnp.sqrt(nu_hat) + eps)
    return {"mu": mu, "nu": nu, "mu_hat": mu_hat, "nu_hat": nu_hat, "update": update}


nadam = Optimizer(
    slug="nadam",
    label="NAdam",
    year=2016,
    make=by_hand(step, mu=zeros, nu=zeros),
    hyperparameters={
        "learning_rate": learning_rate(0.05),
        "b1": FIRST_MOMENT_DECAY,
        "b2": SECOND_MOMENT_DECAY,
        "eps": EPSILON,
    },
    formula=(
        r"\begin{aligned} m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t \\"
        r" v_t &= \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2 \\"
        r" \hat m_t &= \frac{\beta_1 m_t}{1 - \beta_1^{t+1}} + \frac{(1 - \beta_1)\, g_t}{1 - \beta_1^t},"
        r" \quad \hat v_t = \frac{v_t}{1 - \beta_2^t} \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{\hat v_t} + \epsilon}\, \hat m_t \end{aligned}"
    ),
    symbols={"mu_hat": Symbol(r"\hat m_t", "first moment, one step ahead")},
    reference="Dozat, Incorporating Nesterov Momentum into Adam, ICLR workshop 2016",
    teaches="Counting the newest gradient more, it turns a little earlier than Adam and overshoots less.",
    twin=optax.nadam,
    builds_on=("adam", "nesterov"),
    changes="It looks ahead as Nesterov does, with the average and the scale of Adam.",
    defaults="All are Adam's, so that the look-ahead is the only difference.",
)
