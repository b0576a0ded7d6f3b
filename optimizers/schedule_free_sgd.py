"""Schedule-free gradient descent: the average of all iterates takes the place of a decaying rate."""

from dataclasses import replace

import jax.numpy as jnp
import numpy as np
import optax

from catalogue import SHARE, Parameter
from optimizers._adopted import at_the_average
from optimizers._by_hand import by_hand, zero, zeros
from optimizers._optimizer import Elsewhere, Optimizer, learning_rate
from optimizers._promise import HILLS, Promise, close
from optimizers._symbols import Symbol


def step(theta, z, weight, learning_rate, momentum, grad_fn):
    """Defazio et al. 2024, equations 3 to 5, weighted by η². The position is x, the average; slopes are taken at y."""
    y = (1 - momentum) * z + momentum * theta
    slope = grad_fn(y)
    z = z - learning_rate * slope
    weight = weight + learning_rate**2  # w
    share = learning_rate**2 / jnp.where(weight > 0, weight, 1.0)  # c; nothing as long as all rates were 0
    return {"y": y, "slope": slope, "z": z, "weight": weight, "share": share, "update": share * (z - theta)}


def twin(learning_rate, momentum):
    return at_the_average(optax.contrib.schedule_free_sgd(learning_rate, b1=momentum), momentum)


HIDDEN_RATE = replace(
    learning_rate(0.05),
    help="The factor on the slope at y, which moves z, and the path that is drawn follows as the average.",
)
INTERPOLATION = Parameter(
    default=0.9,
    low=0.0,
    high=0.9999,
    symbol=r"\beta",
    allowed=SHARE,
    help="Where the slope is taken: 0 is at the last iterate, 1 at the average of all that were.",
)
AVERAGING = {
    "y": Symbol("y_t", "where the slope is taken"),
    "slope": Symbol(r"\nabla f(y_t)", "gradient there"),
    "z": Symbol("z_{t+1}", "iterate behind the average"),
    "weight": Symbol("w_t", "weight of the average"),
    "share": Symbol("c_t", "newest iterate's share"),
}


def is_the_weighted_mean(run):
    path = run(HILLS, steps=80, schedule="cosine", learning_rate=0.02)
    weights = path.learning_rates[:, None] ** 2
    means = np.cumsum(weights * path.states["z"], axis=0) / np.cumsum(weights, axis=0)
    return close(path.positions[1:], means)


schedule_free_sgd = Optimizer(
    slug="schedule_free_sgd",
    label="Schedule-free gradient descent",
    year=2024,
    make=by_hand(step, z=jnp.asarray, weight=zero, slope=zeros),
    hyperparameters={"learning_rate": HIDDEN_RATE, "momentum": INTERPOLATION},
    formula=(
        r"\begin{aligned} y_t &= (1 - \beta)\, z_t + \beta\, \theta_t \\"
        r" z_{t+1} &= z_t - \eta_t\, \nabla f(y_t) \\"
        r" \theta_{t+1} &= (1 - c_t)\, \theta_t + c_t\, z_{t+1}, \quad c_t = \frac{\eta_t^2}{w_t},"
        r" \quad w_t = w_{t-1} + \eta_t^2 \end{aligned}"
    ),
    symbols=AVERAGING,
    reference="Defazio et al., The Road Less Scheduled, NeurIPS 2024",
    teaches="The average settles although the iterate behind it keeps jumping, so the rate needn't decay.",
    twin=twin,
    elsewhere={"optax": Elsewhere(constant_rate=True)},  # which weights by the largest rate so far
    builds_on=("gradient_descent", "nesterov"),
    changes="It averages all iterates and takes the slope near the average, which does what a decaying rate is for.",
    defaults="The momentum is the paper's 0.9.",
    promises=(
        Promise(
            "The path that is drawn is the mean of all hidden points, weighted by their squared rates.",
            is_the_weighted_mean,
        ),
    ),
)
