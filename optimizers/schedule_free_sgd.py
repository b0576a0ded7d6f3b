"""Schedule-free gradient descent: the average of all iterates takes the place of a decaying rate."""

from typing import NamedTuple

import jax.numpy as jnp
import optax
from jax import Array

from optimizers._adopted import drawn_at_the_average
from optimizers._optimizer import Optimizer, decay_rate, learning_rate


class ScheduleFreeState(NamedTuple):
    z: Array  # the iterate that the steps move
    weight: Array  # Σγ², the weight of the average so far


def make(learning_rate, momentum):
    """Defazio et al. 2024, equations 3 to 5, weighted by γ². The position is x, the average; slopes are taken at y."""

    def init(position):
        return ScheduleFreeState(z=position, weight=jnp.zeros_like(position[0]))

    def update(gradient, state, position, *, grad_fn, **extra):
        y = (1 - momentum) * state.z + momentum * position
        z = state.z - learning_rate * grad_fn(y)
        weight = state.weight + learning_rate**2
        share = learning_rate**2 / jnp.where(weight > 0, weight, 1.0)
        return share * (z - position), ScheduleFreeState(z, weight)

    return optax.GradientTransformationExtraArgs(init, update)


def twin(learning_rate, momentum):
    return drawn_at_the_average(optax.contrib.schedule_free_sgd(learning_rate, b1=momentum), momentum)


INTERPOLATION = decay_rate(
    0.9, r"\beta", "Where the slope is taken: 0 is at the last iterate, 1 at the average of all that were."
)

schedule_free_sgd = Optimizer(
    slug="schedule_free_sgd",
    label="Schedule-free gradient descent",
    year=2024,
    make=make,
    hyperparameters={"learning_rate": learning_rate(0.05), "momentum": INTERPOLATION},
    formula=(
        r"\begin{aligned} y_t &= (1 - \beta)\, z_t + \beta\, \theta_t \\"
        r" z_{t+1} &= z_t - \eta_t\, \nabla f(y_t) \\"
        r" \theta_{t+1} &= (1 - c_t)\, \theta_t + c_t\, z_{t+1}, \quad c_t = \frac{\eta_t^2}{\sum_{s \le t} \eta_s^2}"
        r" \end{aligned}"
    ),
    shows=("z",),
    reference="Defazio et al., The Road Less Scheduled, NeurIPS 2024",
    teaches="The average settles although the iterate behind it keeps jumping, so the rate needn't decay.",
    twin=twin,
    builds_on=("gradient_descent", "nesterov"),
    changes="It averages all iterates and takes the slope near the average, which does what a decaying rate is for.",
    defaults="The momentum is the paper's 0.9.",
)
