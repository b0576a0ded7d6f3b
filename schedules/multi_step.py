"""Multi-step decay: the rate drops by a factor at chosen times."""

import numpy as np
import optax

from catalogue import Parameter
from schedules._schedule import Schedule


def multiplier(step, steps, first, second, decay_rate):
    step = np.asarray(step, float)
    drops = sum((step >= round(share * steps)).astype(float) for share in (first, second))
    return decay_rate**drops


def twin(steps, first, second, decay_rate):
    drops = [optax.piecewise_constant_schedule(1.0, {round(share * steps): decay_rate}) for share in (first, second)]
    return lambda step: drops[0](step) * drops[1](step)


def drop(share: float, symbol: str, which: str) -> Parameter:
    """The share of the run after which the rate drops."""
    return Parameter(
        default=share,
        low=0.0,
        high=1.0,
        symbol=symbol,
        help=f"The share of the run after which it drops the {which} time.",
    )


multi_step = Schedule(
    slug="multi_step",
    label="Multi-step decay",
    multiplier=multiplier,
    parameters={
        "first": drop(0.5, "a", "first"),
        "second": drop(0.75, "b", "second"),
        "decay_rate": Parameter(
            default=0.1,
            low=0.01,
            high=1.0,
            symbol=r"\gamma",
            help="The factor of each drop: 0.1 is a tenth of the rate.",
        ),
    },
    formula=(
        r"\eta_t = \eta\,\gamma^{k_t}, \quad k_t = \begin{cases} 0 & t < aT,\; t < bT \\"
        r" 2 & t \ge aT,\; t \ge bT \\ 1 & \text{otherwise} \end{cases}"
    ),
    reference="He et al., Deep Residual Learning for Image Recognition, CVPR 2016, section 4.2",
    teaches="A large rate is kept as long as it helps, and at each drop the loss falls at once, by the noise that it sheds.",
    twin=twin,
)
