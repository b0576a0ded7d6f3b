"""Adam without bias correction: what both averages are when nobody corrects their start at zero."""

import jax.numpy as jnp

from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate


def step(g, mu, nu, learning_rate, b1, b2, eps):
    """Kingma and Ba 2015, algorithm 1, with the averages as they are."""
    mu = b1 * mu + (1 - b1) * g  # m
    nu = b2 * nu + (1 - b2) * g**2  # v
    update = -learning_rate * mu / (jnp.sqrt(nu) + eps)
    return {"mu": mu, "nu": nu, "update": update}


adam_uncorrected = Optimizer(
    slug="adam_uncorrected",
    label="Adam, uncorrected",
    year=2018,
    make=by_hand(step, mu=zeros, nu=zeros),
    hyperparameters={
        "learning_rate": learning_rate(0.05),
        "b1": FIRST_MOMENT_DECAY,
        "b2": SECOND_MOMENT_DECAY,
        "eps": EPSILON,
    },
    formula=(
        r"\begin{aligned} m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t \\"
        r" v_t &= \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2 \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{v_t} + \epsilon}\, m_t \end{aligned}"
    ),
    reference="Zhang et al., Revisiting Few-sample BERT Fine-tuning, ICLR 2021, on the program that came with BERT",
    teaches="Both averages start too small, the squared one by more, so that the first steps are several times too long.",
    twin=None,
    builds_on=("adam",),
    changes="It leaves out the bias correction, as BERT's own program did, and pays with first steps that are too long.",
    defaults="All are Adam's, so that the correction is the only difference.",
)
