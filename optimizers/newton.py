"""Newton's method: one step to where the slope of the local paraboloid vanishes."""

from dataclasses import replace
from typing import NamedTuple

import jax
import jax.numpy as jnp
import optax
from jax import Array

from optimizers._lines import Line, step
from optimizers._optimizer import LEARNING_RATE, Optimizer, learning_rate


class NewtonState(NamedTuple):
    """The last Hessian, kept to be shown."""

    curvatures: Array  # its diagonal, along x and along y
    twist: Array  # its other entry, twice the same


def make(learning_rate, damping):
    """Simpson 1740, damped by λ on the diagonal as by Levenberg 1944, and by a rate below 1 (Nocedal and Wright, 3.3)."""

    def init(position):
        return NewtonState(curvatures=jnp.zeros_like(position), twist=jnp.zeros_like(position[0]))

    def update(gradient, state, position, *, value_fn, **extra):
        hessian = jax.hessian(value_fn)(position)
        step = -learning_rate * jnp.linalg.solve(hessian + damping * jnp.eye(2), gradient)
        return step, NewtonState(jnp.diag(hessian), hessian[0, 1])

    return optax.GradientTransformationExtraArgs(init, update)


def symmetric(diagonal, other):
    """The matrix with this diagonal, and `other` twice."""
    return jnp.array([[diagonal[0], other], [other, diagonal[1]]])


newton = Optimizer(
    slug="newton",
    label="Newton (damped)",
    year=1740,
    make=make,
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
            help="Added to all curvatures: a large one turns it into gradient descent at the rate η/λ.",
        ),
    },
    formula=(r"\theta_{t+1} = \theta_t - \eta \left(H_t + \lambda I\right)^{-1} g_t, \quad H_t = \nabla^2 f(\theta_t)"),
    shows=("curvatures", "twist"),
    lines={
        "curvatures": Line(r"\mathrm{diag}\, H_t", "curvature along x and along y", lambda curvatures: curvatures),
        "twist": Line(r"(H_t)_{xy}", "how the slope in x changes along y", lambda twist: twist),
        "update": step(
            lambda learning_rate, curvatures, twist, damping, g: (
                -learning_rate * jnp.linalg.solve(symmetric(curvatures + damping, twist), g)
            )
        ),
    },
    reference="Simpson, Essays on Several Curious and Useful Subjects, 1740",
    teaches="It crosses any ravine in a few steps, and runs to saddles and hilltops as gladly as to minima.",
    twin=None,
    defaults="Half of Newton's step lets the path be seen; the damping matters only where curvature nearly vanishes.",
)
