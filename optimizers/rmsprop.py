"""RMSprop: Adagrad that forgets, so that its rates can recover."""

import jax.numpy as jnp
import optax

from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import EPSILON, Elsewhere, Optimizer, decay_rate, learning_rate
from optimizers._symbols import Symbol


def step(g, nu, learning_rate, decay, eps):
    """Hinton 2012, lecture 6e; ε stands outside the root, as in PyTorch."""
    nu = decay * nu + (1 - decay) * g**2  # v
    return {"nu": nu, "update": -learning_rate * g / (jnp.sqrt(nu) + eps)}


def twin(learning_rate, decay, eps):
    return optax.rmsprop(learning_rate, decay=decay, eps=eps, eps_in_sqrt=False)


rmsprop = Optimizer(
    slug="rmsprop",
    label="RMSprop",
    year=2012,
    make=by_hand(step, nu=zeros),
    hyperparameters={
        "learning_rate": learning_rate(0.01),
        "decay": decay_rate(0.9, r"\rho", "How long squared gradients are averaged: 0.9 looks back about 10 steps."),
        "eps": EPSILON,
    },
    formula=(
        r"\begin{aligned} v_t &= \rho\, v_{t-1} + (1 - \rho)\, g_t^2 \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{v_t} + \epsilon}\, g_t \end{aligned}"
    ),
    symbols={"nu": Symbol("v_t", "average of squares")},
    reference="Tieleman and Hinton, Neural Networks for Machine Learning, lecture 6e, 2012",
    teaches="Steps have about the same length everywhere, so it crosses plateaus, and jitters at the minimum.",
    twin=twin,
    elsewhere={
        "torch": Elsewhere("torch.optim.RMSprop(points, lr=learning_rate, alpha=decay, eps=eps)"),
        "keras": Elsewhere("keras.optimizers.RMSprop(learning_rate, rho=decay, epsilon=eps**2)"),
    },
    builds_on=("rprop", "adagrad"),
    changes=(
        "It averages squares briefly: rates recover, unlike Adagrad's, and batches don't mislead it as they do Rprop."
    ),
    defaults="The decay of 0.9 is from Hinton's slide; the slide has no ε, and 1e-8 is PyTorch's.",
)
