"""Schedule-free Adam: RMSprop's scale under an average of all iterates."""

from dataclasses import replace
from typing import NamedTuple

import jax.numpy as jnp
import optax
from jax import Array

from optimizers._adopted import drawn_at_the_average
from optimizers._lines import SECOND_CORRECTED, Line
from optimizers._optimizer import EPSILON, SECOND_MOMENT_DECAY, Optimizer
from optimizers.schedule_free_sgd import AHEAD, AVERAGED_STEP, HIDDEN_RATE, INTERPOLATION, SHARE, WEIGHT, newest_share


class ScheduleFreeAdamState(NamedTuple):
    count: Array  # type: ignore[assignment]  # t; the name is optax's, and hides tuple.count
    z: Array  # the iterate that the steps move
    nu: Array  # v, the second moment
    weight: Array  # w = Σγ², the weight of the average so far
    slope: Array  # h, the last gradient, which was taken at y; kept to be shown


def make(learning_rate, momentum, b2, eps):
    """Defazio et al. 2024, algorithm 1 without warm-up and decay. The position is x, the average."""

    def init(position):
        return ScheduleFreeAdamState(
            count=jnp.zeros((), jnp.int32),
            z=position,
            nu=jnp.zeros_like(position),
            weight=jnp.zeros_like(position[0]),
            slope=jnp.zeros_like(position),
        )

    def update(gradient, state, position, *, grad_fn, **extra):
        count = state.count + 1
        slope = grad_fn((1 - momentum) * state.z + momentum * position)
        nu = b2 * state.nu + (1 - b2) * slope**2
        z = state.z - learning_rate * slope / (jnp.sqrt(nu / (1 - b2**count)) + eps)
        weight = state.weight + learning_rate**2
        share = newest_share(learning_rate, weight)
        return share * (z - position), ScheduleFreeAdamState(count, z, nu, weight, slope)

    return optax.GradientTransformationExtraArgs(init, update)


def twin(learning_rate, momentum, b2, eps):
    rule = optax.contrib.schedule_free_adamw(learning_rate, b1=momentum, b2=b2, eps=eps)
    return drawn_at_the_average(rule, momentum)


schedule_free_adam = Optimizer(
    slug="schedule_free_adam",
    label="Schedule-free Adam",
    year=2024,
    make=make,
    hyperparameters={
        "learning_rate": replace(HIDDEN_RATE, default=0.025),
        "momentum": INTERPOLATION,
        "b2": SECOND_MOMENT_DECAY,
        "eps": EPSILON,
    },
    formula=(
        r"\begin{aligned} y_t &= (1 - \beta)\, z_t + \beta\, \theta_t, \quad h_t = \nabla f(y_t) \\"
        r" v_t &= \beta_2 v_{t-1} + (1 - \beta_2)\, h_t^2, \quad \hat v_t = \frac{v_t}{1 - \beta_2^t} \\"
        r" z_{t+1} &= z_t - \frac{\eta_t}{\sqrt{\hat v_t} + \epsilon}\, h_t \\"
        r" \theta_{t+1} &= (1 - c_t)\, \theta_t + c_t\, z_{t+1}, \quad c_t = \frac{\eta_t^2}{w_t},"
        r" \quad w_t = \sum_{s \le t} \eta_s^2 \end{aligned}"
    ),
    shows=("z", "nu", "weight", "slope"),
    lines={
        "y": AHEAD,
        "slope": Line("h_t", "gradient there", lambda slope: slope),
        "nu": Line("v_t", "second moment", lambda nu_before, slope, b2: b2 * nu_before + (1 - b2) * slope**2),
        "nu_hat": SECOND_CORRECTED,
        "z": Line(
            "z_{t+1}",
            "iterate behind the average",
            lambda z_before, learning_rate, slope, nu_hat, eps: (
                z_before - learning_rate * slope / (jnp.sqrt(nu_hat) + eps)
            ),
        ),
        "weight": WEIGHT,
        "share": SHARE,
        "update": AVERAGED_STEP,
    },
    reference="Defazio et al., The Road Less Scheduled, NeurIPS 2024",
    teaches="The average glides where Adam's own steps would still jitter, at a rate that never decays.",
    twin=twin,
    builds_on=("schedule_free_sgd", "adam"),
    changes="It scales the hidden iterate's steps as Adam does, and lets the average stand in for Adam's momentum.",
    defaults="The momentum is the paper's 0.9, β₂ is Adam's.",
)
