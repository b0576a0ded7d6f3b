"""Adafactor: RMSprop with ever longer memory, and steps relative to the weights."""

import optax

from catalogue import Parameter
from optimizers._optimizer import Optimizer, learning_rate


def make(learning_rate, decay, clip):
    """Shazeer and Stern 2018, algorithm 4, by optax: a vector's second moment isn't factored; RMS(θ) is at least 10⁻³."""
    return optax.adafactor(learning_rate, decay_rate=decay, clipping_threshold=clip)


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
            help="How fast the memory of squares grows: at 0 only the newest counts.",
        ),
        "clip": Parameter(
            default=1.0,
            low=0.1,
            high=10.0,
            symbol="d",
            log=True,
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
    reference="Shazeer and Stern, Adafactor: Adaptive Learning Rates with Sublinear Memory Cost, ICML 2018",
    teaches="Steps are a share of the weights' own size, so one rate serves large and small weights alike.",
    twin=lambda learning_rate, decay, clip: optax.adafactor(learning_rate, decay_rate=decay, clipping_threshold=clip),
    builds_on=("adam",),
    changes="It drops Adam's momentum, lets the memory grow with time and steps relative to the weights, to save memory.",
    defaults="Decay exponent and clipping threshold are the paper's.",
)
