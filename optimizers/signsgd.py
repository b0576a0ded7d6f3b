"""Sign descent: only the direction of the slope counts, not its size."""

import jax.numpy as jnp
import optax

from optimizers._by_hand import by_hand
from optimizers._optimizer import Optimizer, learning_rate


def step(g, learning_rate):
    """Bernstein et al. 2018, algorithm 1."""
    return {"update": -learning_rate * jnp.sign(g)}


signsgd = Optimizer(
    slug="signsgd",
    label="Sign descent",
    year=2018,
    make=by_hand(step),
    hyperparameters={"learning_rate": learning_rate(0.01)},
    formula=(r"\theta_{t+1} = \theta_t - \eta\,\mathrm{sign}(g_t)"),
    reference="Bernstein et al., signSGD: Compressed Optimisation for Non-Convex Problems, ICML 2018",
    teaches="It crosses a plateau as fast as a cliff, and jumps back and forth at the bottom.",
    twin=optax.sign_sgd,
    builds_on=("rprop",),
    changes=(
        "It drops Rprop's growing and shrinking steps and keeps the sign, the one bit that workers need to exchange."
    ),
    defaults="The rate is the length of every step in each direction, so it decides how closely the iterate can settle.",
)
