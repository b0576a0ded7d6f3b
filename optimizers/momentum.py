"""Momentum, heavy ball: the step is a velocity that gradients push and friction damps."""

import optax

from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import MOMENTUM, Elsewhere, Optimizer, learning_rate


def step(g, velocity, learning_rate, momentum):
    """Polyak 1964, in the convention of PyTorch and Sutskever et al. 2013: m ← βm + g, without a factor 1-β."""
    velocity = momentum * velocity + g  # m
    return {"velocity": velocity, "update": -learning_rate * velocity}


momentum = Optimizer(
    slug="momentum",
    label="Momentum (heavy ball)",
    year=1964,
    make=by_hand(step, velocity=zeros),
    hyperparameters={"learning_rate": learning_rate(0.01), "momentum": MOMENTUM},
    formula=r"\begin{aligned} m_t &= \beta\, m_{t-1} + g_t \\ \theta_{t+1} &= \theta_t - \eta\, m_t \end{aligned}",
    reference="Polyak, Some methods of speeding up the convergence of iteration methods, 1964",
    teaches="Velocity adds up along the valley and cancels across it, so it is fast, and it overshoots.",
    twin=optax.sgd,
    elsewhere={
        "torch": Elsewhere("torch.optim.SGD(points, lr=learning_rate, momentum=momentum)"),
        "keras": Elsewhere("keras.optimizers.SGD(learning_rate, momentum=momentum)", constant_rate=True),
    },
    builds_on=("gradient_descent",),
    changes="It adds up past gradients in a velocity, since plain descent creeps along narrow valleys.",
    defaults="The usual 0.9 adds up about ten gradients, hence a rate ten times below that of the moving average.",
    stable_up_to=lambda learning_rate, momentum: 2 * (1 + momentum) / learning_rate,
)
