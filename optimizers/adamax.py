"""AdaMax: Adam scaled by the largest recent gradient instead of the root mean square."""

import jax.numpy as jnp
import optax

from optimizers._lines import FIRST_MOMENT, Line, step
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate
from optimizers.adam import AdamState


def make(learning_rate, b1, b2, eps):
    """Kingma and Ba 2015, algorithm 2; ε is added to the gradient's size inside the maximum, as in optax and PyTorch."""

    def init(position):
        return AdamState(jnp.zeros((), jnp.int32), jnp.zeros_like(position), jnp.zeros_like(position))

    def update(gradient, state, position=None, **extra):
        count = state.count + 1
        mu = b1 * state.mu + (1 - b1) * gradient
        nu = jnp.maximum(b2 * state.nu, jnp.abs(gradient) + eps)
        return -learning_rate * mu / (1 - b1**count) / nu, AdamState(count, mu, nu)

    return optax.GradientTransformationExtraArgs(init, update)


adamax = Optimizer(
    slug="adamax",
    label="AdaMax",
    year=2014,
    make=make,
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
    shows=("mu", "nu"),
    lines={
        "mu": FIRST_MOMENT,
        "nu": Line(
            "u_t",
            "largest recent gradient",
            lambda nu_before, g, b2, eps: jnp.maximum(b2 * nu_before, jnp.abs(g) + eps),
        ),
        "update": step(lambda learning_rate, mu, nu, b1, t: -learning_rate / (1 - b1**t) * mu / nu),
    },
    reference="Kingma and Ba, Adam: A Method for Stochastic Optimization, ICLR 2015, section 7",
    teaches="With the usual betas no coordinate's step is noticeably longer than the rate: the largest gradient scales it.",
    twin=optax.adamax,
    builds_on=("adam",),
    changes=(
        "It scales by the largest recent slope, not the root mean square: with the usual betas the rate bounds the step."
    ),
    defaults="Both β are the paper's, which needs no ε; it only guards the first division.",
)
