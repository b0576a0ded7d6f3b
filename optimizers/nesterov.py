"""Nesterov's accelerated gradient: momentum that looks ahead before it steps."""

import optax

from catalogue import POSITIVE
from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import MOMENTUM, Elsewhere, Optimizer, learning_rate


def step(g, velocity, learning_rate, momentum):
    """Nesterov 1983, in the form of Sutskever et al. 2013: θ is the point ahead, at which the gradient is taken."""
    velocity = momentum * velocity + g  # m
    return {"velocity": velocity, "update": -learning_rate * (momentum * velocity + g)}


def twin(learning_rate, momentum):
    return optax.sgd(learning_rate, momentum=momentum, nesterov=True)


nesterov = Optimizer(
    slug="nesterov",
    label="Nesterov momentum",
    year=1983,
    make=by_hand(step, velocity=zeros),
    hyperparameters={"learning_rate": learning_rate(0.01), "momentum": MOMENTUM},
    formula=(
        r"\begin{aligned} m_t &= \beta\, m_{t-1} + g_t \\"
        r" \theta_{t+1} &= \theta_t - \eta\,(\beta\, m_t + g_t) \end{aligned}"
    ),
    reference="Nesterov, A method of solving a convex programming problem with convergence rate O(1/k²), 1983",
    teaches="Looking at the slope ahead brakes before the turn, so it overshoots less than the heavy ball.",
    twin=twin,
    elsewhere={
        "torch": Elsewhere(
            "torch.optim.SGD(points, lr=learning_rate, momentum=momentum, nesterov=True)", only={"momentum": POSITIVE}
        ),
        "keras": Elsewhere("keras.optimizers.SGD(learning_rate, momentum=momentum, nesterov=True)", constant_rate=True),
    },
    builds_on=("momentum",),
    changes="It takes the slope where the velocity will carry it, to brake before a turn and not after it.",
    defaults="It is 0.9 as with the heavy ball, so that only the place of the gradient differs between the two.",
    stable_up_to=lambda learning_rate, momentum: 2 * (1 + momentum) / ((1 + 2 * momentum) * learning_rate),
)
