"""LARS: momentum, with a step in proportion to the weights themselves."""

from dataclasses import replace

import numpy as np
import optax

from catalogue import POSITIVE, Parameter
from optimizers._optimizer import MOMENTUM, Optimizer, learning_rate
from optimizers._promise import HILLS, Promise, close, lengths
from optimizers._symbols import Symbol


def make(learning_rate, trust, momentum):
    """You et al. 2017, algorithm 1 without weight decay, by optax, for one layer; at θ = 0 the ratio is 1."""
    return optax.lars(learning_rate, trust_coefficient=trust, momentum=momentum)


def pushes_by_its_share(run):
    path = run(HILLS, learning_rate=3.0, trust=0.004, momentum=0.83)
    pushes = path.updates - 0.83 * np.vstack([np.zeros(2), path.updates[:-1]])
    shares = 3.0 * 0.004 * lengths(path.positions[:-1]) / lengths(path.gradients)
    return close(pushes, -shares[:, None] * path.gradients)


lars = Optimizer(
    slug="lars",
    label="LARS",
    year=2017,
    make=make,
    hyperparameters={
        "learning_rate": replace(
            learning_rate(1.0), help="The factor on every step, which also depends on the distance from the origin."
        ),
        "trust": Parameter(
            default=0.001,
            low=1e-5,
            high=1.0,
            symbol="c",
            log=True,
            allowed=POSITIVE,
            help="The share of its distance from the origin that one gradient may move it.",
        ),
        "momentum": MOMENTUM,
    },
    formula=(
        r"\begin{aligned} m_t &= \beta\, m_{t-1} + \eta\, \lambda_t\, g_t, \quad"
        r" \lambda_t = c\, \frac{\lVert \theta_t \rVert}{\lVert g_t \rVert}"
        r" \quad (\text{or } 1 \text{ if } \theta_t = 0) \\"
        r" \theta_{t+1} &= \theta_t - m_t \end{aligned}"
    ),
    shows=("trace",),
    symbols={"trace": Symbol("m_t", "momentum", arrow=-1)},
    reference="You, Gitman and Ginsburg, Large Batch Training of Convolutional Networks, 2017",
    teaches="Only the direction of the slope counts; how far it goes depends on where it is.",
    twin=lambda learning_rate, trust, momentum: optax.lars(
        learning_rate, trust_coefficient=trust, eps=0.0, momentum=momentum
    ),
    builds_on=("momentum",),
    changes="It scales each layer's step to the size of its weights, since with large batches one rate fits no two layers.",
    defaults="Both trust and momentum are the paper's.",
    promises=(
        Promise(
            "A gradient adds its share of the distance from the origin to the momentum, however long it is.",
            pushes_by_its_share,
        ),
    ),
    separable=False,
)
