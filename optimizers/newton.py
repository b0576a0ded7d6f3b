"""Newton's method: one step to where the slope of the local paraboloid vanishes."""

from dataclasses import replace

import jax
import jax.numpy as jnp

from catalogue import NOT_NEGATIVE
from optimizers._by_hand import by_hand, zero, zeros
from optimizers._optimizer import LEARNING_RATE, Optimizer, learning_rate
from optimizers._promise import RAVINE, TURNED_RAVINE, Ground, Promise, close, lengths
from optimizers._symbols import Symbol


def step(g, theta, learning_rate, damping, value_fn):
    """Simpson 1740, damped by λ on the diagonal as by Levenberg 1944, and by a rate below 1 (Nocedal and Wright, 3.3)."""
    hessian = jax.hessian(value_fn)(theta)
    update = -learning_rate * jnp.linalg.solve(hessian + damping * jnp.eye(len(g)), g)
    return {"curvatures": jnp.diag(hessian), "twist": hessian[0, 1], "update": update}


def crosses_in_one_step(run):
    return lengths(run(TURNED_RAVINE, learning_rate=1.0, damping=1e-13, steps=1).positions[1]) < 1e-10


def is_drawn_to_saddles(run):
    pass_between = Ground(lambda position: position[0] ** 4 / 4 - position[0] ** 2 / 2 + position[1] ** 2, (-0.3, 0.2))
    return lengths(run(pass_between, learning_rate=1.0, damping=1e-9).positions[-1]) < 1e-6


def is_gradient_descent_if_damped(run):
    damped = run(RAVINE, learning_rate=1e6, damping=1e8)
    return close(damped.positions, run(RAVINE, rule="gradient_descent", learning_rate=0.01).positions, 1e-4)


newton = Optimizer(
    slug="newton",
    label="Newton (damped)",
    year=1740,
    make=by_hand(step, curvatures=zeros, twist=zero),
    hyperparameters={
        "learning_rate": replace(
            learning_rate(0.5), help="1 is Newton's full step, right for a paraboloid; less is safer elsewhere."
        ),
        "damping": replace(
            LEARNING_RATE,
            default=1e-3,
            low=1e-9,
            high=1e3,
            symbol=r"\lambda",
            allowed=NOT_NEGATIVE,
            help="Added to all curvatures: a large one turns it into gradient descent at the rate η/λ.",
        ),
    },
    formula=(r"\theta_{t+1} = \theta_t - \eta \left(H_t + \lambda I\right)^{-1} g_t, \quad H_t = \nabla^2 f(\theta_t)"),
    symbols={
        "curvatures": Symbol(r"\mathrm{diag}\, H_t", "curvature along each coordinate"),
        "twist": Symbol(r"(H_t)_{xy}", "how the slope in x changes along y"),
    },
    reference="Simpson, Essays on Several Curious and Useful Subjects, 1740",
    teaches="It crosses any ravine in a few steps, and runs to saddles and hilltops as readily as to minima.",
    twin=None,
    defaults="Half of Newton's step lets the path be seen; the damping matters only where curvature nearly vanishes.",
    largest_dimension=20,
    why_not_larger="All curvatures cost a gradient per coordinate, and solving with them the cube of their number.",
    promises=(
        Promise("In a paraboloid it arrives in one full step.", crosses_in_one_step),
        Promise("It runs to a saddle as readily as to a minimum.", is_drawn_to_saddles),
        Promise("Strongly damped it is gradient descent.", is_gradient_descent_if_damped),
    ),
)
