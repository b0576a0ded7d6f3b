"""ADOPT: Adam that scales each gradient by what it knew before it saw it."""

from dataclasses import replace

import numpy as np
import optax

from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate
from optimizers._promise import HILLS, Promise, average_from_first, close, decayed_sum
from optimizers._symbols import Symbol


def make(learning_rate, b1, b2, eps):
    """Taniguchi et al. 2024, algorithm 2 with its clipping, by optax. The first gradient only fills the second moment."""
    return optax.contrib.adopt(learning_rate, b1=b1, b2=b2, eps=eps)


def never_trusts_a_jump(run):
    updates = run(HILLS, learning_rate=0.07).updates
    limits = 0.07 * np.arange(60)[:, None] ** 0.25
    return np.all(np.abs(updates) <= limits * (1 + 1e-12)) and np.all(updates[1] != 0)


def scales_by_the_past(run):
    path = run(HILLS, learning_rate=0.07, b1=0.8, b2=0.9)
    scales = np.sqrt(average_from_first(path.gradients**2, 0.9))[:-1]
    limits = np.arange(1, 60)[:, None] ** 0.25
    scaled = np.clip(path.gradients[1:] / scales, -limits, limits)
    return close(path.updates[1:], -0.07 * 0.2 * decayed_sum(scaled, 0.8))


adopt = Optimizer(
    slug="adopt",
    label="ADOPT",
    year=2024,
    make=make,
    hyperparameters={
        "learning_rate": learning_rate(0.05),
        "b1": FIRST_MOMENT_DECAY,
        "b2": replace(SECOND_MOMENT_DECAY, default=0.99),
        "eps": replace(EPSILON, default=1e-6),
    },
    formula=(
        r"\begin{aligned} m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, \mathrm{clip}\left("
        r"\frac{g_t}{\max(\sqrt{v_{t-1}},\, \epsilon)},\, -t^{1/4},\, t^{1/4}\right) \\"
        r" \theta_{t+1} &= \theta_t - \eta\, m_t \\"
        r" v_t &= \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2, \quad v_0 = g_0^2 \end{aligned}"
    ),
    shows=("mu", "nu"),
    symbols={"mu": Symbol("m_t", "mean of scaled gradients", arrow=-1)},
    reference="Taniguchi et al., ADOPT: Modified Adam Can Converge with Any β₂ with the Optimal Rate, NeurIPS 2024",
    teaches="It uses its first gradient only to set the scale, and never scales a gradient by its own size.",
    twin=optax.contrib.adopt,
    builds_on=("adam",),
    changes="It divides by the second moment of the past alone, and before averaging, so that any β₂ converges.",
    defaults="The first β and ε are the paper's; the second forgets sooner than the paper's 0.9999, as runs are short.",
    promises=(
        Promise(
            "The first gradient is only looked at, and no step is longer than the rate times the fourth root of its number.",
            never_trusts_a_jump,
        ),
        Promise("Every gradient is scaled by those before it, clipped, and only then averaged.", scales_by_the_past),
    ),
)
