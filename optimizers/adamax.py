"""AdaMax: Adam scaled by the largest recent gradient instead of the root mean square."""

import jax.numpy as jnp
import optax

from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Elsewhere, Optimizer, learning_rate
from optimizers._symbols import Symbol


def step(g, mu, nu, t, learning_rate, b1, b2, eps):
    """Kingma and Ba 2015, algorithm 2; ε is added to the gradient's size inside the maximum, as in optax and PyTorch."""
    mu = b1 * mu + (1 - b1) * g  # m
    nu = jnp.maximum(b2 * nu, jnp.abs(g) + eps)  # u
    update = -learning_rate / (1 - b1**t) * mu / nu
    return {"mu": mu, "nu": nu, "update": update}


adamax = Optimizer(
    slug="adamax",
    label="AdaMax",
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
        r" u_t &= \max\left(\beta_2\, u_{t-1},\, |g_t| + \epsilon\right) \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{1 - \beta_1^t}\, \frac{m_t}{u_t} \end{aligned}"
    ),
    symbols={"nu": Symbol("u_t", "largest recent gradient")},
    reference="Kingma and Ba, Adam: A Method for Stochastic Optimization, ICLR 2015, section 7",
    teaches="With the usual betas no coordinate's step is noticeably longer than the rate: the largest gradient scales it.",
    twin=optax.adamax,
    elsewhere={
        "torch": Elsewhere("torch.optim.Adamax(points, lr=learning_rate, betas=(b1, b2), eps=eps)"),
        "keras": Elsewhere("keras.optimizers.Adamax(learning_rate, beta_1=b1, beta_2=b2, epsilon=eps)"),
    },
    builds_on=("adam",),
    changes=(
        "It scales by the largest recent slope, not the root mean square: with the usual betas the rate bounds the step."
    ),
    defaults="Both β are the paper's, which needs no ε; it only guards the first division.",
)
