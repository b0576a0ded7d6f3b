"""Nonlinear conjugate gradient: each direction keeps what the last one has gained."""

from dataclasses import replace
from typing import NamedTuple

import jax
import jax.numpy as jnp
import optax
from jax import Array

from optimizers._lines import Line, step
from optimizers._optimizer import Optimizer, learning_rate


class ConjugateGradientState(NamedTuple):
    direction: Array  # d
    gradient: Array  # the last one, 0 before the first
    curvature: Array  # |d · H d|; kept to be shown


def make(learning_rate):
    """Polak and Ribière 1969 with β ≥ 0 (Powell 1984), and one Newton step along the line (Shewchuk 1994, section 14.1).

    A direction that leads uphill is replaced by steepest descent, and curvature along the line counts by its size. It is
    that of the loss itself: a clipped gradient keeps its length along the line, and would show no curvature there.
    """

    def init(position):
        return ConjugateGradientState(
            direction=jnp.zeros_like(position),
            gradient=jnp.zeros_like(position),
            curvature=jnp.zeros_like(position[0]),
        )

    def update(gradient, state, position, *, value_fn, **extra):
        direction = bent(gradient, kept_share(gradient, state.gradient), state.direction)
        _, change = jax.jvp(jax.grad(value_fn), (position,), (direction,))
        curvature = jnp.abs(jnp.sum(direction * change))
        step = to_the_bottom(gradient, direction, curvature)
        return learning_rate * step * direction, ConjugateGradientState(direction, gradient, curvature)

    return optax.GradientTransformationExtraArgs(init, update)


def kept_share(gradient, before):
    """β, how much of the last direction stays; none at the first step, before which there was no slope."""
    last = jnp.sum(before**2)
    ratio = jnp.sum(gradient * (gradient - before)) / jnp.where(last > 0, last, 1.0)
    return jnp.where(last > 0, jnp.maximum(ratio, 0.0), 0.0)


def bent(gradient, share, before):
    """The way down, bent by a share of the last direction unless that would lead uphill."""
    direction = -gradient + share * before
    return jnp.where(jnp.sum(direction * gradient) < 0, direction, -gradient)


def to_the_bottom(gradient, direction, curvature):
    """How many times `direction` it is to the bottom of the parabola along it."""
    return -jnp.sum(direction * gradient) / jnp.where(curvature > 0, curvature, 1.0)


conjugate_gradient = Optimizer(
    slug="conjugate_gradient",
    label="Conjugate gradient (Polak–Ribière+)",
    year=1969,
    make=make,
    hyperparameters={
        "learning_rate": replace(
            learning_rate(1.0), help="The share of the way along the line: 1 goes to the bottom of the local parabola."
        )
    },
    formula=(
        r"\begin{aligned} \beta_t &= \max\left(\frac{g_t \cdot (g_t - g_{t-1})}{\lVert g_{t-1} \rVert^2},\, 0\right) \\"
        r" d_t &= -g_t + \beta_t\, d_{t-1} \quad (\text{or } -g_t \text{ if } d_t \cdot g_t \ge 0) \\"
        r" \theta_{t+1} &= \theta_t - \eta\, \frac{g_t \cdot d_t}{|d_t \cdot H_t d_t|}\, d_t,"
        r" \quad H_t = \nabla^2 f(\theta_t) \end{aligned}"
    ),
    shows=("direction", "curvature"),
    lines={
        "share": Line(
            r"\beta_t", "share of the last direction that stays", lambda g, g_before: kept_share(g, g_before)
        ),
        "direction": Line("d_t", "direction", lambda g, share, direction_before: bent(g, share, direction_before)),
        "curvature": Line(r"|d_t \cdot H_t d_t|", "curvature along it, by its size", lambda curvature: curvature),
        "update": step(
            lambda learning_rate, g, direction, curvature: (
                learning_rate * to_the_bottom(g, direction, curvature) * direction
            )
        ),
    },
    reference="Polak and Ribière, Note sur la convergence de méthodes de directions conjuguées, 1969",
    teaches="In a paraboloid with two parameters it arrives in two steps, without ever inverting a matrix.",
    twin=None,
    builds_on=("gradient_descent", "newton"),
    changes="It bends each direction so that the last one's gain is kept, at the price of a gradient, not of a matrix.",
    defaults="1 goes all the way to the bottom that the curvature along the line promises.",
)
