"""Sign descent: only the direction of the slope counts, not its size."""

import jax.numpy as jnp
import optax

from optimizers._lines import step
from optimizers._optimizer import Optimizer, learning_rate


def make(learning_rate):
    """Bernstein et al. 2018, algorithm 1."""

    def init(position):
        del position
        return optax.EmptyState()

    def update(gradient, state, position=None, **extra):
        return -learning_rate * jnp.sign(gradient), state

    return optax.GradientTransformationExtraArgs(init, update)


signsgd = Optimizer(
    slug="signsgd",
    label="Sign descent",
    year=2018,
    make=make,
    hyperparameters={"learning_rate": learning_rate(0.01)},
    formula=(r"\theta_{t+1} = \theta_t - \eta\,\mathrm{sign}(g_t)"),
    shows=(),
    lines={"update": step(lambda learning_rate, g: -learning_rate * jnp.sign(g))},
    reference="Bernstein et al., signSGD: Compressed Optimisation for Non-Convex Problems, ICML 2018",
    teaches="It crosses a plateau as fast as a cliff, and jumps to and fro at the bottom.",
    twin=optax.sign_sgd,
    builds_on=("rprop",),
    changes=(
        "It drops Rprop's growing and shrinking steps and keeps the sign, the one bit that workers need to exchange."
    ),
    defaults="The rate is the length of every step in each direction, so it decides how closely the iterate can settle.",
)
