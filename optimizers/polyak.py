"""Polyak's step: as long as the height above the minimum asks for."""

from dataclasses import replace

import jax.numpy as jnp
import numpy as np
import optax

from catalogue import FINITE, Parameter
from optimizers._by_hand import by_hand, zero
from optimizers._optimizer import Optimizer, learning_rate
from optimizers._promise import RAVINE, Promise, lengths
from optimizers._symbols import Symbol


def step(g, value, learning_rate, f_min):
    """Polyak 1969, with Loizou et al. 2021's upper limit; below f* it stands still, and where the slope has vanished.

    The lowest loss f* has to be known. It is 0 unless one says otherwise: on a surface that goes lower, the path stops
    on the contour line of f*.
    """
    square = jnp.sum(g**2)
    height = jnp.maximum(value - f_min, 0.0)
    asked = jnp.where(square > jnp.finfo(square.dtype).eps, height / square, 0.0)
    return {"loss": value, "square": square, "asked": asked, "update": -jnp.minimum(asked, learning_rate) * g}


def twin(learning_rate, f_min):
    return optax.polyak_sgd(max_learning_rate=learning_rate, f_min=f_min, variant="sps+")


LOWEST_LOSS = Parameter(
    default=0.0,
    low=-1000.0,
    high=100.0,
    symbol="f^*",
    allowed=FINITE,
    help="The lowest loss, which has to be known: too high and it stops early, too low and it overshoots.",
)


def comes_nearer_at_every_step(run):
    return np.all(np.diff(lengths(run(RAVINE, learning_rate=100.0).positions)) < 0)


def stands_still_below_its_bound(run):
    return np.all(run(RAVINE, f_min=1e6).updates == 0) and np.all(run(RAVINE).updates[0] != 0)


polyak = Optimizer(
    slug="polyak",
    label="Polyak's step",
    year=1969,
    make=by_hand(step, loss=zero),
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
    symbols={
        "loss": Symbol(r"f(\theta_t)", "loss, of the batch if there is one"),
        "square": Symbol(r"\lVert g_t \rVert^2", "slope, squared"),
        "asked": Symbol(r"\frac{\max(f(\theta_t) - f^*,\, 0)}{\lVert g_t \rVert^2}", "factor that the loss asks for"),
    },
    reference="Polyak, Minimization of unsmooth functionals, 1969; Loizou et al., Stochastic Polyak Step-size, AISTATS 2021",
    teaches="Where the lowest loss is known no schedule is needed: the loss itself sets the length of each step.",
    twin=twin,
    builds_on=("gradient_descent",),
    changes="It computes the rate from the height above the minimum, in place of a number that one has to try out.",
    defaults="The limit, which the theory does not have, keeps steps from being huge; 0 is the lowest loss here, mostly.",
    separable=False,
    promises=(
        Promise("On a convex surface no step leads away from the minimum.", comes_nearer_at_every_step),
        Promise("Below the lowest loss that it was given it stands still.", stands_still_below_its_bound),
    ),
)
