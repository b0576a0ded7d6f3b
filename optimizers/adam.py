"""Adam: momentum on RMSprop's scale, with both averages corrected for their start at zero."""

import jax.numpy as jnp
import optax

from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Elsewhere, Optimizer, learning_rate


def step(g, mu, nu, t, learning_rate, b1, b2, eps):
    """Kingma and Ba 2015, algorithm 1."""
    mu = b1 * mu + (1 - b1) * g  # m
    nu = b2 * nu + (1 - b2) * g**2  # v
    mu_hat = mu / (1 - b1**t)
    nu_hat = nu / (1 - b2**t)
    update = -learning_rate * mu_hat / (jnp.sqrt(nu_hat) + eps)
    return {"mu": mu, "nu": nu, "mu_hat": mu_hat, "nu_hat": nu_hat, "update": update}


adam = Optimizer(
    slug="adam",
    label="Adam",
    year=2014,
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
        r" \hat m_t &= \frac{m_t}{1 - \beta_1^t}, \quad \hat v_t = \frac{v_t}{1 - \beta_2^t} \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{\hat v_t} + \epsilon}\, \hat m_t \end{aligned}"
    ),
    reference="Kingma and Ba, Adam: A Method for Stochastic Optimization, ICLR 2015",
    teaches="Direction from momentum, scale from RMSprop: its steps start at about the learning rate in size.",
    twin=optax.adam,
    elsewhere={
        "torch": Elsewhere("torch.optim.Adam(points, lr=learning_rate, betas=(b1, b2), eps=eps)"),
        "keras": Elsewhere("keras.optimizers.Adam(learning_rate, beta_1=b1, beta_2=b2, epsilon=eps)"),
    },
    builds_on=("heavy_ball_ema", "rmsprop"),
    changes="It puts averaged momentum on RMSprop's scale, and corrects both averages for their start at zero.",
    defaults="Both β and ε are the paper's; its rate of 0.001 is for networks, where distances are different.",
)
