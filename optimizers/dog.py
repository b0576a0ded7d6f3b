"""DoG: the rate is the distance covered over the length of all gradients."""

from dataclasses import replace

import numpy as np
import optax

from catalogue import POSITIVE
from optimizers._optimizer import EPSILON, Optimizer, learning_rate
from optimizers._promise import HILLS, Promise, close, lengths
from optimizers._symbols import Symbol


def make(learning_rate, first, eps):
    """Ivgi et al. 2023, equation 1, by optax, without averaging the iterates; first distance α(1 + ‖θ₀‖)."""
    return optax.contrib.dog(learning_rate, init_step=("heuristic", first), eps=eps)


def measures_its_way(run):
    path = run(HILLS, learning_rate=0.7, first=0.03)
    first = 0.03 * (1 + lengths(path.positions[0]))
    reach = np.maximum.accumulate(np.maximum(lengths(path.positions - path.positions[0]), first))
    rates = 0.7 * reach[:-1] / np.sqrt(np.cumsum(lengths(path.gradients) ** 2))
    return close(path.updates, -rates[:, None] * path.gradients, 1e-6)


dog = Optimizer(
    slug="dog",
    label="DoG (distance over gradients)",
    year=2023,
    make=make,
    hyperparameters={
        "learning_rate": replace(learning_rate(1.0), help="A factor on the rate that it finds by itself."),
        "first": replace(
            EPSILON,
            default=1e-2,
            low=1e-8,
            symbol=r"\alpha",
            allowed=POSITIVE,
            help="The distance it starts from as if it had covered it: too small costs steps, too large overshoots.",
        ),
        "eps": EPSILON,
    },
    formula=(
        r"\begin{aligned} r_t &= \max\left(r_{t-1},\, \lVert \theta_t - \theta_0 \rVert\right),"
        r" \quad \text{from } \alpha\,(1 + \lVert \theta_0 \rVert) \\"
        r" G_t &= G_{t-1} + \lVert g_t \rVert^2 \\"
        r" \theta_{t+1} &= \theta_t - \eta\, \frac{r_t}{\sqrt{G_t + \epsilon}}\, g_t \end{aligned}"
    ),
    shows=("max_dist", "sum_sq_norm_grads"),
    symbols={
        "max_dist": Symbol("r_t", "farthest from the start"),
        "sum_sq_norm_grads": Symbol("G_t", "sum of squared lengths"),
    },
    reference="Ivgi, Hinder and Carmon, DoG is SGD's Best Friend: A Parameter-Free Dynamic Step Size Schedule, ICML 2023",
    teaches="The further it has come, the longer its steps; the more slope it has met, the shorter.",
    twin=lambda learning_rate, first, eps: optax.contrib.dog(learning_rate, ("heuristic", first), eps),
    builds_on=("adagrad",),
    changes="It puts the distance covered in place of Adagrad's rate, so that no rate has to be found by trying.",
    defaults="The rate is 1 by design; the first distance is above the paper's 1e-6, so that its growth can be seen.",
    promises=(Promise("The rate is the distance covered over the root of all squared gradients.", measures_its_way),),
    separable=False,
)
