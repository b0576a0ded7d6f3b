"""Sophia: divides by an estimate of the curvature, and clips what comes out."""

from dataclasses import replace

import numpy as np
import optax

from catalogue import POSITIVE
from optimizers._adopted import with_keywords
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate
from optimizers._promise import CURVATURES, RAVINE, Promise, average, close
from optimizers._symbols import Symbol


def make(learning_rate, b1, b2, gamma, eps):
    """Liu et al. 2023, algorithm 3, by optax: Hutchinson's estimate every 10 steps, m corrected for its start, no decay.

    The estimate is made with random signs, the same in every run.
    """
    rule = optax.contrib.sophia(learning_rate, b1=b1, b2=b2, eps=eps, weight_decay=0.0, gamma=gamma)
    return with_keywords(rule, obj_fn="value_fn")


def twin(learning_rate, b1, b2, gamma, eps):
    return with_keywords(optax.contrib.sophia(learning_rate, b1, b2, eps, 0.0, gamma=gamma), obj_fn="value_fn")


def divides_by_the_curvatures(run):
    path = run(RAVINE, learning_rate=0.02, b1=0.9, b2=0.8, gamma=0.3, steps=200)
    # Along the axes the random signs cancel: after n estimates the average of h is 1 - β₂ⁿ of it.
    found = (1 - 0.8 ** ((9 + np.arange(200)) // 10))[:, None] * CURVATURES
    ratio = average(path.gradients, 0.9) / np.maximum(0.3 * found, 1e-8)
    clipped = np.abs(ratio) > 1
    return close(path.updates, -0.02 * np.clip(ratio, -1, 1)) and clipped.any() and not clipped.all()


sophia = Optimizer(
    slug="sophia",
    label="Sophia",
    year=2023,
    make=make,
    hyperparameters={
        "learning_rate": learning_rate(0.02),
        "b1": replace(FIRST_MOMENT_DECAY, default=0.965),
        "b2": replace(SECOND_MOMENT_DECAY, default=0.99, help="How long estimates of the curvature are averaged."),
        "gamma": replace(
            EPSILON,
            default=0.01,
            low=1e-4,
            high=10.0,
            symbol=r"\gamma",
            allowed=POSITIVE,
            help="A factor on the curvature: a small one clips more.",
        ),
        "eps": replace(EPSILON, help="The least curvature; where it is reached, the step is clipped."),
    },
    formula=(
        r"\begin{aligned} m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t \\"
        r" \theta_{t+1} &= \theta_t - \eta\, \mathrm{clip}\left("
        r"\frac{m_t / (1 - \beta_1^t)}{\max(\gamma\, h_t,\, \epsilon)},\, -1,\, 1\right) \\"
        r" h_{t+1} &= \beta_2 h_t + (1 - \beta_2)\, r \odot H_t r \quad (\text{every tenth step; signs } r \text{ random})"
        r" \end{aligned}"
    ),
    shows=("mu", "nu"),
    symbols={"nu": Symbol("h_{t+1}", "mean curvature")},
    reference="Liu et al., Sophia: A Scalable Stochastic Second-order Optimizer for Language Model Pre-training, 2023",
    teaches="Flat coordinates get long steps, steep ones short steps; where the curvature is unsure only the sign counts.",
    twin=twin,
    builds_on=("adam", "newton", "lion"),
    changes="It divides by a cheap estimate of the curvature in place of the squared slope, and clips where that fails.",
    defaults="The β are from the authors' code, γ = 0.01 from the paper's variant with Hutchinson's estimate.",
    promises=(
        Promise(
            "In a ravine it finds the curvatures and divides by them, and no step is longer than the rate.",
            divides_by_the_curvatures,
        ),
    ),
)
