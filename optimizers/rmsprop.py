"""RMSprop: Adagrad that forgets, so that its rates can recover."""

from typing import NamedTuple

import jax.numpy as jnp
import optax
from jax import Array

from optimizers._lines import Line, step
from optimizers._optimizer import EPSILON, Optimizer, decay_rate, learning_rate


class RMSpropState(NamedTuple):
    nu: Array  # v, the moving average of squared gradients


def make(learning_rate, decay, eps):
    """Hinton 2012, lecture 6e; ε stands outside the root, as in PyTorch."""

    def init(position):
        return RMSpropState(nu=jnp.zeros_like(position))

    def update(gradient, state, position=None, **extra):
        nu = decay * state.nu + (1 - decay) * gradient**2
        return -learning_rate * gradient / (jnp.sqrt(nu) + eps), RMSpropState(nu)

    return optax.GradientTransformationExtraArgs(init, update)


def twin(learning_rate, decay, eps):
    return optax.rmsprop(learning_rate, decay=decay, eps=eps, eps_in_sqrt=False)


rmsprop = Optimizer(
    slug="rmsprop",
    label="RMSprop",
    year=2012,
    make=make,
    hyperparameters={
        "learning_rate": learning_rate(0.01),
        "decay": decay_rate(0.9, r"\rho", "How long squared gradients are averaged: 0.9 looks back about 10 steps."),
        "eps": EPSILON,
    },
    formula=(
        r"\begin{aligned} v_t &= \rho\, v_{t-1} + (1 - \rho)\, g_t^2 \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{v_t} + \epsilon}\, g_t \end{aligned}"
    ),
    shows=("nu",),
    lines={
        "nu": Line("v_t", "average of squares", lambda nu_before, g, decay: decay * nu_before + (1 - decay) * g**2),
        "update": step(lambda learning_rate, nu, g, eps: -learning_rate * g / (jnp.sqrt(nu) + eps)),
    },
    reference="Tieleman and Hinton, Neural Networks for Machine Learning, lecture 6e, 2012",
    teaches="Steps have about the same length everywhere, so it crosses plateaus, and jitters at the minimum.",
    twin=twin,
    builds_on=("rprop", "adagrad"),
    changes=(
        "It averages squares briefly: rates recover, unlike Adagrad's, and batches don't mislead it as they do Rprop."
    ),
    defaults="The decay of 0.9 is from Hinton's slide; the slide has no ε, and 1e-8 is PyTorch's.",
)
