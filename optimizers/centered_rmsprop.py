"""Centered RMSprop: scales by how much the gradient varies, not by how large it is."""

from dataclasses import replace

import jax.numpy as jnp
import numpy as np

from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import EPSILON, Elsewhere, Optimizer, decay_rate, learning_rate
from optimizers._promise import HILLS, Promise, close, decayed_sum
from optimizers._symbols import Symbol


def step(g, mu, variance, learning_rate, decay, eps):
    """Graves 2013, equations 38 to 41, without the momentum of 0.9 in its step; ε stands outside the root, as in PyTorch.

    The variance is updated by itself. It equals the mean square less m², which would lose its digits where gradients
    hardly vary, and could turn out negative.
    """
    variance = decay * (variance + (1 - decay) * (g - mu) ** 2)  # v
    mu = decay * mu + (1 - decay) * g  # m
    mean_square = variance + mu**2
    update = -learning_rate * g / (jnp.sqrt(variance) + eps)
    return {"variance": variance, "mu": mu, "mean_square": mean_square, "update": update}


def keeps_the_variance(run):
    path = run(HILLS, decay=0.8)
    square, mean = (0.2 * decayed_sum(values, 0.8) for values in (path.gradients**2, path.gradients))
    scale = np.sqrt(square - mean**2) + 0.01
    return close(path.states["variance"], square - mean**2, 1e-6) and close(
        path.updates, -0.01 * path.gradients / scale, 1e-6
    )


centered_rmsprop = Optimizer(
    slug="centered_rmsprop",
    label="RMSprop, centered",
    year=2013,
    make=by_hand(step, mu=zeros, variance=zeros),
    hyperparameters={
        "learning_rate": learning_rate(0.01),
        "decay": decay_rate(0.95, r"\rho", "How long gradients and their variance are averaged."),
        "eps": replace(EPSILON, default=1e-2, help="Bounds the step where the gradient hardly varies: at most ηg/ε."),
    },
    formula=(
        r"\begin{aligned} v_t &= \rho \left(v_{t-1} + (1 - \rho)(g_t - m_{t-1})^2\right) \\"
        r" m_t &= \rho\, m_{t-1} + (1 - \rho)\, g_t \\"
        r" \theta_{t+1} &= \theta_t - \frac{\eta}{\sqrt{v_t} + \epsilon}\, g_t,"
        r" \quad \overline{g^2}_t = v_t + m_t^2 \end{aligned}"
    ),
    symbols={
        "variance": Symbol("v_t", "variance of the gradients"),
        "mu": Symbol("m_t", "average of gradients"),
        "mean_square": Symbol(r"\overline{g^2}_t", "average of squares"),
    },
    reference="Graves, Generating Sequences With Recurrent Neural Networks, 2013",
    teaches="On an even slope nothing varies, so it speeds up until the slope changes.",
    twin=None,
    elsewhere={
        "torch": Elsewhere("torch.optim.RMSprop(points, lr=learning_rate, alpha=decay, eps=eps, centered=True)")
    },
    builds_on=("rmsprop",),
    changes="It takes the mean out of the mean square, so that a steady slope no longer slows it down.",
    defaults="The decay is the paper's; ε stands outside the root here, so it is the root of the paper's 0.0001.",
    promises=(Promise("Its scale is the mean square of the gradients less their squared mean.", keeps_the_variance),),
)
