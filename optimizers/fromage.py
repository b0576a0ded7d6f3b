"""Fromage: steps relative to the size of the weights, and weights that can't grow by stepping."""

from dataclasses import replace

import jax.numpy as jnp
import numpy as np
import optax

from optimizers._by_hand import by_hand
from optimizers._optimizer import Optimizer, learning_rate
from optimizers._promise import SLOPE, Ground, Promise, close, lengths
from optimizers._symbols import Symbol


def step(g, theta, learning_rate):
    """Bernstein et al. 2020, algorithm 1, for one layer; where the weights are 0 a plain step, as in the authors' code."""
    size, slope = jnp.linalg.norm(theta), jnp.linalg.norm(g)
    ratio = jnp.where((size > 0) & (slope > 0), size / slope, 1.0)  # ρ
    update = (theta - learning_rate * ratio * g) / jnp.hypot(1.0, learning_rate) - theta
    return {"ratio": ratio, "update": update}


def leaves_the_origin(run):
    return close(run(SLOPE, steps=1, learning_rate=0.03).updates[0] * np.hypot(1.0, 0.03), (-0.09, 0.006))


def keeps_its_distance(run):
    around = Ground(lambda position: jnp.arctan2(position[1], position[0]), (1.0, 0.4))
    positions = run(around, learning_rate=0.03).positions
    return close(lengths(positions), lengths(positions[0]), 1e-12) and lengths(positions[-1] - positions[0]) > 1


fromage = Optimizer(
    slug="fromage",
    label="Fromage",
    year=2020,
    make=by_hand(step),
    hyperparameters={
        "learning_rate": replace(
            learning_rate(0.01), help="The share of its distance from the origin that a step goes."
        )
    },
    formula=(
        r"\begin{aligned} \theta_{t+1} &= \frac{1}{\sqrt{1 + \eta^2}} \left(\theta_t - \eta\, \rho_t\, g_t\right) \\"
        r" \rho_t &= \begin{cases} \lVert \theta_t \rVert / \lVert g_t \rVert"
        r" & \lVert \theta_t \rVert \lVert g_t \rVert > 0 \\ 1 & \text{otherwise} \end{cases} \end{aligned}"
    ),
    symbols={"ratio": Symbol(r"\rho_t", "size of the weights over the slope's")},
    reference="Bernstein et al., On the distance between two neural networks and the stability of learning, NeurIPS 2020",
    teaches="It turns the weights rather than stretching them, and its pull toward the origin lets it rest nowhere else.",
    twin=optax.fromage,
    builds_on=("lars",),
    changes="It drops the momentum and divides by √(1+η²), so that steps across the weights don't make them grow.",
    defaults="0.01 is what the paper used for all its tasks.",
    promises=(
        Promise(
            "Where the slope leads across, it goes round and its distance from the origin stays the same.",
            keeps_its_distance,
        ),
        Promise("Where the weights are 0 it takes a plain step.", leaves_the_origin),
    ),
    separable=False,
)
