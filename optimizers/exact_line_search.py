"""Steepest descent with exact line search: down the slope to the lowest point along it, and only then another way."""

from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np

from optimizers._by_hand import by_hand
from optimizers._optimizer import Optimizer, learning_rate
from optimizers._promise import BUMPS, HILLS, TURNED_RAVINE, VALLEY, Promise, lengths
from optimizers._symbols import Symbol

TRIALS = 100  # doublings, then halvings down to the last digit
LAST_DIGIT = 4e-16


def step(g, theta, value, learning_rate, value_fn):
    """Cauchy 1847: the step doubles until the loss no longer falls, and what lies between is halved to the last digit.

    Where the loss rises and falls along the line, this is the first minimum that doubling does not step over.
    """

    def goes_on(search):
        trial, low, _, high = search
        return (trial < TRIALS) & jnp.where(jnp.isinf(high), low < learning_rate, high - low > LAST_DIGIT * high)

    def look(search):
        trial, low, floor, high = search  # the loss falls at low, and no longer at high
        doubles = jnp.isinf(high)
        doubled = jnp.where(low > 0, jnp.minimum(2 * low, learning_rate), learning_rate / 1024)
        size = jnp.where(doubles, doubled, low + (high - low) / 2)
        loss, slope = jax.jvp(value_fn, (theta - size * g,), (-g,))
        falls = (slope < 0) & (loss <= floor)
        floor = jnp.where(falls & doubles, loss, floor)  # near the lowest point, losses differ by rounding alone
        return trial + 1, jnp.where(falls, size, low), floor, jnp.where(falls, high, size)

    _, factor, *_ = jax.lax.while_loop(goes_on, look, (0, jnp.zeros_like(value), value, jnp.full_like(value, jnp.inf)))
    return {"factor": factor, "update": -factor * g}


def turns_at_right_angles(run):
    """Unless the way was cut short."""
    return all(stands_upright(run(ground, learning_rate=100.0, steps=30)) for ground in (TURNED_RAVINE, HILLS))


def stands_upright(path):
    gradients = path.gradients[lengths(path.gradients) > 1e-5]
    cosines = np.sum(gradients[1:] * gradients[:-1], axis=1) / lengths(gradients[1:]) / lengths(gradients[:-1])
    return len(cosines) > 3 and np.abs(cosines).max() < 1e-6


def never_climbs(run):
    paths = [run(ground, learning_rate=rate) for ground in (VALLEY, HILLS, BUMPS) for rate in (1e-3, 0.1, 10.0)]
    return all(np.all(np.diff(path.losses) <= 0) and path.losses[-1] < path.losses[0] for path in paths)


exact_line_search = Optimizer(
    slug="exact_line_search",
    label="Gradient descent, exact line search",
    year=1847,
    make=by_hand(step),
    hyperparameters={
        "learning_rate": replace(
            learning_rate(1.0),
            help="Only an upper limit: no factor on the slope above it is tried, and the search usually ends below it.",
        )
    },
    formula=(
        r"\begin{aligned} \alpha_t &= \arg\min_{0 \le \alpha \le \eta} f(\theta_t - \alpha\, g_t) \\"
        r" \theta_{t+1} &= \theta_t - \alpha_t\, g_t \end{aligned}"
    ),
    symbols={"factor": Symbol(r"\alpha_t", "factor on the slope")},
    reference="Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées, 1847",
    teaches="Every step ends where the next slope is at right angles to it, so even the best steps zigzag down a ravine.",
    twin=None,
    builds_on=("gradient_descent",),
    changes="It goes as far along each slope as the loss falls, which takes many evaluations of the loss for one step.",
    defaults="The limit of 1 is far beyond what the search finds on most surfaces here.",
    separable=False,
    promises=(
        Promise("Each slope is at right angles to the one before.", turns_at_right_angles),
        Promise("Whatever the limit, the loss never rises.", never_climbs),
    ),
)
