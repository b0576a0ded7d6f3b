"""Momentum, heavy ball: the step is a velocity that gradients push and friction damps."""

from typing import NamedTuple

import jax.numpy as jnp
import optax
from jax import Array

from optimizers._lines import VELOCITY, step
from optimizers._optimizer import MOMENTUM, Optimizer, learning_rate


class MomentumState(NamedTuple):
    velocity: Array  # m


def make(learning_rate, momentum):
    """Polyak 1964, in the convention of PyTorch and Sutskever et al. 2013: m ← βm + g, without a factor 1-β."""

    def init(position):
        return MomentumState(velocity=jnp.zeros_like(position))

    def update(gradient, state, position=None, **extra):
        velocity = momentum * state.velocity + gradient
        return -learning_rate * velocity, MomentumState(velocity)

    return optax.GradientTransformationExtraArgs(init, update)


momentum = Optimizer(
    slug="momentum",
    label="Momentum (heavy ball)",
    year=1964,
    make=make,
    hyperparameters={"learning_rate": learning_rate(0.01), "momentum": MOMENTUM},
    formula=r"\begin{aligned} m_t &= \beta\, m_{t-1} + g_t \\ \theta_{t+1} &= \theta_t - \eta\, m_t \end{aligned}",
    shows=("velocity",),
    lines={"velocity": VELOCITY, "update": step(lambda learning_rate, velocity: -learning_rate * velocity)},
    reference="Polyak, Some methods of speeding up the convergence of iteration methods, 1964",
    teaches="Velocity adds up along the valley and cancels across it, so it is fast, and it overshoots.",
    twin=optax.sgd,
    builds_on=("gradient_descent",),
    changes="It adds up past gradients in a velocity, since plain descent creeps along narrow valleys.",
    defaults="The usual 0.9 adds up about ten gradients, hence a rate ten times below that of the moving average.",
)
