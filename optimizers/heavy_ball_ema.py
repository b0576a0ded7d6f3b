"""Momentum as a moving average: the velocity is a mean of gradients, not their sum."""

import optax

from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import MOMENTUM, Optimizer, learning_rate


def step(g, velocity, learning_rate, momentum):
    """Polyak 1964, in the convention of Adam's first moment, m ← βm + (1-β)g: steps of 1-β of the heavy ball's size."""
    velocity = momentum * velocity + (1 - momentum) * g  # m
    return {"velocity": velocity, "update": -learning_rate * velocity}


def twin(learning_rate, momentum):
    return optax.chain(optax.ema(momentum, debias=False), optax.scale_by_learning_rate(learning_rate))


heavy_ball_ema = Optimizer(
    slug="heavy_ball_ema",
    label="Momentum (moving average)",
    year=1964,
    make=by_hand(step, velocity=zeros),
    hyperparameters={"learning_rate": learning_rate(0.1), "momentum": MOMENTUM},
    formula=(
        r"\begin{aligned} m_t &= \beta\, m_{t-1} + (1 - \beta)\, g_t \\"
        r" \theta_{t+1} &= \theta_t - \eta\, m_t \end{aligned}"
    ),
    reference="Polyak, Some methods of speeding up the convergence of iteration methods, 1964",
    teaches="The same path as the heavy ball at a rate larger by 1/(1-β): mind which of the two a paper means.",
    twin=twin,
    builds_on=("momentum",),
    changes="It averages gradients in place of summing them, so that the rate keeps its size whatever β is.",
    defaults="The usual 0.9 averages about ten gradients; with ten times its rate it steps like the heavy ball.",
    stable_up_to=lambda learning_rate, momentum: 2 * (1 + momentum) / ((1 - momentum) * learning_rate),
)
