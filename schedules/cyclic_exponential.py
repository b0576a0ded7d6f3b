"""Cyclic rates whose triangles shrink evenly, step by step: Smith's exp_range."""

from catalogue import Parameter
from schedules._schedule import Schedule
from schedules.cyclic import CYCLES, FOOT, cycles_done, height


def multiplier(step, steps, cycles, decay_rate, alpha):
    done = cycles_done(step, steps, cycles)
    return alpha + (1 - alpha) * height(done) * decay_rate**done


cyclic_exponential = Schedule(
    slug="cyclic_exponential",
    label="Cyclic, exponential",
    multiplier=multiplier,
    parameters={
        "cycles": CYCLES,
        "decay_rate": Parameter(
            default=0.5,
            low=0.01,
            high=1.0,
            symbol=r"\gamma",
            help="How high each triangle is as a share of the one before; 1 is the plain cyclic schedule.",
        ),
        "alpha": FOOT,
    },
    formula=(
        r"\begin{aligned} \eta_t &= \eta\left(\alpha + (1 - \alpha)\, \gamma^{s_t}"
        r"\left(1 - \left|(2 s_t \bmod 2) - 1\right|\right)\right) \\ s_t &= \tfrac{c\, t}{T} \end{aligned}"
    ),
    reference="Smith, Cyclical Learning Rates for Training Neural Networks, WACV 2017, exp_range",
    teaches="Within a triangle, too, the rate falls: the way down is a little steeper than the way up.",
    twin=None,
)
