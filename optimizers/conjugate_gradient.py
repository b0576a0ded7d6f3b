"""Nonlinear conjugate gradient: each direction keeps what the last one has gained."""

from dataclasses import replace

import jax
import jax.numpy as jnp

from optimizers._by_hand import by_hand, zero, zeros
from optimizers._optimizer import Optimizer, learning_rate
from optimizers._promise import TURNED_RAVINE, Promise, lengths
from optimizers._symbols import Symbol


def step(g, theta, previous, direction, learning_rate, value_fn):
    """Polak and Ribière 1969 with β ≥ 0 (Powell 1984), and one Newton step along the line (Shewchuk 1994, section 14.1).

    A direction that leads uphill is replaced by steepest descent, and curvature along the line counts by its size. It is
    that of the loss itself: a clipped gradient keeps its length along the line, and would show no curvature there.
    """
    last = jnp.sum(previous**2)
    share = jnp.where(last > 0, jnp.maximum(jnp.sum(g * (g - previous)) / last, 0.0), 0.0)  # β
    bent = -g + share * direction
    direction = jnp.where(jnp.sum(bent * g) < 0, bent, -g)  # d
    _, change = jax.jvp(jax.grad(value_fn), (theta,), (direction,))  # H d
    curvature = jnp.abs(jnp.sum(direction * change))
    to_the_bottom = -jnp.sum(g * direction) / jnp.where(curvature > 0, curvature, 1.0)
    update = learning_rate * to_the_bottom * direction
    return {"previous": g, "share": share, "direction": direction, "curvature": curvature, "update": update}


def crosses_in_two_steps(run):
    positions = run(TURNED_RAVINE, steps=2).positions
    return lengths(positions[1]) > 0.1 and lengths(positions[2]) < 1e-10


conjugate_gradient = Optimizer(
    slug="conjugate_gradient",
    label="Conjugate gradient (Polak–Ribière+)",
    year=1969,
    make=by_hand(step, previous=zeros, direction=zeros, curvature=zero),
    hyperparameters={
        "learning_rate": replace(
            learning_rate(1.0), help="The share of the way along the line: 1 goes to the bottom of the local parabola."
        )
    },
    formula=(
        r"\begin{aligned} \beta_t &= \max\left(\frac{g_t \cdot (g_t - g_{t-1})}{\lVert g_{t-1} \rVert^2},\, 0\right),"
        r" \quad \beta_1 = 0 \\"
        r" d_t &= \begin{cases} b_t & b_t \cdot g_t < 0 \\ -g_t & \text{otherwise} \end{cases}"
        r" \quad b_t = -g_t + \beta_t\, d_{t-1} \\"
        r" \theta_{t+1} &= \theta_t - \eta\, \frac{g_t \cdot d_t}{|d_t \cdot H_t d_t|}\, d_t,"
        r" \quad H_t = \nabla^2 f(\theta_t) \end{aligned}"
    ),
    symbols={
        "previous": Symbol("g_t", "the gradient"),
        "share": Symbol(r"\beta_t", "share of the last direction that stays"),
        "direction": Symbol("d_t", "direction"),
        "curvature": Symbol(r"|d_t \cdot H_t d_t|", "curvature along it, by its size"),
    },
    reference="Polak and Ribière, Note sur la convergence de méthodes de directions conjuguées, 1969",
    teaches="In a paraboloid with two parameters it arrives in two steps, without ever inverting a matrix.",
    twin=None,
    builds_on=("gradient_descent", "newton"),
    changes="It bends each direction so that the last one's gain is kept, at the price of a gradient, not of a matrix.",
    defaults="1 goes all the way to the bottom that the curvature along the line promises.",
    separable=False,
    promises=(Promise("In a paraboloid with two parameters it arrives in two steps.", crosses_in_two_steps),),
)
