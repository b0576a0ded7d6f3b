"""QHM: a weighted mean of the plain gradient and its moving average."""

import jax.numpy as jnp
import optax

from catalogue import Parameter
from optimizers._lines import AVERAGED_VELOCITY, step
from optimizers._optimizer import Optimizer, decay_rate, learning_rate
from optimizers.momentum import MomentumState


def make(learning_rate, momentum, nu):
    """Ma and Yarats 2019, equations 3 and 4. ν = 0 is gradient descent, ν = 1 momentum, ν = β Nesterov's at η(1-β)."""

    def init(position):
        return MomentumState(velocity=jnp.zeros_like(position))

    def update(gradient, state, position=None, **extra):
        velocity = momentum * state.velocity + (1 - momentum) * gradient
        return -learning_rate * ((1 - nu) * gradient + nu * velocity), MomentumState(velocity)

    return optax.GradientTransformationExtraArgs(init, update)


qhm = Optimizer(
    slug="qhm",
    label="QHM",
    year=2018,
    make=make,
    hyperparameters={
        "learning_rate": learning_rate(0.1),
        "momentum": decay_rate(0.999, r"\beta", "How long gradients are averaged: 0.999 looks back about 1000 steps."),
        "nu": Parameter(
            default=0.7,
            low=0.0,
            high=1.0,
            symbol=r"\nu",
            help="The share of the average in a step: 0 is gradient descent, 1 is momentum.",
        ),
    },
    formula=(
        r"\begin{aligned} m_t &= \beta\, m_{t-1} + (1 - \beta)\, g_t \\"
        r" \theta_{t+1} &= \theta_t - \eta\left((1 - \nu)\, g_t + \nu\, m_t\right) \end{aligned}"
    ),
    shows=("velocity",),
    lines={
        "velocity": AVERAGED_VELOCITY,
        "update": step(lambda learning_rate, g, velocity, nu: -learning_rate * ((1 - nu) * g + nu * velocity)),
    },
    reference="Ma and Yarats, Quasi-Hyperbolic Momentum and Adam for Deep Learning, ICLR 2019",
    teaches="It reacts to the slope at once and still remembers: one knob leads from plain descent to momentum.",
    twin=None,
    builds_on=("heavy_ball_ema", "nesterov"),
    changes="It sets the newest gradient's share apart from the memory, which one β ties together in both.",
    defaults="Both numbers, ν = 0.7 and β = 0.999, are the paper's rule of thumb.",
)
