"""AMSGrad: Adam whose scale never shrinks again."""

import jax.numpy as jnp
import optax

from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate
from optimizers._symbols import Symbol


def step(g, mu, nu, nu_max, t, learning_rate, b1, b2, eps):
    """Reddi et al. 2018, algorithm 2, with Adam's bias corrections, the maximum taken over the corrected second moment."""
    mu = b1 * mu + (1 - b1) * g  # m
    nu = b2 * nu + (1 - b2) * g**2  # v
    mu_hat = mu / (1 - b1**t)
    nu_max = jnp.maximum(nu_max, nu / (1 - b2**t))
    update = -learning_rate * mu_hat / (jnp.sqrt(nu_max) + eps)
    return {"mu": mu, "nu": nu, "mu_hat": mu_hat, "nu_max": nu_max, "update": update}


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
    },
    formula=(
        r"\begin{aligned} m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t \\"
        r" v_t &= \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2 \\"
        r" \hat m_t &= \frac{m_t}{1 - \beta_1^t}, \quad"
        r" \hat v_t = \max\left(\hat v_{t-1},\, \frac{v_t}{1 - \beta_2^t}\right) \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{\hat v_t} + \epsilon}\, \hat m_t \end{aligned}"
    ),
    symbols={"nu_max": Symbol(r"\hat v_t", "largest corrected second moment so far")},
    reference="Reddi, Kale and Kumar, On the Convergence of Adam and Beyond, ICLR 2018",
    teaches="One steep place makes all later steps short: safer than Adam, and slower after a cliff.",
    twin=optax.amsgrad,
    builds_on=("adam",),
    changes=(
        "It keeps the largest scale it has seen, since Adam's shrinking one can make it diverge on a convex problem."
    ),
    defaults="All are Adam's, so that the running maximum is the only difference.",
)
