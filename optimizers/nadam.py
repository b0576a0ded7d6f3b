"""NAdam: Adam whose momentum looks one step ahead, as Nesterov's does."""

import jax.numpy as jnp
import optax

from optimizers._lines import ADAM, Line
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate
from optimizers.adam import AdamState


def make(learning_rate, b1, b2, eps):
    """Dozat 2016, with a constant β₁ and the bias corrections of optax, which leave out a factor β₂ of algorithm 2."""

    def init(position):
        return AdamState(jnp.zeros((), jnp.int32), jnp.zeros_like(position), jnp.zeros_like(position))

    def update(gradient, state, position=None, **extra):
        count = state.count + 1
        mu = b1 * state.mu + (1 - b1) * gradient
        nu = b2 * state.nu + (1 - b2) * gradient**2
        mu_hat = b1 * mu / (1 - b1 ** (count + 1)) + (1 - b1) * gradient / (1 - b1**count)
        nu_hat = nu / (1 - b2**count)
        return -learning_rate * mu_hat / (jnp.sqrt(nu_hat) + eps), AdamState(count, mu, nu)

    return optax.GradientTransformationExtraArgs(init, update)


nadam = Optimizer(
    slug="nadam",
    label="NAdam",
    year=2016,
    make=make,
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
    shows=("mu", "nu"),
    lines={
        **ADAM,
        "mu_hat": Line(
            r"\hat m_t",
            "first moment, one step ahead",
            lambda mu, g, b1, t: b1 * mu / (1 - b1 ** (t + 1)) + (1 - b1) * g / (1 - b1**t),
        ),
    },
    reference="Dozat, Incorporating Nesterov Momentum into Adam, ICLR workshop 2016",
    teaches="Counting the newest gradient more, it turns a little earlier than Adam and overshoots less.",
    twin=optax.nadam,
    builds_on=("adam", "nesterov"),
    changes="It looks ahead as Nesterov does, with the average and the scale of Adam.",
    defaults="All are Adam's, so that the look-ahead is the only difference.",
)
