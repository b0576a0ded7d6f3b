"""Adadelta: the step's own history sets its unit, so that it hardly needs a rate."""

from dataclasses import replace

import jax.numpy as jnp
import optax

from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import EPSILON, Elsewhere, Optimizer, decay_rate, learning_rate
from optimizers._symbols import Symbol


def step(g, squared_gradient, squared_update, learning_rate, rho, eps):
    """Zeiler 2012, algorithm 1; the learning rate is a factor on the paper's step, 1 in the paper."""
    squared_gradient = rho * squared_gradient + (1 - rho) * g**2  # E[g²]
    delta = jnp.sqrt(squared_update + eps) / jnp.sqrt(squared_gradient + eps) * g
    squared_update = rho * squared_update + (1 - rho) * delta**2  # E[Δ²]
    return {
        "squared_gradient": squared_gradient,
        "delta": delta,
        "squared_update": squared_update,
        "update": -learning_rate * delta,
    }


adadelta = Optimizer(
    slug="adadelta",
    label="Adadelta",
    year=2012,
    make=by_hand(step, squared_gradient=zeros, squared_update=zeros),
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
    symbols={
        "squared_gradient": Symbol("E[g^2]_t", "average of squared gradients"),
        "delta": Symbol(r"\Delta_t", "the step before its factor"),
        "squared_update": Symbol(r"E[\Delta^2]_t", "average of squared steps"),
    },
    reference="Zeiler, ADADELTA: An Adaptive Learning Rate Method, 2012",
    teaches="It starts with tiny steps and finds its own pace, whatever the unit of the parameters.",
    twin=optax.adadelta,
    elsewhere={
        "torch": Elsewhere("torch.optim.Adadelta(points, lr=learning_rate, rho=rho, eps=eps)"),
        "keras": Elsewhere("keras.optimizers.Adadelta(learning_rate, rho=rho, epsilon=eps)"),
    },
    builds_on=("adagrad",),
    changes="It forgets old squares, and takes the unit of its step from its own past steps in place of a rate.",
    defaults="The paper needs no rate, so it is 1; ε is the paper's, ρ is PyTorch's 0.9 where the paper takes 0.95.",
)
