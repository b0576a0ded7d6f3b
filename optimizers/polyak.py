"""Polyak's step: as long as the height above the minimum asks for."""

from dataclasses import replace
from typing import NamedTuple

import jax.numpy as jnp
import optax
from jax import Array

from catalogue import Parameter
from optimizers._lines import Line, step
from optimizers._optimizer import Optimizer, learning_rate


class PolyakState(NamedTuple):
    loss: Array  # f(θ) as the rule was last told it, which a batch may say otherwise than the surface; kept to be shown


def make(learning_rate, f_min):
    """Polyak 1969, with Loizou et al. 2021's upper limit; below f* it stands still, and where the slope has vanished.

    The lowest loss f* has to be known. It is 0 unless one says otherwise: on a surface that goes lower, the path stops
    on the contour line of f*.
    """

    def init(position):
        return PolyakState(loss=jnp.zeros_like(position[0]))

    def update(gradient, state, position=None, *, value, **extra):
        square = jnp.sum(gradient**2)
        factor = jnp.minimum(polyaks_factor(value, f_min, square), learning_rate)
        return -factor * gradient, PolyakState(jnp.asarray(value))

    return optax.GradientTransformationExtraArgs(init, update)


def polyaks_factor(loss, f_min, square):
    """The height above the minimum over the squared slope; 0 where the slope has vanished."""
    vanished = square <= jnp.finfo(square.dtype).eps
    return jnp.where(vanished, 0.0, jnp.maximum(loss - f_min, 0.0) / jnp.where(vanished, 1.0, square))


def twin(learning_rate, f_min):
    return optax.polyak_sgd(max_learning_rate=learning_rate, f_min=f_min, variant="sps+")


LOWEST_LOSS = Parameter(
    default=0.0,
    low=-1000.0,
    high=100.0,
    symbol="f^*",
    help="The lowest loss, which has to be known: too high and it stops early, too low and it oversteps.",
)

polyak = Optimizer(
    slug="polyak",
    label="Polyak's step",
    year=1969,
    make=make,
    hyperparameters={
        "learning_rate": replace(
            learning_rate(1.0),
            help="Only an upper limit: the factor on the slope comes from the loss, and a longer one is cut to this.",
        ),
        "f_min": LOWEST_LOSS,
    },
    formula=(
        r"\theta_{t+1} = \theta_t - \min\left(\frac{\max(f(\theta_t) - f^*,\, 0)}{\lVert g_t \rVert^2},\, \eta\right) g_t"
    ),
    shows=("loss",),
    lines={
        "loss": Line(r"f(\theta_t)", "loss that the rule is told", lambda loss: loss),
        "square": Line(r"\lVert g_t \rVert^2", "slope, squared", lambda g: jnp.sum(g**2)),
        "asked": Line(
            r"\frac{\max(f(\theta_t) - f^*,\, 0)}{\lVert g_t \rVert^2}",
            "factor that the height asks for",
            lambda loss, f_min, square: polyaks_factor(loss, f_min, square),
        ),
        "update": step(lambda asked, learning_rate, g: -jnp.minimum(asked, learning_rate) * g),
    },
    reference="Polyak, Minimization of unsmooth functionals, 1969; Loizou et al., Stochastic Polyak Step-size, AISTATS 2021",
    teaches="Whoever knows the height of the goal needs no schedule: the step is right for it by itself.",
    twin=twin,
    builds_on=("gradient_descent",),
    changes="It computes the rate from the height above the minimum, in place of a number that one has to try out.",
    defaults="The limit, which the theory does not have, keeps steps from being huge; 0 is the lowest loss here, mostly.",
)
