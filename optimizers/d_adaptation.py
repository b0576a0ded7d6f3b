"""D-Adaptation: Adam that estimates the distance to the goal, and takes it as its rate."""

from dataclasses import replace

import numpy as np
import optax

from catalogue import POSITIVE
from optimizers._adopted import waiting
from optimizers._optimizer import EPSILON, FIRST_MOMENT_DECAY, SECOND_MOMENT_DECAY, Optimizer, learning_rate
from optimizers._promise import RAVINE, Promise, lengths
from optimizers._symbols import Symbol


def make(learning_rate, b1, b2, d0, eps):
    """Defazio and Mishchenko 2023, the variant for Adam, by optax; it waits for the first slope and rate."""
    return waiting(optax.contrib.dadapt_adamw(learning_rate, betas=(b1, b2), eps=eps, estim_lr0=d0))


def twin(learning_rate, b1, b2, d0, eps):
    return optax.contrib.dadapt_adamw(learning_rate, (b1, b2), eps, d0)


DISTANCE = replace(
    EPSILON,
    default=1e-3,
    low=1e-8,
    symbol="d_0",
    allowed=POSITIVE,
    help="The first guess of the distance to the goal: it only ever grows, so start too small.",
)


def finds_the_distance(run):
    return all(finds_it_from(guess, run) for guess in (1e-7, 1e-5, 1e-3))


def finds_it_from(guess, run):
    path = run(RAVINE, steps=400, d0=guess)
    estimates, start = path.states["estim_lr"], np.abs(RAVINE.start)
    grows = np.all(np.diff(estimates) >= 0)
    return grows and 0.1 * start.max() < estimates[-1] < 1.5 * start.sum() and lengths(path.positions[-1]) < 0.1


d_adaptation = Optimizer(
    slug="d_adaptation",
    label="D-Adaptation (Adam)",
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
        r" m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, \gamma_t\, g_t, \quad v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2 \\"
        r" s_t &= \sqrt{\beta_2}\, s_{t-1} + (1 - \sqrt{\beta_2})\, \gamma_t\, g_t \\"
        r" r_t &= \sqrt{\beta_2}\, r_{t-1} + (1 - \sqrt{\beta_2})\, \gamma_t\, g_t \cdot"
        r" \frac{s_{t-1}}{\sqrt{v_{t-1}} + \epsilon} \\"
        r" d_{t+1} &= \max\left(d_t,\, \frac{r_t}{(1 - \sqrt{\beta_2}) \lVert s_t \rVert_1}\right) \\"
        r" \theta_{t+1} &= \theta_t - \frac{m_t}{\sqrt{v_t} + \epsilon} \end{aligned}"
    ),
    shows=("estim_lr",),
    symbols={"estim_lr": Symbol("d_{t+1}", "estimated distance")},
    reference="Defazio and Mishchenko, Learning-Rate-Free Learning by D-Adaptation, ICML 2023",
    teaches="As long as gradients point the same way the goal must be farther off, so it raises its rate.",
    twin=twin,
    builds_on=("adam",),
    changes="It estimates the distance to the goal from the gradients so far, so that no rate has to be found by trying.",
    defaults="The rate is 1 by design; the first guess is larger than the paper's 1e-6, so that its growth can be seen.",
    promises=(
        Promise(
            "From any guess, the distance grows to about that of the goal and hardly beyond, and it arrives.",
            finds_the_distance,
        ),
    ),
    separable=False,
)
