"""Gradient descent with backtracking: tries a step, and shortens it until the loss has fallen enough."""

from dataclasses import replace

import numpy as np
import optax

from catalogue import Allowed, Parameter
from optimizers._adopted import with_keywords
from optimizers._optimizer import Optimizer, learning_rate
from optimizers._promise import BUMPS, HILLS, VALLEY, Promise, lengths


def make(learning_rate, shrink, slope):
    """Armijo 1966, by optax; a step is tried at half as much again as the last that was taken, at most at the full rate."""
    search = optax.scale_by_backtracking_linesearch(
        max_backtracking_steps=60, slope_rtol=slope, decrease_factor=shrink, increase_factor=1.5
    )
    return with_keywords(optax.chain(optax.sgd(learning_rate), search), value="value", grad="grad", value_fn="value_fn")


def twin(learning_rate, shrink, slope):
    search = optax.scale_by_backtracking_linesearch(60, slope, shrink, 1.5, max_learning_rate=learning_rate)
    return with_keywords(optax.chain(optax.sgd(1.0), search), value="value", grad="grad", value_fn="value_fn")


def never_climbs(run):
    """At any rate, and over any ground."""
    return all(
        falls_as_promised(run, ground, rate) for ground in (VALLEY, HILLS, BUMPS) for rate in (1e-3, 0.1, 10.0, 1e3)
    )


def falls_as_promised(run, ground, rate):
    path = run(ground, steps=80, learning_rate=rate, shrink=0.6, slope=0.2)
    promised = 0.2 * np.sum(path.updates * path.gradients, axis=1)
    falls = path.losses[1:] <= path.losses[:-1] + promised + 1e-12 * np.abs(path.losses[:-1])
    within = lengths(path.updates) <= rate * lengths(path.gradients) * (1 + 1e-12)
    return np.all(promised <= 0) and np.all(falls) and np.all(within)


BETWEEN = Allowed(0.0, 1.0, low_is_open=True, high_is_open=True)

line_search = Optimizer(
    slug="line_search",
    label="Gradient descent, line search",
    year=1966,
    make=make,
    hyperparameters={
        "learning_rate": replace(
            learning_rate(1.0),
            help="Only an upper limit: no factor on the slope above it is tried, and the search often takes less.",
        ),
        "shrink": Parameter(
            default=0.8,
            low=0.1,
            high=0.95,
            symbol=r"\rho",
            allowed=BETWEEN,
            help="The factor on a step that was too long: a small one finds a good length with fewer trials.",
        ),
        "slope": Parameter(
            default=1e-4,
            low=1e-8,
            high=0.5,
            symbol="c",
            log=True,
            allowed=BETWEEN,
            help="The share of the fall promised by the slope that a step has to achieve.",
        ),
    },
    formula=(
        r"\begin{aligned} \alpha_t &= \text{the first of } \alpha,\, \rho\alpha,\, \rho^2\alpha,\, \dots"
        r" \text{ with } f(\theta_t - \alpha_t\, g_t) \le f(\theta_t) - c\, \alpha_t \lVert g_t \rVert^2,"
        r" \quad \alpha = \min(1.5\, \alpha_{t-1},\, \eta) \\"
        r" \theta_{t+1} &= \theta_t - \alpha_t\, g_t \end{aligned}"
    ),
    shows=(),
    reference="Armijo, Minimization of functions having Lipschitz continuous first partial derivatives, 1966",
    teaches="Without noise it never climbs, whatever the rate, since it looks at the loss before it steps.",
    twin=twin,
    builds_on=("gradient_descent",),
    changes="It tests each step on the loss and shortens it, so that no rate has to be found by trying.",
    defaults="The slope's share of 0.0001 is the usual one (Nocedal and Wright, section 3.1), the factor 0.8 is optax's.",
    promises=(
        Promise(
            "Whatever the rate, the loss never rises, and falls by the share of the slope that was asked for.",
            never_climbs,
        ),
    ),
    separable=False,
)
