"""SAM: descends with the gradient of the worst place nearby, and so away from sharp minima."""

from dataclasses import replace

import jax.numpy as jnp
import optax

from catalogue import NOT_NEGATIVE
from optimizers._by_hand import by_hand, zeros
from optimizers._optimizer import LEARNING_RATE, Optimizer, learning_rate
from optimizers._promise import CURVATURES, RAVINE, Promise, close, lengths
from optimizers._symbols import Symbol


def step(g, theta, learning_rate, radius, grad_fn):
    """Foret et al. 2021, algorithm 1, with gradient descent as the rule that takes the step. Two gradients a step."""
    norm = jnp.linalg.norm(g)
    uphill = radius * g / jnp.where(norm > 0, norm, 1.0)  # nowhere from where there is no slope
    slope = grad_fn(theta + uphill)
    return {"uphill": uphill, "slope": slope, "update": -learning_rate * slope}


def twin(learning_rate, radius):
    ascent = optax.chain(optax.contrib.normalize(), optax.sgd(radius))
    rule = optax.contrib.sam(optax.sgd(learning_rate), ascent, sync_period=2, opaque_mode=True)

    def update(gradient, state, position, *, grad_fn, **extra):
        return rule.update(gradient, state, position, grad_fn=lambda place, index: grad_fn(place))

    return optax.GradientTransformationExtraArgs(rule.init, update)


def takes_the_slope_uphill(run):
    before = run(RAVINE, learning_rate=0.01, radius=0.3)
    slopes = before.positions[:-1] * CURVATURES
    uphill = before.positions[:-1] + 0.3 * slopes / lengths(slopes)[:, None]
    return close(before.updates, -0.01 * CURVATURES * uphill)


sam = Optimizer(
    slug="sam",
    label="SAM",
    year=2020,
    make=by_hand(step, slope=zeros),
    hyperparameters={
        "learning_rate": replace(
            learning_rate(0.01),
            help="The factor on the slope found uphill; clipping shortens that slope, too.",
        ),
        "radius": replace(
            LEARNING_RATE,
            default=0.05,
            low=1e-4,
            high=10.0,
            symbol=r"\rho",
            allowed=NOT_NEGATIVE,
            help="How far uphill it looks: minima narrower than this don't hold it.",
        ),
    },
    formula=(
        r"\begin{aligned} \hat\epsilon_t &= \rho\, \frac{g_t}{\lVert g_t \rVert} \\"
        r" \theta_{t+1} &= \theta_t - \eta\, \nabla f(\theta_t + \hat\epsilon_t) \end{aligned}"
    ),
    symbols={
        "uphill": Symbol(r"\hat\epsilon_t", "way to the worst place nearby"),
        "slope": Symbol(r"\nabla f(\theta_t + \hat\epsilon_t)", "gradient there"),
    },
    reference="Foret et al., Sharpness-Aware Minimization for Efficiently Improving Generalization, ICLR 2021",
    teaches="In a sharp valley the slope just uphill throws it out, in a flat one it can stay.",
    twin=twin,
    builds_on=("gradient_descent",),
    changes="It takes the gradient where the loss nearby is worst, so that flat minima are preferred to sharp ones.",
    defaults="A radius of 0.05 is the paper's default.",
    separable=False,
    promises=(Promise("Every step is by the slope at one radius uphill.", takes_the_slope_uphill),),
)
