"""Inverse square root: constant at first, then as one over the root of the step."""

from dataclasses import replace

import numpy as np

from schedules._schedule import TRANSITION_STEPS, Schedule


def multiplier(step, steps, transition_steps):
    return np.sqrt(transition_steps / np.maximum(np.asarray(step, float), transition_steps))


inverse_sqrt = Schedule(
    slug="inverse_sqrt",
    label="Inverse square root",
    multiplier=multiplier,
    parameters={
        "transition_steps": replace(
            TRANSITION_STEPS,
            default=20.0,
            help="How many steps keep the full rate; after four times as many it is half.",
        )
    },
    formula=r"\eta_t = \eta\,\sqrt{\frac{k}{\max(t,\, k)}}",
    reference="Zinkevich, ICML 2003; in this form Raffel et al. (T5), JMLR 2020; with a rise, Vaswani et al., 2017",
    teaches="It needs no end: wherever the run stops, it has decayed about as much as a run of that length should.",
    twin=None,
)
