"""Adam with an L2 penalty: weight decay that goes through the adaptive scale, as most programs had it before AdamW."""

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
from optimizers._symbols import Symbol


def step(g, theta, mu, nu, t, learning_rate, b1, b2, eps, weight_decay):
    """Kingma and Ba 2015, algorithm 1, on the gradient of the loss and the penalty λ|θ|²/2."""
    penalized = g + weight_decay * theta
    mu = b1 * mu + (1 - b1) * penalized  # m
    nu = b2 * nu + (1 - b2) * penalized**2  # v
    mu_hat = mu / (1 - b1**t)
    nu_hat = nu / (1 - b2**t)
    update = -learning_rate * mu_hat / (jnp.sqrt(nu_hat) + eps)
    return {"penalized": penalized, "mu": mu, "nu": nu, "mu_hat": mu_hat, "nu_hat": nu_hat, "update": update}


def twin(learning_rate, b1, b2, eps, weight_decay):
    return optax.chain(optax.add_decayed_weights(weight_decay), optax.adam(learning_rate, b1, b2, eps))


adam_l2 = Optimizer(
    slug="adam_l2",
    label="Adam with L2 penalty",
    year=2015,
    make=by_hand(step, mu=zeros, nu=zeros),
    hyperparameters={
        "learning_rate": learning_rate(0.05),
        "b1": FIRST_MOMENT_DECAY,
        "b2": SECOND_MOMENT_DECAY,
        "eps": EPSILON,
        "weight_decay": WEIGHT_DECAY,
    },
    formula=(
        r"\begin{aligned} \tilde g_t &= g_t + \lambda\, \theta_t \\"
        r" m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, \tilde g_t \\"
        r" v_t &= \beta_2 v_{t-1} + (1 - \beta_2)\, \tilde g_t^2 \\"
        r" \hat m_t &= \frac{m_t}{1 - \beta_1^t}, \quad \hat v_t = \frac{v_t}{1 - \beta_2^t} \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{\hat v_t} + \epsilon}\, \hat m_t \end{aligned}"
    ),
    symbols={"penalized": Symbol(r"\tilde g_t", "gradient with penalty", arrow=-1)},
    reference="Loshchilov and Hutter, Decoupled Weight Decay Regularization, ICLR 2019, algorithm 2",
    teaches="The decay is scaled like the gradient: where gradients are large, a weight is hardly decayed.",
    twin=twin,
    elsewhere={
        "torch": Elsewhere(
            "torch.optim.Adam(points, lr=learning_rate, betas=(b1, b2), eps=eps, weight_decay=weight_decay)"
        )
    },
    builds_on=("adam",),
    changes="It adds the decay to the gradient, as gradient descent may; AdamW takes it out again.",
    defaults="All are Adam's; the decay starts at 0, since any decay pulls the iterate off the minimum of a test function.",
    pictured_with={"weight_decay": 1.0},
)
