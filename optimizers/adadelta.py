"""Adadelta: the step's own history sets its unit, so that it hardly needs a rate."""

from dataclasses import replace
from typing import NamedTuple

import jax.numpy as jnp
import optax
from jax import Array

from optimizers._lines import Line, step
from optimizers._optimizer import EPSILON, Optimizer, decay_rate, learning_rate


class AdadeltaState(NamedTuple):
    squared_gradient: Array  # E[g²]
    squared_update: Array  # E[Δθ²]


def make(learning_rate, rho, eps):
    """Zeiler 2012, algorithm 1; the learning rate is a factor on the paper's step, 1 in the paper."""

    def init(position):
        return AdadeltaState(jnp.zeros_like(position), jnp.zeros_like(position))

    def update(gradient, state, position=None, **extra):
        squared_gradient = rho * state.squared_gradient + (1 - rho) * gradient**2
        step = jnp.sqrt(state.squared_update + eps) / jnp.sqrt(squared_gradient + eps) * gradient
        squared_update = rho * state.squared_update + (1 - rho) * step**2
        return -learning_rate * step, AdadeltaState(squared_gradient, squared_update)

    return optax.GradientTransformationExtraArgs(init, update)


adadelta = Optimizer(
    slug="adadelta",
    label="Adadelta",
    year=2012,
    make=make,
    hyperparameters={
        "learning_rate": learning_rate(1.0),
        "rho": decay_rate(0.9, r"\rho", "How long squares of gradients and steps are averaged."),
        "eps": replace(
            EPSILON, default=1e-6, help="Sets how large the very first steps are; the history does the rest."
        ),
    },
    formula=(
        r"\begin{aligned} E[g^2]_t &= \rho\, E[g^2]_{t-1} + (1 - \rho)\, g_t^2 \\"
        r" \Delta_t &= \frac{\sqrt{E[\Delta^2]_{t-1} + \epsilon}}{\sqrt{E[g^2]_t + \epsilon}}\, g_t \\"
        r" E[\Delta^2]_t &= \rho\, E[\Delta^2]_{t-1} + (1 - \rho)\, \Delta_t^2 \\"
        r" \theta_{t+1} &= \theta_t - \eta\, \Delta_t \end{aligned}"
    ),
    shows=("squared_gradient", "squared_update"),
    lines={
        "squared_gradient": Line(
            "E[g^2]_t",
            "average of squared gradients",
            lambda squared_gradient_before, g, rho: rho * squared_gradient_before + (1 - rho) * g**2,
        ),
        "delta": Line(
            r"\Delta_t",
            "the step before its factor",
            lambda squared_update_before, squared_gradient, g, eps: (
                jnp.sqrt(squared_update_before + eps) / jnp.sqrt(squared_gradient + eps) * g
            ),
        ),
        "squared_update": Line(
            r"E[\Delta^2]_t",
            "average of squared steps",
            lambda squared_update_before, delta, rho: rho * squared_update_before + (1 - rho) * delta**2,
        ),
        "update": step(lambda learning_rate, delta: -learning_rate * delta),
    },
    reference="Zeiler, ADADELTA: An Adaptive Learning Rate Method, 2012",
    teaches="It starts with tiny steps and finds its own pace, whatever the unit of the parameters.",
    twin=optax.adadelta,
    builds_on=("adagrad",),
    changes="It forgets old squares, and takes the unit of its step from its own past steps in place of a rate.",
    defaults="The paper needs no rate, so it is 1; ε is the paper's, ρ is PyTorch's 0.9 where the paper takes 0.95.",
)
