"""QHAdam: Adam with the newest gradient mixed into both of its moments."""

import jax.numpy as jnp

from catalogue import SHARE, Parameter
from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate
from optimizers._promise import RAVINE, Promise, close
from optimizers._symbols import Symbol


def step(g, mu, nu, t, learning_rate, b1, b2, nu1, nu2, eps):
    """Ma and Yarats 2019, section 4. ν₁ = ν₂ = 1 is Adam, ν₁ = 0 with ν₂ = 1 is RMSprop with its bias corrected."""
    mu = b1 * mu + (1 - b1) * g  # m
    nu = b2 * nu + (1 - b2) * g**2  # v
    mu_hat = (1 - nu1) * g + nu1 * mu / (1 - b1**t)
    nu_hat = (1 - nu2) * g**2 + nu2 * nu / (1 - b2**t)
    update = -learning_rate * mu_hat / (jnp.sqrt(nu_hat) + eps)
    return {"mu": mu, "nu": nu, "mu_hat": mu_hat, "nu_hat": nu_hat, "update": update}


def contains_adam(run):
    shared = {"learning_rate": 0.03, "b1": 0.84, "b2": 0.97, "eps": 1e-5}
    return close(run(RAVINE, nu1=1.0, nu2=1.0, **shared).positions, run(RAVINE, rule="adam", **shared).positions)


qhadam = Optimizer(
    slug="qhadam",
    label="QHAdam",
    year=2018,
    make=by_hand(step, mu=zeros, nu=zeros),
    hyperparameters={
        "learning_rate": learning_rate(0.05),
        "b1": FIRST_MOMENT_DECAY,
        "b2": SECOND_MOMENT_DECAY,
        "nu1": Parameter(
            default=0.7,
            low=0.0,
            high=1.0,
            symbol=r"\nu_1",
            allowed=SHARE,
            help="The share of the averaged gradient in the direction: 1 is Adam's.",
        ),
        "nu2": Parameter(
            default=0.9,
            low=0.0,
            high=1.0,
            symbol=r"\nu_2",
            allowed=SHARE,
            help="The share of the averaged square in the scale: 1 is Adam's.",
        ),
        "eps": EPSILON,
    },
    formula=(
        r"\begin{aligned} m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t, \quad"
        r" v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2 \\"
        r" \hat m_t &= (1 - \nu_1)\, g_t + \nu_1 \frac{m_t}{1 - \beta_1^t} \\"
        r" \hat v_t &= (1 - \nu_2)\, g_t^2 + \nu_2 \frac{v_t}{1 - \beta_2^t} \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{\hat v_t} + \epsilon}\, \hat m_t \end{aligned}"
    ),
    symbols={
        "mu_hat": Symbol(r"\hat m_t", "corrected first moment and gradient, mixed"),
        "nu_hat": Symbol(r"\hat v_t", "corrected second moment and square, mixed"),
    },
    reference="Ma and Yarats, Quasi-Hyperbolic Momentum and Adam for Deep Learning, ICLR 2019",
    teaches="Counting the newest gradient more, both in direction and in scale, tames Adam's longest steps.",
    twin=None,
    builds_on=("qhm", "adam"),
    changes="It mixes the newest gradient into both of Adam's moments, as QHM does with momentum.",
    defaults="The first ν is what the paper advises for momentum, the second a little short of Adam's 1; the β are Adam's.",
    promises=(Promise("It is Adam where both ν are 1.", contains_adam),),
)
