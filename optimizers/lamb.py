"""LAMB: Adam's direction, with a step in proportion to the weights themselves."""

from dataclasses import replace

import numpy as np
import optax

from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate
from optimizers._promise import HILLS, Promise, average, close, lengths


def make(learning_rate, b1, b2, eps):
    """You et al. 2020, algorithm 2 without weight decay, by optax, for one layer; at θ = 0 the ratio is 1."""
    return optax.lamb(learning_rate, b1=b1, b2=b2, eps=eps)


def goes_adams_way(run):
    path = run(HILLS, learning_rate=0.023, b1=0.8, b2=0.95)
    adam = average(path.gradients, 0.8) / (np.sqrt(average(path.gradients**2, 0.95)) + 1e-6)
    shares = 0.023 * lengths(path.positions[:-1]) / lengths(adam)
    return close(path.updates, -shares[:, None] * adam)


lamb = Optimizer(
    slug="lamb",
    label="LAMB",
    year=2019,
    make=make,
    hyperparameters={
        "learning_rate": replace(
            learning_rate(0.02), help="The share of its distance from the origin that a step goes."
        ),
        "b1": FIRST_MOMENT_DECAY,
        "b2": SECOND_MOMENT_DECAY,
        "eps": replace(EPSILON, default=1e-6),
    },
    formula=(
        r"\begin{aligned} m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t, \quad"
        r" v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2 \\"
        r" u_t &= \frac{m_t / (1 - \beta_1^t)}{\sqrt{v_t / (1 - \beta_2^t)} + \epsilon} \\"
        r" \theta_{t+1} &= \theta_t - \eta\, \phi_t\, u_t, \quad \phi_t = \frac{\lVert \theta_t \rVert}{\lVert u_t \rVert}"
        r" \quad (\text{or } 1 \text{ if } \theta_t = 0) \end{aligned}"
    ),
    shows=("mu", "nu"),
    reference="You et al., Large Batch Optimization for Deep Learning: Training BERT in 76 minutes, ICLR 2020",
    teaches="Every step is the same share of the distance from the origin, so it slows down near it, and only there.",
    twin=optax.lamb,
    builds_on=("lars", "adam"),
    changes="It puts Adam's direction in place of momentum's, so that large batches train attention models as well.",
    defaults="The β and ε are the paper's.",
    promises=(Promise("Every step goes Adam's way, by its share of the distance from the origin.", goes_adams_way),),
    separable=False,
)
