"""AdamW: Adam with weight decay that bypasses the adaptive scale."""

import jax.numpy as jnp
import optax

from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import (
    EPSILON,
    FIRST_MOMENT_DECAY,
    SECOND_MOMENT_DECAY,
    WEIGHT_DECAY,
    Elsewhere,
    Optimizer,
    learning_rate,
)


def step(g, theta, mu, nu, t, learning_rate, b1, b2, eps, weight_decay):
    """Loshchilov and Hutter 2019, algorithm 2, the decay scaled by the learning rate as in PyTorch and optax."""
    mu = b1 * mu + (1 - b1) * g  # m
    nu = b2 * nu + (1 - b2) * g**2  # v
    mu_hat = mu / (1 - b1**t)
    nu_hat = nu / (1 - b2**t)
    update = -learning_rate * (mu_hat / (jnp.sqrt(nu_hat) + eps) + weight_decay * theta)
    return {"mu": mu, "nu": nu, "mu_hat": mu_hat, "nu_hat": nu_hat, "update": update}


adamw = Optimizer(
    slug="adamw",
    label="AdamW",
    year=2017,
    make=by_hand(step, mu=zeros, nu=zeros),
    hyperparameters={
        "learning_rate": learning_rate(0.05),
        "b1": FIRST_MOMENT_DECAY,
        "b2": SECOND_MOMENT_DECAY,
        "eps": EPSILON,
        "weight_decay": WEIGHT_DECAY,
    },
    formula=(
        r"\begin{aligned} m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t \\"
        r" v_t &= \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2 \\"
        r" \hat m_t &= \frac{m_t}{1 - \beta_1^t}, \quad \hat v_t = \frac{v_t}{1 - \beta_2^t} \\"
        r" \theta_{t+1} &= \theta_t - \eta\left(\frac{\hat m_t}{\sqrt{\hat v_t} + \epsilon}"
        r" + \lambda\, \theta_t\right) \end{aligned}"
    ),
    reference="Loshchilov and Hutter, Decoupled Weight Decay Regularization, ICLR 2019",
    teaches="The decay acts on the position itself, so large gradients no longer shield a weight from it.",
    twin=optax.adamw,
    elsewhere={
        "torch": Elsewhere(
            "torch.optim.AdamW(points, lr=learning_rate, betas=(b1, b2), eps=eps, weight_decay=weight_decay)"
        ),
        "keras": Elsewhere(
            "keras.optimizers.AdamW(learning_rate, weight_decay=weight_decay, beta_1=b1, beta_2=b2, epsilon=eps)"
        ),
    },
    builds_on=("adam",),
    changes="It takes weight decay out of the gradient, where Adam's scale had weakened it for steep weights.",
    defaults="All are Adam's; the decay starts at 0, since any decay pulls the iterate off the minimum of a test function.",
    pictured_with={"weight_decay": 1.0},
)
