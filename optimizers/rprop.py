"""Rprop: every coordinate has a step of its own, which grows while the slope keeps its sign."""

from dataclasses import replace

import jax.numpy as jnp
import numpy as np

from catalogue import NOT_NEGATIVE, Allowed
from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import Elsewhere, Optimizer, learning_rate
from optimizers._promise import RAVINE, SLOPE, Ground, Promise, close
from optimizers._symbols import Symbol


def step(g, factor, previous, learning_rate, shrink, grow, shortest, longest):
    """Riedmiller and Braun 1993, without going back after a turn, as in PyTorch and as Igel and Hüsken 2000 call iRprop⁻.

    The learning rate is the first step's size. Where it changes later, all steps change in proportion.
    """
    agreement = g * previous
    change = jnp.where(agreement > 0, grow, jnp.where(agreement < 0, shrink, 1.0))
    rate = jnp.where(learning_rate > 0, learning_rate, 1.0)  # at 0, where a warm-up begins, there is no step to bound
    factor = jnp.clip(factor * change, shortest / rate, longest / rate)
    size = learning_rate * factor  # Δ
    # After a turn the coordinate waits for one step, and its next step has no sign to be compared with.
    previous = jnp.where(agreement < 0, 0.0, g)  # s
    update = -size * jnp.sign(previous)
    return {"change": change, "factor": factor, "size": size, "previous": previous, "update": update}


STEP = replace(learning_rate(50.0), low=1e-12, high=1e3)


def ignores_steepness(run):
    steep = Ground(lambda position: 1e4 * RAVINE.loss(position), RAVINE.start)
    return np.array_equal(run(steep).positions, run(RAVINE).positions)


def scales_with_its_rate(run):
    half, whole = (run(SLOPE, steps=8, learning_rate=rate).updates for rate in (0.05, 0.1))
    return close(2 * half, whole) and close(half[:, 0], -0.05 * 1.2 ** np.arange(8))


rprop = Optimizer(
    slug="rprop",
    label="Rprop",
    year=1993,
    make=by_hand(step, factor=jnp.ones_like, previous=zeros),
    hyperparameters={
        "learning_rate": replace(learning_rate(0.01), help="The size of the first step; later ones find their own."),
        "shrink": replace(
            STEP,
            default=0.5,
            low=0.01,
            high=1.0,
            symbol=r"\eta^-",
            log=False,
            allowed=Allowed(0.0, 1.0, low_is_open=True),
            help="The factor on a step at a turn.",
        ),
        "grow": replace(
            STEP,
            default=1.2,
            low=1.0,
            high=3.0,
            symbol=r"\eta^+",
            log=False,
            allowed=Allowed(1.0),
            help="The factor on a step while the slope keeps its sign.",
        ),
        "shortest": replace(
            STEP,
            default=1e-6,
            symbol=r"\Delta_{\min}",
            allowed=NOT_NEGATIVE,
            help="No step becomes shorter than this.",
        ),
        "longest": replace(STEP, symbol=r"\Delta_{\max}", help="No step becomes longer than this."),
    },
    formula=(
        r"\begin{aligned} c_t &= \begin{cases} \eta^+ & g_t\, s_{t-1} > 0 \\ \eta^- & g_t\, s_{t-1} < 0 \\"
        r" 1 & \text{otherwise} \end{cases}"
        r" \quad s_t = \begin{cases} 0 & g_t\, s_{t-1} < 0 \\ g_t & \text{otherwise} \end{cases} \\"
        r" a_t &= \mathrm{clip}\left(a_{t-1}\, c_t,\, \frac{\Delta_{\min}}{\eta_t},\, \frac{\Delta_{\max}}{\eta_t}\right),"
        r" \quad a_0 = 1, \quad \Delta_t = \eta_t\, a_t \\"
        r" \theta_{t+1} &= \theta_t - \Delta_t\, \mathrm{sign}(s_t) \end{aligned}"
    ),
    symbols={
        "change": Symbol("c_t", "growth of its step"),
        "factor": Symbol("a_t", "own step, in learning rates"),
        "size": Symbol(r"\Delta_t", "each coordinate's own step"),
        "previous": Symbol("s_t", "slope, 0 after a turn"),
    },
    reference="Riedmiller and Braun, A Direct Adaptive Method for Faster Backpropagation Learning: RPROP, 1993",
    teaches="It ignores how steep the slope is and speeds up until the sign turns, so noisy gradients mislead it.",
    twin=None,  # optax's takes every step one update late
    elsewhere={
        "torch": Elsewhere(
            "torch.optim.Rprop(points, lr=learning_rate, etas=(shrink, grow), step_sizes=(shortest, longest))",
            constant_rate=True,
        )
    },
    builds_on=("gradient_descent",),
    changes="It keeps the sign of the slope alone, since its size says little about how far the valley is.",
    defaults="All factors and bounds are the paper's; the rate is only the length of the first step.",
    promises=(
        Promise("It goes the same way however steep the surface is.", ignores_steepness),
        Promise("While the slope keeps its sign every step is a fifth longer, from the rate on.", scales_with_its_rate),
    ),
)
