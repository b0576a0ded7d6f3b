"""Schedule-free Adam: RMSprop's scale under an average of all iterates."""

from dataclasses import replace

import jax.numpy as jnp
import optax

from optimizers._adopted import at_the_average
from optimizers._by_hand import by_hand, zero, zeros
from optimizers._optimizer import EPSILON, SECOND_MOMENT_DECAY, Elsewhere, Optimizer
from optimizers._promise import Promise
from optimizers._symbols import Symbol
from optimizers.schedule_free_sgd import AVERAGING, HIDDEN_RATE, INTERPOLATION, is_the_weighted_mean


def step(theta, z, nu, weight, t, learning_rate, momentum, b2, eps, grad_fn):
    """Defazio et al. 2024, algorithm 1 without warm-up and decay. The position is x, the average."""
    y = (1 - momentum) * z + momentum * theta
    h = grad_fn(y)
    nu = b2 * nu + (1 - b2) * h**2  # v
    nu_hat = nu / (1 - b2**t)
    z = z - learning_rate * h / (jnp.sqrt(nu_hat) + eps)
    weight = weight + learning_rate**2  # w
    share = learning_rate**2 / jnp.where(weight > 0, weight, 1.0)  # c; nothing as long as all rates were 0
    update = share * (z - theta)
    return {
        "y": y, "slope": h, "nu": nu, "nu_hat": nu_hat, "z": z, "weight": weight, "share": share, "update": update
    }  # fmt: skip


def twin(learning_rate, momentum, b2, eps):
    rule = optax.contrib.schedule_free_adamw(learning_rate, b1=momentum, b2=b2, eps=eps)
    return at_the_average(rule, momentum)


schedule_free_adam = Optimizer(
    slug="schedule_free_adam",
    label="Schedule-free Adam",
    year=2024,
    make=by_hand(step, z=jnp.asarray, nu=zeros, weight=zero, slope=zeros),
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
        r" \quad w_t = w_{t-1} + \eta_t^2 \end{aligned}"
    ),
    symbols={**AVERAGING, "slope": Symbol("h_t", "gradient there")},
    reference="Defazio et al., The Road Less Scheduled, NeurIPS 2024",
    teaches="The average glides where Adam's own steps would still jitter, at a rate that never decays.",
    twin=twin,
    elsewhere={"optax": Elsewhere(constant_rate=True)},  # which weights by the largest rate so far
    builds_on=("schedule_free_sgd", "adam"),
    changes="It scales the hidden iterate's steps as Adam does, and lets the average stand in for Adam's momentum.",
    defaults="The momentum is the paper's 0.9, β₂ is Adam's.",
    promises=(
        Promise(
            "The path that is drawn is the mean of all hidden points, weighted by their squared rates.",
            is_the_weighted_mean,
        ),
    ),
)
