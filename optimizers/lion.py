"""Lion: only the sign of an average of gradients, found by a search over programs."""

from dataclasses import replace

import jax.numpy as jnp
import optax

from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import (
    FIRST_MOMENT_DECAY,
    SECOND_MOMENT_DECAY,
    WEIGHT_DECAY,
    Elsewhere,
    Optimizer,
    learning_rate,
)
from optimizers._symbols import Symbol


def step(g, theta, mu, learning_rate, b1, b2, weight_decay):
    """Chen et al. 2023, program 1; the decay is decoupled and 0 by default, so that it does not pull off the minimum."""
    c = b1 * mu + (1 - b1) * g
    update = -learning_rate * (jnp.sign(c) + weight_decay * theta)
    mu = b2 * mu + (1 - b2) * g  # m
    return {"c": c, "mu": mu, "update": update}


lion = Optimizer(
    slug="lion",
    label="Lion",
    year=2023,
    make=by_hand(step, mu=zeros),
    hyperparameters={
        "learning_rate": learning_rate(0.02),
        "b1": FIRST_MOMENT_DECAY,
        "b2": replace(SECOND_MOMENT_DECAY, default=0.99, help="How long gradients are remembered between steps."),
        "weight_decay": WEIGHT_DECAY,
    },
    formula=(
        r"\begin{aligned} c_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t \\"
        r" \theta_{t+1} &= \theta_t - \eta\left(\mathrm{sign}(c_t) + \lambda\, \theta_t\right) \\"
        r" m_t &= \beta_2 m_{t-1} + (1 - \beta_2)\, g_t \end{aligned}"
    ),
    symbols={
        "c": Symbol("c_t", "direction", arrow=-1),
        "mu": Symbol("m_t", "average of gradients"),
    },
    reference="Chen et al., Symbolic Discovery of Optimization Algorithms, NeurIPS 2023",
    teaches="Every step has the same length in each direction, so it never settles without a decaying rate.",
    twin=optax.lion,
    elsewhere={
        "keras": Elsewhere("keras.optimizers.Lion(learning_rate, beta_1=b1, beta_2=b2, weight_decay=weight_decay)")
    },
    builds_on=("signsgd", "heavy_ball_ema"),
    changes="It takes the sign of an average, and uses two decay rates: one for the step, one for the memory.",
    defaults="The β are the paper's; the decay starts at 0, since any decay pulls the iterate off the minimum.",
)
