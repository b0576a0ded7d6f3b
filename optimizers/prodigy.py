"""Prodigy: D-Adaptation that counts later gradients more."""

from dataclasses import replace

import optax

from optimizers._adopted import waiting
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate
from optimizers._promise import Promise
from optimizers._symbols import Symbol
from optimizers.d_adaptation import DISTANCE, finds_the_distance


def make(learning_rate, b1, b2, d0, eps):
    """Mishchenko and Defazio 2023, algorithm 4, by optax, with β₃ = √β₂ in the estimate.

    It waits for the first slope and the first rate that are not zero.
    """
    return waiting(optax.contrib.prodigy(learning_rate, betas=(b1, b2), eps=eps, estim_lr0=d0))


def twin(learning_rate, b1, b2, d0, eps):
    return optax.contrib.prodigy(learning_rate, (b1, b2), None, eps, d0)


prodigy = Optimizer(
    slug="prodigy",
    label="Prodigy",
    year=2023,
    make=make,
    hyperparameters={
        "learning_rate": replace(learning_rate(1.0), help="A factor on the rate that it finds by itself."),
        "b1": FIRST_MOMENT_DECAY,
        "b2": SECOND_MOMENT_DECAY,
        "d0": DISTANCE,
        "eps": EPSILON,
    },
    formula=(
        r"\begin{aligned} \gamma_t &= \eta\, d_t\, \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}, \quad \text{from } d_0 \\"
        r" m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, d_t\, g_t, \quad"
        r" v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, d_t^2\, g_t^2 \\"
        r" r_t &= \sqrt{\beta_2}\, r_{t-1} + \frac{d_t \gamma_t}{d_0}\, g_t \cdot (\theta_0 - \theta_t), \quad"
        r" s_t = \sqrt{\beta_2}\, s_{t-1} + \frac{d_t \gamma_t}{d_0}\, g_t \\"
        r" d_{t+1} &= \max\left(d_t,\, \frac{r_t}{\lVert s_t \rVert_1}\right) \\"
        r" \theta_{t+1} &= \theta_t - \gamma_t\, \frac{m_t}{\sqrt{v_t} + d_{t+1}\, \epsilon} \end{aligned}"
    ),
    shows=("estim_lr",),
    symbols={"estim_lr": Symbol("d_{t+1}", "estimated distance")},
    reference="Mishchenko and Defazio, Prodigy: An Expeditiously Adaptive Parameter-Free Learner, 2023",
    teaches="It measures how far it has come from the start, and concludes how far it may still have to go.",
    twin=twin,
    builds_on=("d_adaptation",),
    changes="It weights gradients by the distance estimated at their time, so that those of the first, small guesses fade.",
    defaults="The rate is 1 by design; the first guess is larger than the paper's 1e-6, so that its growth can be seen.",
    promises=(
        Promise(
            "From any guess, the distance grows to about that of the goal and hardly beyond, and it arrives.",
            finds_the_distance,
        ),
    ),
    separable=False,
)
