"""RAdam: Adam that trusts its second moment only once it has seen enough gradients."""

import jax.numpy as jnp
import optax

from optimizers._lines import FIRST_CORRECTED, FIRST_MOMENT, SECOND_CORRECTED, SECOND_MOMENT, Line, step
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate
from optimizers.adam import AdamState


def make(learning_rate, b1, b2, eps):
    """Liu et al. 2020, algorithm 2; plain momentum until the estimated sample size ρ reaches 5, as in PyTorch and optax."""

    def init(position):
        return AdamState(jnp.zeros((), jnp.int32), jnp.zeros_like(position), jnp.zeros_like(position))

    def update(gradient, state, position=None, **extra):
        count = state.count + 1
        mu = b1 * state.mu + (1 - b1) * gradient
        nu = b2 * state.nu + (1 - b2) * gradient**2
        mu_hat = mu / (1 - b1**count)
        longest = 2 / (1 - b2) - 1
        rho = longest - 2 * count * b2**count / (1 - b2**count)
        trusted = rho >= 5
        # Where the size is not trusted, any number above 4 keeps the unused branch finite.
        size = jnp.where(trusted, rho, 5.0)
        share = (size - 4) * (size - 2) * longest / ((longest - 4) * (longest - 2) * size)
        adaptive = jnp.sqrt(share) * mu_hat / (jnp.sqrt(nu / (1 - b2**count)) + eps)
        return -learning_rate * jnp.where(trusted, adaptive, mu_hat), AdamState(count, mu, nu)

    return optax.GradientTransformationExtraArgs(init, update)


radam = Optimizer(
    slug="radam",
    label="RAdam",
    year=2019,
    make=make,
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
        r" r_t &= \sqrt{\frac{(\rho_t - 4)(\rho_t - 2)\rho_\infty}{(\rho_\infty - 4)(\rho_\infty - 2)\rho_t}} \\"
        r" \theta_{t+1} &= \theta_t - \eta \begin{cases}"
        r" r_t\, \hat m_t / (\sqrt{\hat v_t} + \epsilon) & \rho_t \ge 5 \\"
        r" \hat m_t & \text{otherwise} \end{cases} \end{aligned}"
    ),
    shows=("mu", "nu"),
    lines={
        "mu": FIRST_MOMENT,
        "nu": SECOND_MOMENT,
        "longest": Line(r"\rho_\infty", "the longest sample", lambda b2: 2 / (1 - b2) - 1),
        "rho": Line(r"\rho_t", "the sample so far", lambda longest, b2, t: longest - 2 * t * b2**t / (1 - b2**t)),
        "share": Line(
            "r_t",
            "how far the second moment is trusted",
            lambda rho, longest: (
                jnp.sqrt((rho - 4) * (rho - 2) * longest / ((longest - 4) * (longest - 2) * rho))
                if rho >= 5
                else jnp.nan
            ),
        ),
        "mu_hat": FIRST_CORRECTED,
        "nu_hat": SECOND_CORRECTED,
        "update": step(
            lambda learning_rate, mu_hat, nu_hat, eps, rho, share: (
                -learning_rate * (share * mu_hat / (jnp.sqrt(nu_hat) + eps) if rho >= 5 else mu_hat)
            )
        ),
    },
    reference="Liu et al., On the Variance of the Adaptive Learning Rate and Beyond, ICLR 2020",
    teaches="It has its warm-up built in: the first steps are plain momentum, the adaptive ones fade in.",
    twin=optax.radam,
    builds_on=("adam",),
    changes="It holds the adaptive scale back until enough gradients are in it, which others had done by a warm-up.",
    defaults="All are Adam's, so that the rectified start is the only difference.",
)
