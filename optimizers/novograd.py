"""NovoGrad: one scale for the whole layer, and momentum of the scaled gradients."""

from dataclasses import replace

import numpy as np
import optax

from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate
from optimizers._promise import (
    HILLS,
    RAVINE,
    TURN,
    TURNED_RAVINE,
    Promise,
    average_from_first,
    close,
    decayed_sum,
    lengths,
)
from optimizers._symbols import Symbol


def make(learning_rate, b1, b2, eps):
    """Ginsburg et al. 2019, algorithm 1 without weight decay, by optax, for one layer."""
    return optax.novograd(learning_rate, b1=b1, b2=b2, eps=eps)


def scales_the_whole(run):
    path = run(HILLS, learning_rate=0.02, b1=0.8, b2=0.9)
    scales = np.sqrt(average_from_first(lengths(path.gradients) ** 2, 0.9))
    return close(path.updates, -0.02 * decayed_sum(path.gradients / (scales[:, None] + 1e-8), 0.8))


def turns_with_the_surface(run):
    turned, straight = run(TURNED_RAVINE, learning_rate=0.05), run(RAVINE, learning_rate=0.05)
    return close(turned.positions, straight.positions @ TURN.T)


novograd = Optimizer(
    slug="novograd",
    label="NovoGrad",
    year=2019,
    make=make,
    hyperparameters={
        "learning_rate": learning_rate(0.01),
        "b1": replace(
            FIRST_MOMENT_DECAY, default=0.95, help="How much of the last velocity is kept, as in heavy ball."
        ),
        "b2": replace(SECOND_MOMENT_DECAY, default=0.98, help="How long the squared length of gradients is averaged."),
        "eps": EPSILON,
    },
    formula=(
        r"\begin{aligned} v_t &= \beta_2 v_{t-1} + (1 - \beta_2) \lVert g_t \rVert^2, \quad v_1 = \lVert g_1 \rVert^2 \\"
        r" m_t &= \beta_1 m_{t-1} + \frac{g_t}{\sqrt{v_t} + \epsilon} \\"
        r" \theta_{t+1} &= \theta_t - \eta\, m_t \end{aligned}"
    ),
    shows=("mu", "nu"),
    symbols={"mu": Symbol("m_t", "momentum of scaled gradients", arrow=-1), "nu": Symbol("v_t", "mean squared length")},
    reference="Ginsburg et al., Stochastic Gradient Methods with Layer-wise Adaptive Moments, 2019",
    teaches="It scales the length of the gradient but not each coordinate, so turning the surface changes nothing.",
    twin=optax.novograd,
    builds_on=("adam",),
    changes="It keeps one second moment for a layer and scales before it averages, to need half of Adam's memory.",
    defaults="The β are the paper's for its first experiments: squares are forgotten sooner than in Adam.",
    promises=(
        Promise(
            "A step is the decayed sum of past gradients, each over the root mean square length at its time.",
            scales_the_whole,
        ),
        Promise("Where the surface is turned the path turns with it.", turns_with_the_surface),
    ),
    separable=False,
)
