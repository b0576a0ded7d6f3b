"""Cyclic rates whose triangles are half as high every time: Smith's triangular2."""

import numpy as np

from schedules._schedule import Schedule
from schedules.cyclic import CYCLES, FOOT, cycles_done, height


def multiplier(step, steps, cycles, alpha):
    done = cycles_done(step, steps, cycles)
    return alpha + (1 - alpha) * height(done) * 0.5 ** np.floor(done)


cyclic_halving = Schedule(
    slug="cyclic_halving",
    label="Cyclic, halving",
    multiplier=multiplier,
    parameters={"cycles": CYCLES, "alpha": FOOT},
    formula=(
        r"\begin{aligned} \eta_t &= \eta\left(\alpha + \frac{1 - \alpha}{2^{\lfloor s_t \rfloor}}"
        r"\left(1 - \left|(2 s_t \bmod 2) - 1\right|\right)\right) \\ s_t &= \tfrac{c\, t}{T} \end{aligned}"
    ),
    reference="Smith, Cyclical Learning Rates for Training Neural Networks, WACV 2017, triangular2",
    teaches="It searches with the first triangles and settles with the last ones, which hardly rise any more.",
    twin=None,
)
