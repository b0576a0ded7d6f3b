"""L-BFGS: learns the curvature from the last steps, and searches along the direction that it suggests."""

from dataclasses import replace

import optax

from optimizers._adopted import with_keywords
from optimizers._optimizer import Optimizer, learning_rate
from optimizers._promise import RAVINE, Promise, lengths


def make(learning_rate):
    """Nocedal 1980 and Liu and Nocedal 1989, by optax.

    It keeps the last 10 steps, and searches for the strong Wolfe conditions from α = 1.
    """
    search = optax.scale_by_zoom_linesearch(20, max_learning_rate=learning_rate, initial_guess_strategy="one")
    return with_keywords(optax.lbfgs(linesearch=search), value="value", grad="grad", value_fn="value_fn")


def twin(learning_rate):
    search = optax.scale_by_zoom_linesearch(20, learning_rate, initial_guess_strategy="one")
    rule = optax.chain(optax.scale_by_lbfgs(memory_size=10), optax.scale(-1.0), search)
    return with_keywords(rule, value="value", grad="grad", value_fn="value_fn")


def arrives_in_ten_steps(run):
    plain = run(RAVINE, steps=10, rule="gradient_descent", learning_rate=0.05)
    return lengths(run(RAVINE, steps=10).positions[-1]) < 1e-10 and lengths(plain.positions[-1]) > 0.5


lbfgs = Optimizer(
    slug="lbfgs",
    label="L-BFGS",
    year=1980,
    make=make,
    hyperparameters={
        "learning_rate": replace(
            learning_rate(10.0),
            help="Only an upper limit for the line search: 1 is the full quasi-Newton step, 10 leaves room for longer ones.",
        )
    },
    formula=(
        r"\begin{aligned} s_t &= \theta_t - \theta_{t-1}, \quad y_t = g_t - g_{t-1} \\"
        r" B_t &\approx \nabla^2 f(\theta_t) \text{ from } (s_{t-9}, y_{t-9}), \dots, (s_t, y_t),"
        r" \quad B_t\, s_t = y_t \\"
        r" \theta_{t+1} &= \theta_t - \alpha_t\, B_t^{-1} g_t,"
        r" \quad \alpha_t \le \eta \text{ by line search from } 1 \end{aligned}"
    ),
    reference=(
        "Nocedal, Updating Quasi-Newton Matrices with Limited Storage, 1980;"
        " Liu and Nocedal, On the Limited Memory BFGS Method for Large Scale Optimization, 1989"
    ),
    teaches="It estimates the curvature from how the gradient changed over the last steps: almost Newton without its price.",
    twin=twin,
    builds_on=("newton", "line_search"),
    changes="It estimates the curvature from gradients, and searches along the line in place of trusting it.",
    defaults="The bound is set wide so that the line search decides, not the slider.",
    promises=(
        Promise(
            "In a ravine it arrives within ten steps, before plain descent has come halfway.", arrives_in_ten_steps
        ),
    ),
    separable=False,
)
