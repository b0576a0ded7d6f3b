"""Gradient descent: one step against the gradient, in proportion to it."""

import optax

from optimizers._by_hand import by_hand
from optimizers._optimizer import Elsewhere, Optimizer, learning_rate


def step(g, learning_rate):
    """Cauchy 1847: θ ← θ - η g. It has no memory, so it has no state."""
    return {"update": -learning_rate * g}


gradient_descent = Optimizer(
    slug="gradient_descent",
    label="Gradient descent",
    year=1847,
    make=by_hand(step),
    hyperparameters={"learning_rate": learning_rate(0.01)},
    formula=r"\theta_{t+1} = \theta_t - \eta\, g_t",
    reference="Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées, 1847",
    teaches="The step is proportional to the slope: long on walls, tiny on flat ground.",
    twin=optax.sgd,
    elsewhere={
        "torch": Elsewhere("torch.optim.SGD(points, lr=learning_rate)"),
        "keras": Elsewhere("keras.optimizers.SGD(learning_rate)"),
    },
    defaults="No paper sets one: it has to stay below two over the largest curvature, which is different on every surface.",
    stable_up_to=lambda learning_rate: 2 / learning_rate,
)
