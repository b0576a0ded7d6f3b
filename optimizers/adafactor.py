"""Adafactor: RMSprop with ever longer memory, and steps relative to the weights."""

import numpy as np
import optax

from catalogue import NOT_NEGATIVE, POSITIVE, Parameter
from optimizers._optimizer import Optimizer, learning_rate
from optimizers._promise import HILLS, Promise, close, lengths
from optimizers._symbols import Symbol


def make(learning_rate, decay, clip):
    """Shazeer and Stern 2018, algorithm 4, by optax: a vector's second moment isn't factored; RMS(θ) is at least 10⁻³."""
    return optax.adafactor(learning_rate, decay_rate=decay, clipping_threshold=clip)


def grows_its_memory(run):
    path = run(HILLS, learning_rate=0.05, decay=0.7, clip=0.6)
    square, expected = np.zeros(2), []
    for index, (gradient, place) in enumerate(zip(path.gradients, path.positions, strict=False)):
        newest = (index + 1.0) ** -0.7
        square = (1 - newest) * square + newest * gradient**2
        scaled = gradient / np.sqrt(square)
        size = max(1e-3, np.sqrt(np.mean(place**2)))
        expected.append(-0.05 * size * scaled / max(1, np.sqrt(np.mean(scaled**2)) / 0.6))
    return close(path.updates, expected)


def moves_by_its_share(run):
    path = run(HILLS, learning_rate=0.05, clip=0.6)
    shares = lengths(path.updates) / lengths(path.positions[:-1])
    return 0.05 * 0.59 < shares.max() <= 0.05 * 0.6 * (1 + 1e-9)


adafactor = Optimizer(
    slug="adafactor",
    label="Adafactor",
    year=2018,
    make=make,
    hyperparameters={
        "learning_rate": learning_rate(0.02),
        "decay": Parameter(
            default=0.8,
            low=0.0,
            high=0.9999,
            symbol="c",
            allowed=NOT_NEGATIVE,
            help="How fast the memory of squares grows: at 0 only the newest counts.",
        ),
        "clip": Parameter(
            default=1.0,
            low=0.1,
            high=10.0,
            symbol="d",
            log=True,
            allowed=POSITIVE,
            help="The largest root mean square of a scaled gradient.",
        ),
    },
    formula=(
        r"\begin{aligned} v_t &= (1 - t^{-c})\, v_{t-1} + t^{-c}\, g_t^2, \quad u_t = \frac{g_t}{\sqrt{v_t}} \\"
        r" \theta_{t+1} &= \theta_t - \eta\, \max(10^{-3},\, \mathrm{RMS}(\theta_t))\,"
        r" \frac{u_t}{\max(1,\, \mathrm{RMS}(u_t) / d)}"
        r" \end{aligned}"
    ),
    shows=("v",),
    symbols={"v": Symbol("v_t", "mean square")},
    reference="Shazeer and Stern, Adafactor: Adaptive Learning Rates with Sublinear Memory Cost, ICML 2018",
    teaches="Steps are a share of the weights' own size, so one rate serves large and small weights alike.",
    twin=lambda learning_rate, decay, clip: optax.adafactor(learning_rate, decay_rate=decay, clipping_threshold=clip),
    builds_on=("adam",),
    changes="It drops Adam's momentum, lets the memory grow with time and steps relative to the weights, to save memory.",
    defaults="Decay exponent and clipping threshold are the paper's.",
    promises=(
        Promise("The mean of squares is over ever more steps, and its root scales each gradient.", grows_its_memory),
        Promise("No step is more than its share of the weights' own size.", moves_by_its_share),
    ),
    separable=False,
)
