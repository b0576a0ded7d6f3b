"""Nonlinear conjugate gradient: each direction keeps what the last one has gained."""

from dataclasses import replace
from typing import NamedTuple

import jax
import jax.numpy as jnp
import optax
from jax import Array

from optimizers._optimizer import Optimizer, learning_rate


class ConjugateGradientState(NamedTuple):
    direction: Array  # d
    gradient: Array  # the last one, 0 before the first


def make(learning_rate):
    """Polak and Ribière 1969 with β ≥ 0 (Powell 1984), and one Newton step along the line (Shewchuk 1994, section 14.1).

    A direction that leads uphill is replaced by steepest descent, and curvature along the line counts by its size.
    """

    def init(position):
        return ConjugateGradientState(direction=jnp.zeros_like(position), gradient=jnp.zeros_like(position))

    def update(gradient, state, position, *, grad_fn, **extra):
        last = jnp.sum(state.gradient**2)
        ratio = jnp.sum(gradient * (gradient - state.gradient)) / jnp.where(last > 0, last, 1.0)
        direction = -gradient + jnp.maximum(ratio, 0.0) * state.direction
        direction = jnp.where(jnp.sum(direction * gradient) < 0, direction, -gradient)
        _, change = jax.jvp(grad_fn, (position,), (direction,))
        curvature = jnp.abs(jnp.sum(direction * change))
        step = -jnp.sum(direction * gradient) / jnp.where(curvature > 0, curvature, 1.0)
        return learning_rate * step * direction, ConjugateGradientState(direction, gradient)

    return optax.GradientTransformationExtraArgs(init, update)


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
    shows=("direction",),
    reference="Polak and Ribière, Note sur la convergence de méthodes de directions conjuguées, 1969",
    teaches="In a paraboloid with two parameters it arrives in two steps, without ever inverting a matrix.",
    twin=None,
    builds_on=("gradient_descent", "newton"),
    changes="It bends each direction so that the last one's gain is kept, at the price of a gradient, not of a matrix.",
    defaults="1 goes all the way to the bottom that the curvature along the line promises.",
)
