"""Schedule-free gradient descent: the average of all iterates takes the place of a decaying rate."""

from dataclasses import replace
from typing import NamedTuple

import jax.numpy as jnp
import optax
from jax import Array

from catalogue import Parameter
from optimizers._adopted import drawn_at_the_average
from optimizers._lines import Line, step
from optimizers._optimizer import Optimizer, learning_rate


class ScheduleFreeState(NamedTuple):
    z: Array  # the iterate that the steps move
    weight: Array  # w = Σγ², the weight of the average so far
    slope: Array  # the last gradient, which was taken at y; kept to be shown


def make(learning_rate, momentum):
    """Defazio et al. 2024, equations 3 to 5, weighted by γ². The position is x, the average; slopes are taken at y."""

    def init(position):
        return ScheduleFreeState(z=position, weight=jnp.zeros_like(position[0]), slope=jnp.zeros_like(position))

    def update(gradient, state, position, *, grad_fn, **extra):
        y = (1 - momentum) * state.z + momentum * position
        slope = grad_fn(y)
        z = state.z - learning_rate * slope
        weight = state.weight + learning_rate**2
        return newest_share(learning_rate, weight) * (z - position), ScheduleFreeState(z, weight, slope)

    return optax.GradientTransformationExtraArgs(init, update)


def newest_share(learning_rate, weight):
    """c, how much the newest iterate counts in the average; nothing as long as all rates were 0."""
    return learning_rate**2 / jnp.where(weight > 0, weight, 1.0)


def twin(learning_rate, momentum):
    return drawn_at_the_average(optax.contrib.schedule_free_sgd(learning_rate, b1=momentum), momentum)


HIDDEN_RATE = replace(
    learning_rate(0.05),
    help="The factor on the slope at y, which moves z, and the path that is drawn follows as the average.",
)
INTERPOLATION = Parameter(
    default=0.9,
    low=0.0,
    high=0.9999,
    symbol=r"\beta",
    help="Where the slope is taken: 0 is at the last iterate, 1 at the average of all that were.",
)

AHEAD = Line(
    "y_t",
    "where the slope is taken",
    lambda z_before, theta, momentum: (1 - momentum) * z_before + momentum * theta,
)
WEIGHT = Line("w_t", "weight of the average", lambda weight_before, learning_rate: weight_before + learning_rate**2)
SHARE = Line("c_t", "newest iterate's share", lambda learning_rate, weight: newest_share(learning_rate, weight))
AVERAGED_STEP = step(lambda share, z, theta: share * (z - theta))

schedule_free_sgd = Optimizer(
    slug="schedule_free_sgd",
    label="Schedule-free gradient descent",
    year=2024,
    make=make,
    hyperparameters={"learning_rate": HIDDEN_RATE, "momentum": INTERPOLATION},
    formula=(
        r"\begin{aligned} y_t &= (1 - \beta)\, z_t + \beta\, \theta_t \\"
        r" z_{t+1} &= z_t - \eta_t\, \nabla f(y_t) \\"
        r" \theta_{t+1} &= (1 - c_t)\, \theta_t + c_t\, z_{t+1}, \quad c_t = \frac{\eta_t^2}{w_t},"
        r" \quad w_t = \sum_{s \le t} \eta_s^2 \end{aligned}"
    ),
    shows=("z", "weight", "slope"),
    lines={
        "y": AHEAD,
        "slope": Line(r"\nabla f(y_t)", "gradient there", lambda slope: slope),
        "z": Line(
            "z_{t+1}",
            "iterate behind the average",
            lambda z_before, learning_rate, slope: z_before - learning_rate * slope,
        ),
        "weight": WEIGHT,
        "share": SHARE,
        "update": AVERAGED_STEP,
    },
    reference="Defazio et al., The Road Less Scheduled, NeurIPS 2024",
    teaches="The average settles although the iterate behind it keeps jumping, so the rate needn't decay.",
    twin=twin,
    builds_on=("gradient_descent", "nesterov"),
    changes="It averages all iterates and takes the slope near the average, which does what a decaying rate is for.",
    defaults="The momentum is the paper's 0.9.",
)
