"""AdEMAMix: Adam with a second, far longer memory of gradients."""

import numpy as np
import optax

from catalogue import NOT_NEGATIVE, Parameter
from optimizers._optimizer import (
    EPSILON,
    FIRST_MOMENT_DECAY,
    SECOND_MOMENT_DECAY,
    Optimizer,
    decay_rate,
    learning_rate,
)
from optimizers._promise import HILLS, VALLEY, Promise, average, close, decayed_sum
from optimizers._symbols import Symbol


def make(learning_rate, b1, b2, b3, alpha, eps):
    """Pagliardini et al. 2024, algorithm 1 without weight decay, by optax, with α and β₃ constant."""
    return optax.contrib.ademamix(learning_rate, b1=b1, b2=b2, b3=b3, alpha=alpha, eps=eps)


def is_adam_with_a_long_memory(run):
    path = run(HILLS, learning_rate=0.02, b1=0.8, b2=0.95, b3=0.98, alpha=2.0)
    long = 0.02 * decayed_sum(path.gradients, 0.98)
    scale = np.sqrt(average(path.gradients**2, 0.95)) + 1e-8
    return close(path.updates, -0.02 * (average(path.gradients, 0.8) + 2.0 * long) / scale)


def is_adam_without_it(run):
    shared = {"learning_rate": 0.03, "b1": 0.84, "b2": 0.97, "eps": 1e-5}
    return close(run(VALLEY, alpha=0.0, **shared).positions, run(VALLEY, rule="adam", **shared).positions)


ademamix = Optimizer(
    slug="ademamix",
    label="AdEMAMix",
    year=2024,
    make=make,
    hyperparameters={
        "learning_rate": learning_rate(0.02),
        "b1": FIRST_MOMENT_DECAY,
        "b2": SECOND_MOMENT_DECAY,
        "b3": decay_rate(0.999, r"\beta_3", "How long the second average looks back: 0.999 about 1000 steps."),
        "alpha": Parameter(
            default=5.0,
            low=0.0,
            high=20.0,
            symbol=r"\alpha",
            allowed=NOT_NEGATIVE,
            help="The weight of the long memory: 0 is Adam.",
        ),
        "eps": EPSILON,
    },
    formula=(
        r"\begin{aligned} m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t, \quad \hat m_t = \frac{m_t}{1 - \beta_1^t} \\"
        r" n_t &= \beta_3 n_{t-1} + (1 - \beta_3)\, g_t \\"
        r" v_t &= \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2, \quad \hat v_t = \frac{v_t}{1 - \beta_2^t} \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{\hat v_t} + \epsilon}"
        r" \left(\hat m_t + \alpha\, n_t\right) \end{aligned}"
    ),
    shows=("m1", "m2", "nu"),
    symbols={"m1": Symbol("m_t", "short mean of gradients", arrow=-1), "m2": Symbol("n_t", "long mean of gradients")},
    reference="Pagliardini, Ablin and Grangier, The AdEMAMix Optimizer: Better, Faster, Older, 2024",
    teaches="Gradients of a thousand steps ago still push, which helps on a long valley and overshoots a short one.",
    twin=optax.contrib.ademamix,
    builds_on=("adam",),
    changes="It adds a slow average beside the fast one, since no single decay rate is both alert and far-sighted.",
    defaults="Two β are Adam's; the slow average is shorter than the paper's 0.9999, since runs here are short.",
    promises=(
        Promise(
            "A step is the short mean of gradients and α times the long one, which fills slowly, on Adam's scale.",
            is_adam_with_a_long_memory,
        ),
        Promise("Without its long memory it is Adam.", is_adam_without_it),
    ),
)
