"""AMSGrad: Adam whose scale never shrinks again."""

import jax.numpy as jnp
import optax

from catalogue import Allowed, choice
from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Elsewhere, Optimizer, learning_rate
from optimizers._symbols import Symbol


def step(g, mu, nu, nu_max, t, learning_rate, b1, b2, eps, maximum):
    """Reddi et al. 2018, algorithm 2, with Adam's bias corrections, before which or after which the maximum is taken."""
    mu = b1 * mu + (1 - b1) * g  # m
    nu = b2 * nu + (1 - b2) * g**2  # v
    mu_hat = mu / (1 - b1**t)
    before = maximum == 1
    nu_max = jnp.maximum(nu_max, jnp.where(before, nu, nu / (1 - b2**t)))  # u
    nu_hat = jnp.where(before, nu_max / (1 - b2**t), nu_max)
    update = -learning_rate * mu_hat / (jnp.sqrt(nu_hat) + eps)
    return {"mu": mu, "nu": nu, "mu_hat": mu_hat, "nu_max": nu_max, "nu_hat": nu_hat, "update": update}


def twin(learning_rate, b1, b2, eps, maximum):
    return optax.amsgrad(learning_rate, b1, b2, eps)  # which takes the maximum after the correction


amsgrad = Optimizer(
    slug="amsgrad",
    label="AMSGrad",
    year=2018,
    make=by_hand(step, mu=zeros, nu=zeros, nu_max=zeros),
    hyperparameters={
        "learning_rate": learning_rate(0.05),
        "b1": FIRST_MOMENT_DECAY,
        "b2": SECOND_MOMENT_DECAY,
        "eps": EPSILON,
        "maximum": choice(
            "after the correction",
            "before it",
            symbol="c",
            help="The maximum is taken after the bias correction as in optax (c = 0), or before it as in PyTorch (c = 1).",
        ),
    },
    formula=(
        r"\begin{aligned} m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t \\"
        r" v_t &= \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2 \\"
        r" u_t &= \max\left(u_{t-1},\, \begin{cases} v_t & c = 1 \\"
        r" v_t / (1 - \beta_2^t) & \text{otherwise} \end{cases}\right) \\"
        r" \hat m_t &= \frac{m_t}{1 - \beta_1^t}, \quad"
        r" \hat v_t = \begin{cases} u_t / (1 - \beta_2^t) & c = 1 \\ u_t & \text{otherwise} \end{cases} \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{\hat v_t} + \epsilon}\, \hat m_t \end{aligned}"
    ),
    symbols={
        "nu_max": Symbol("u_t", "largest second moment so far"),
        "nu_hat": Symbol(r"\hat v_t", "the same, corrected"),
    },
    reference="Reddi, Kale and Kumar, On the Convergence of Adam and Beyond, ICLR 2018",
    teaches="One steep place makes all later steps short: safer than Adam, and slower after a cliff.",
    twin=twin,
    elsewhere={
        "torch": Elsewhere(
            "torch.optim.Adam(points, lr=learning_rate, betas=(b1, b2), eps=eps, amsgrad=True)",
            only={"maximum": Allowed(1.0, 1.0)},
        ),
        "keras": Elsewhere(
            "keras.optimizers.Adam(learning_rate, beta_1=b1, beta_2=b2, epsilon=eps, amsgrad=True)",
            only={"maximum": Allowed(1.0, 1.0)},
        ),
    },
    builds_on=("adam",),
    changes=(
        "It keeps the largest scale it has seen, since Adam's shrinking one can make it diverge on a convex problem."
    ),
    defaults="All are Adam's, so that the running maximum is the only difference; libraries differ on when to correct it.",
)
