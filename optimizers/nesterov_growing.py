"""Nesterov's acceleration with momentum k/(k+3): none at first, nearly all later, and no number to choose."""

import jax.numpy as jnp
import numpy as np

from catalogue import POSITIVE, Parameter
from optimizers._by_hand import by_hand
from optimizers._optimizer import Optimizer, learning_rate
from optimizers._promise import CURVATURES, RAVINE, Promise, lengths
from optimizers._symbols import Symbol


def step(g, theta, x, t, learning_rate, friction):
    """Su, Boyd and Candès 2014, equation 1: x steps downhill, and θ is where momentum carries it; k is t - 1."""
    before = x
    x = theta - learning_rate * g
    momentum = (t - 1) / (t - 1 + friction)
    update = x + momentum * (x - before) - theta
    return {"x": x, "momentum": momentum, "update": update}


def falls_as_fast_as_proved(run):
    """The theorem on convex surfaces, at the largest rate for which it is proved: one over the largest curvature."""
    rate, steps = 1 / CURVATURES.max(), np.arange(1, 201)
    x = run(RAVINE, steps=200, learning_rate=rate).states["x"]
    losses = (CURVATURES * x**2).sum(axis=1) / 2
    return np.all(losses <= 2 * lengths(np.array(RAVINE.start)) ** 2 / (rate * (steps + 1) ** 2)) and losses[-1] > 0


nesterov_growing = Optimizer(
    slug="nesterov_growing",
    label="Nesterov, momentum k/(k+3)",
    year=2014,
    make=by_hand(step, x=jnp.asarray),
    hyperparameters={
        "learning_rate": learning_rate(0.01),
        "friction": Parameter(
            default=3.0,
            low=1.0,
            high=20.0,
            symbol="r",
            allowed=POSITIVE,
            help="How slowly momentum grows: after k steps it is k/(k+r), and the theory asks for an r of 3 or more.",
        ),
    },
    formula=(
        r"\begin{aligned} x_t &= \theta_t - \eta\, g_t, \quad x_0 = \theta_1 \\"
        r" \mu_t &= \frac{t - 1}{t - 1 + r} \\"
        r" \theta_{t+1} &= x_t + \mu_t\, (x_t - x_{t-1}) \end{aligned}"
    ),
    symbols={"x": Symbol("x_t", "where the slope leads"), "momentum": Symbol(r"\mu_t", "momentum of this step")},
    reference="Su, Boyd and Candès, A Differential Equation for Modeling Nesterov's Accelerated Gradient Method, NIPS 2014",
    teaches="It swings round the minimum in ever smaller loops: fast where the valley is flat, with nothing to tune.",
    twin=None,
    builds_on=("nesterov",),
    changes="Its momentum grows from 0 toward 1, which is best without knowing how flat the valley is.",
    defaults="3 is the least for which the loss is proved to fall as 1/k²; the rate is that of the other momentum rules.",
    promises=(Promise("On a convex surface the loss falls at least as fast as 1/k².", falls_as_fast_as_proved),),
)
