"""Fromage: steps relative to the size of the weights, and weights that can't grow by stepping."""

from dataclasses import replace

import jax.numpy as jnp
import optax

from optimizers._optimizer import Optimizer, learning_rate
from optimizers._promise import Ground, Promise, close, lengths


def make(learning_rate):
    """Bernstein et al. 2020, algorithm 1, by optax, for one layer; norms below 10⁻⁶ count as 10⁻⁶."""
    return optax.fromage(learning_rate)


def keeps_its_distance(run):
    around = Ground(lambda position: jnp.arctan2(position[1], position[0]), (1.0, 0.4))
    positions = run(around, learning_rate=0.03).positions
    return close(lengths(positions), lengths(positions[0]), 1e-12) and lengths(positions[-1] - positions[0]) > 1


fromage = Optimizer(
    slug="fromage",
    label="Fromage",
    year=2020,
    make=make,
    hyperparameters={
        "learning_rate": replace(
            learning_rate(0.01), help="The share of its distance from the origin that a step goes."
        )
    },
    formula=(
        r"\theta_{t+1} = \frac{1}{\sqrt{1 + \eta^2}}"
        r" \left(\theta_t - \eta\, \frac{\lVert \theta_t \rVert}{\lVert g_t \rVert}\, g_t\right)"
    ),
    reference="Bernstein et al., On the distance between two neural networks and the stability of learning, NeurIPS 2020",
    teaches="It turns the weights more than it stretches them, and its pull toward the origin never lets it rest elsewhere.",
    twin=optax.fromage,
    builds_on=("lars",),
    changes="It drops the momentum and divides by √(1+η²), so that steps across the weights don't make them grow.",
    defaults="0.01 is what the paper used for all its tasks.",
    promises=(
        Promise(
            "Where the slope leads across, it goes round and its distance from the origin stays the same.",
            keeps_its_distance,
        ),
    ),
    separable=False,
)
