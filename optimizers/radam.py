"""RAdam: Adam that trusts its second moment only once it has seen enough gradients."""

import jax.numpy as jnp
import optax

from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate
from optimizers._symbols import Symbol


def step(g, mu, nu, t, learning_rate, b1, b2, eps):
    """Liu et al. 2020, algorithm 2; plain momentum until the estimated sample size ρ reaches 5, as in PyTorch and optax."""
    mu = b1 * mu + (1 - b1) * g  # m
    nu = b2 * nu + (1 - b2) * g**2  # v
    longest = 2 / (1 - b2) - 1
    rho = longest - 2 * t * b2**t / (1 - b2**t)
    r = jnp.sqrt((rho - 4) * (rho - 2) * longest / ((longest - 4) * (longest - 2) * rho))
    r = jnp.where(rho >= 5, r, jnp.nan)  # before, there is none
    mu_hat = mu / (1 - b1**t)
    nu_hat = nu / (1 - b2**t)
    update = -learning_rate * jnp.where(rho >= 5, r * mu_hat / (jnp.sqrt(nu_hat) + eps), mu_hat)
    return {
        "mu": mu, "nu": nu, "longest": longest, "rho": rho, "r": r, "mu_hat": mu_hat, "nu_hat": nu_hat, "update": update
    }  # fmt: skip


radam = Optimizer(
    slug="radam",
    label="RAdam",
    year=2019,
    make=by_hand(step, mu=zeros, nu=zeros),
    hyperparameters={
        "learning_rate": learning_rate(0.05),
        "b1": FIRST_MOMENT_DECAY,
        "b2": SECOND_MOMENT_DECAY,
        "eps": EPSILON,
    },
    formula=(
        r"\begin{aligned} m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t, \quad"
        r" v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2 \\"
        r" \rho_\infty &= \tfrac{2}{1 - \beta_2} - 1, \quad"
        r" \rho_t = \rho_\infty - \frac{2 t \beta_2^t}{1 - \beta_2^t} \\"
        r" r_t &= \sqrt{\frac{(\rho_t - 4)(\rho_t - 2)\rho_\infty}{(\rho_\infty - 4)(\rho_\infty - 2)\rho_t}}, \quad"
        r" \hat m_t = \frac{m_t}{1 - \beta_1^t}, \quad \hat v_t = \frac{v_t}{1 - \beta_2^t} \\"
        r" \theta_{t+1} &= \theta_t - \eta \begin{cases}"
        r" r_t\, \hat m_t / (\sqrt{\hat v_t} + \epsilon) & \rho_t \ge 5 \\"
        r" \hat m_t & \text{otherwise} \end{cases} \end{aligned}"
    ),
    symbols={
        "longest": Symbol(r"\rho_\infty", "largest sample size"),
        "rho": Symbol(r"\rho_t", "sample size so far"),
        "r": Symbol("r_t", "how far the second moment is trusted"),
    },
    reference="Liu et al., On the Variance of the Adaptive Learning Rate and Beyond, ICLR 2020",
    teaches="It has its warm-up built in: the first steps are plain momentum, the adaptive ones fade in.",
    twin=optax.radam,
    builds_on=("adam",),
    changes="It holds the adaptive scale back until enough gradients are in it, which others had done by a warm-up.",
    defaults="All are Adam's, so that the rectified start is the only difference.",
)
