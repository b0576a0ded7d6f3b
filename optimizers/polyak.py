"""Polyak's step: as long as the height above the minimum asks for."""

from dataclasses import replace

import jax.numpy as jnp
import optax

from catalogue import Parameter
from optimizers._optimizer import Optimizer, learning_rate


def make(learning_rate, f_min):
    """Polyak 1969, with Loizou et al. 2021's upper limit; below f* it stands still, and where the slope has vanished.

    The lowest loss f* has to be known. It is 0 unless one says otherwise: on a surface that goes lower, the path stops
    on the contour line of f*.
    """

    def init(position):
        del position
        return optax.EmptyState()

    def update(gradient, state, position=None, *, value, **extra):
        height = jnp.maximum(value - f_min, 0.0)
        square = jnp.sum(gradient**2)
        vanished = square <= jnp.finfo(square.dtype).eps
        step = jnp.where(vanished, 0.0, height / jnp.where(vanished, 1.0, square))
        return -jnp.minimum(step, learning_rate) * gradient, state

    return optax.GradientTransformationExtraArgs(init, update)


def twin(learning_rate, f_min):
    return optax.polyak_sgd(max_learning_rate=learning_rate, f_min=f_min, variant="sps+")


LOWEST_LOSS = Parameter(
    default=0.0,
    low=-100.0,
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
            learning_rate(1.0), help="The upper limit of the factor that is computed from the loss."
        ),
        "f_min": LOWEST_LOSS,
    },
    formula=(
        r"\theta_{t+1} = \theta_t - \min\left(\frac{\max(f(\theta_t) - f^*,\, 0)}{\lVert g_t \rVert^2},\, \eta\right) g_t"
    ),
    reference="Polyak, Minimization of unsmooth functionals, 1969; Loizou et al., Stochastic Polyak Step-size, AISTATS 2021",
    teaches="Whoever knows the height of the goal needs no schedule: the step is right for it by itself.",
    twin=twin,
    builds_on=("gradient_descent",),
    changes="It computes the rate from the height above the minimum, in place of a number that one has to try out.",
    defaults="1 is the step of the theory, and 0 is the lowest loss on most surfaces here.",
)
