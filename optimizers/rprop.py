"""Rprop: every coordinate has a step of its own, which grows while the slope keeps its sign."""

from dataclasses import replace
from typing import NamedTuple

import jax.numpy as jnp
import optax
from jax import Array

from optimizers._lines import Line, step
from optimizers._optimizer import Optimizer, learning_rate


class RpropState(NamedTuple):
    factor: Array  # Δ/η, each coordinate's step in units of the learning rate
    previous: Array  # s, the last gradient, 0 where it has just turned


def make(learning_rate, shrink, grow, shortest, longest):
    """Riedmiller and Braun 1993, without going back after a turn, as in PyTorch and as Igel and Hüsken 2000 call iRprop⁻.

    The learning rate is the first step's size. Where it changes later, all steps change in proportion.
    """

    def init(position):
        return RpropState(factor=jnp.ones_like(position), previous=jnp.zeros_like(position))

    def update(gradient, state, position=None, **extra):
        agreement = gradient * state.previous
        change = turned(agreement, grow, shrink, 1.0)
        factor = within(state.factor * change, learning_rate, shortest, longest)
        # After a turn the coordinate waits for one step, and its next step has no sign to be compared with.
        slope = jnp.where(agreement < 0, 0.0, gradient)
        return -learning_rate * factor * jnp.sign(slope), RpropState(factor, slope)

    return optax.GradientTransformationExtraArgs(init, update)


def turned(agreement, kept, reversed, neither):
    """One of the three, by the sign of `agreement`: above, below, or equal to 0."""
    return jnp.where(agreement > 0, kept, jnp.where(agreement < 0, reversed, neither))


def within(factor, learning_rate, shortest, longest):
    """The factor with its step inside the bounds; at a rate of 0, where a warm-up begins, there is no step to bound."""
    rate = jnp.where(learning_rate > 0, learning_rate, 1.0)
    return jnp.clip(factor, shortest / rate, longest / rate)


STEP = replace(learning_rate(50.0), low=1e-12, high=1e3)

rprop = Optimizer(
    slug="rprop",
    label="Rprop",
    year=1993,
    make=make,
    hyperparameters={
        "learning_rate": replace(learning_rate(0.01), help="The size of the first step; later ones find their own."),
        "shrink": replace(
            STEP,
            default=0.5,
            low=0.01,
            high=1.0,
            symbol=r"\eta^-",
            log=False,
            help="The factor on a step at a turn.",
        ),
        "grow": replace(
            STEP,
            default=1.2,
            low=1.0,
            high=3.0,
            symbol=r"\eta^+",
            log=False,
            help="The factor on a step while the slope keeps its sign.",
        ),
        "shortest": replace(STEP, default=1e-6, symbol=r"\Delta_{\min}", help="No step becomes shorter than this."),
        "longest": replace(STEP, symbol=r"\Delta_{\max}", help="No step becomes longer than this."),
    },
    formula=(
        r"\begin{aligned} \Delta_t &= \Delta_{t-1} \begin{cases} \eta^+ & g_t\, s_{t-1} > 0 \\"
        r" \eta^- & g_t\, s_{t-1} < 0 \\ 1 & \text{otherwise} \end{cases}"
        r" \quad s_t = \begin{cases} 0 & g_t\, s_{t-1} < 0 \\ g_t & \text{otherwise} \end{cases} \\"
        r" \theta_{t+1} &= \theta_t - \Delta_t\, \mathrm{sign}(s_t), \quad"
        r" \Delta_{\min} \le \Delta_t \le \Delta_{\max}, \quad \Delta_0 = \eta \end{aligned}"
    ),
    shows=("factor", "previous"),
    lines={
        "factor": Line(
            r"\Delta_t / \eta_t",
            "own step in learning rates",
            lambda factor_before, previous_before, g, shrink, grow, shortest, longest, learning_rate: within(
                factor_before * turned(g * previous_before, grow, shrink, 1.0), learning_rate, shortest, longest
            ),
        ),
        "size": Line(r"\Delta_t", "each coordinate's own step", lambda learning_rate, factor: learning_rate * factor),
        "previous": Line(
            "s_t", "slope, 0 after a turn", lambda g, previous_before: turned(g * previous_before, g, 0.0, g)
        ),
        "update": step(lambda size, previous: -size * jnp.sign(previous)),
    },
    reference="Riedmiller and Braun, A Direct Adaptive Method for Faster Backpropagation Learning: RPROP, 1993",
    teaches="It ignores how steep the slope is and speeds up until the sign turns, so it hates noisy gradients.",
    twin=None,  # optax's takes every step one update late
    builds_on=("gradient_descent",),
    changes="It keeps the sign of the slope alone, since its size says little about how far the valley is.",
    defaults="All factors and bounds are the paper's; the rate is only the length of the first step.",
)
