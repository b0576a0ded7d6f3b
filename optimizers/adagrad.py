"""Adagrad: each coordinate's rate shrinks with the gradients that it has already seen."""

from dataclasses import replace

import jax.numpy as jnp
import optax

from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import EPSILON, Elsewhere, Optimizer, learning_rate
from optimizers._symbols import Symbol


def step(g, sum_of_squares, learning_rate, eps):
    """Duchi et al. 2011, equation 1 with diagonal G; G starts at 0 and ε stands outside the root, as in PyTorch."""
    sum_of_squares = sum_of_squares + g**2  # G
    update = -learning_rate * g / (jnp.sqrt(sum_of_squares) + eps)
    return {"sum_of_squares": sum_of_squares, "update": update}


def twin(learning_rate, eps):
    # optax adds its ε inside the root; √(G + ε²) and √G + ε agree as long as ε is far below √G.
    return optax.adagrad(learning_rate, initial_accumulator_value=0.0, eps=eps**2)


adagrad = Optimizer(
    slug="adagrad",
    label="Adagrad",
    year=2011,
    make=by_hand(step, sum_of_squares=zeros),
    hyperparameters={"learning_rate": learning_rate(0.5), "eps": replace(EPSILON, default=1e-10, low=1e-16)},
    formula=(
        r"\begin{aligned} G_t &= G_{t-1} + g_t^2 \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{G_t} + \epsilon}\, g_t \end{aligned}"
    ),
    symbols={"sum_of_squares": Symbol("G_t", "sum of squares")},
    reference="Duchi, Hazan and Singer, Adaptive Subgradient Methods, JMLR 2011",
    teaches="Every coordinate gets its own rate, and all rates only ever fall, so it can stop too early.",
    twin=twin,
    elsewhere={
        "torch": Elsewhere("torch.optim.Adagrad(points, lr=learning_rate, eps=eps)"),
        "keras": Elsewhere("keras.optimizers.Adagrad(learning_rate, initial_accumulator_value=0.0, epsilon=eps**2)"),
    },
    builds_on=("gradient_descent",),
    changes=(
        "It divides each coordinate by the root of its summed squares, so that rare and small slopes count as well."
    ),
    defaults="The rate is large since the growing sum only ever shrinks it; that sum starts at zero, as in the paper.",
)
