"""ACProp: AdaBelief without momentum, with a scale that is one step behind."""

from dataclasses import replace

import numpy as np
import optax

from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate
from optimizers._promise import HILLS, Promise, average, close, decayed_sum
from optimizers._symbols import Symbol


def make(learning_rate, b1, b2, eps):
    """Zhuang et al. 2021, algorithm 2, by optax, with ε in both places; the first step is not scaled.

    Like its code, the formula compares a gradient with the average before it, m of t-1, where the paper writes m of t.
    """
    return optax.contrib.acprop(learning_rate, b1=b1, b2=b2, eps=eps, eps_root=eps)


def scales_by_what_it_knew(run):
    path = run(HILLS, learning_rate=0.02, b1=0.8, b2=0.9)
    expected = np.vstack([np.zeros(2), 0.2 * decayed_sum(path.gradients, 0.8)[:-1]])
    surprise = np.sqrt(average((path.gradients - expected) ** 2, 0.9))
    return close(path.updates, -0.02 * path.gradients / np.vstack([np.ones(2), surprise[:-1]]))


acprop = Optimizer(
    slug="acprop",
    label="ACProp",
    year=2021,
    make=make,
    hyperparameters={
        "learning_rate": learning_rate(0.01),
        "b1": replace(FIRST_MOMENT_DECAY, help="How long gradients are averaged into the one that is expected."),
        "b2": SECOND_MOMENT_DECAY,
        "eps": replace(EPSILON, default=1e-12, low=1e-16),
    },
    formula=(
        r"\begin{aligned} \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{\hat s_{t-1}} + \epsilon}\, g_t,"
        r" \quad \hat s_t = \frac{s_t}{1 - \beta_2^t}, \quad \hat s_0 = 1 \\"
        r" s_t &= \beta_2 s_{t-1} + (1 - \beta_2)(g_t - m_{t-1})^2 + \epsilon \\"
        r" m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t \end{aligned}"
    ),
    shows=("mu", "nu"),
    symbols={"mu": Symbol("m_t", "average of gradients"), "nu": Symbol("s_t", "average squared surprise")},
    reference="Zhuang et al., Momentum Centering and Asynchronous Update for Adaptive Gradient Methods, NeurIPS 2021",
    teaches="It scales each gradient by the surprise of earlier ones only, so a sudden large gradient can't shrink itself.",
    twin=lambda learning_rate, b1, b2, eps: optax.contrib.acprop(learning_rate, b1, b2, eps, eps),
    builds_on=("adabelief",),
    changes="It scales by the surprise before this gradient and drops momentum, which made AdaBelief miss some minima.",
    defaults="The β are Adam's; ε is as small as AdaBelief's, for the same reason.",
    promises=(
        Promise(
            "Every gradient is scaled by the surprise of those before it, and the first by nothing.",
            scales_by_what_it_knew,
        ),
    ),
)
