"""Hypothesis strategies: experiments that must be accepted, over all that the catalogues hold."""

import math

from hypothesis import strategies as st

from catalogue import Allowed
from experiments import Experiment, Run
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from schedules import SCHEDULES

MOST_STEPS = 60
HUGE = 1e308
SLUGS = tuple(sorted(LANDSCAPES))
RULES = tuple(sorted(OPTIMIZERS))


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    """Finite floats in a range."""
    return st.floats(low, high, allow_nan=False, allow_infinity=False)


def corners(allowed: Allowed) -> tuple[float, ...]:
    """The least and the greatest number that is allowed; where there is no end, one near the largest that there are."""
    low = max(allowed.low, -HUGE)
    high = min(allowed.high, HUGE)
    return (
        math.nextafter(low, math.inf) if allowed.low_is_open else low,
        math.nextafter(high, -math.inf) if allowed.high_is_open else high,
    )


def anything_allowed(declared) -> st.SearchStrategy[dict[str, float]]:
    """Some of the declared hyperparameters, where their sliders go or at the very ends of what is allowed."""
    each = {
        name: st.sampled_from(corners(p.accepts)) | (st.nothing() if p.options else numbers(p.low, p.high))
        for name, p in declared.items()
    }
    return st.fixed_dictionaries({}, optional=each)


def parameters(declared) -> st.SearchStrategy[dict[str, float]]:
    """Some of the declared parameters, anywhere in their range."""
    each = {name: numbers(parameter.low, parameter.high) for name, parameter in declared.items()}
    return st.fixed_dictionaries({}, optional=each)


@st.composite
def runs(draw, optimizers=RULES) -> Run:
    """Any run of these rules and all schedules."""
    optimizer = draw(st.sampled_from(optimizers))
    schedule = draw(st.sampled_from(sorted(SCHEDULES)))
    return Run(
        optimizer,
        draw(anything_allowed(OPTIMIZERS[optimizer].hyperparameters)),
        schedule,
        draw(parameters(SCHEDULES[schedule].parameters)),
        clip_norm=draw(st.none() | numbers(1e-3, 1e3)),
        clip_value=draw(st.none() | numbers(1e-3, 1e3)),
    )


@st.composite
def experiments(draw, landscapes=SLUGS, optimizers=RULES) -> Experiment:
    """Any experiment of the catalogues, short."""
    landscape = draw(st.sampled_from(landscapes))
    (x_low, x_high), (y_low, y_high) = LANDSCAPES[landscape].view
    training = LANDSCAPES[landscape].training
    return Experiment(
        landscape,
        draw(parameters(LANDSCAPES[landscape].parameters)),
        start=draw(st.none() | st.tuples(numbers(x_low, x_high), numbers(y_low, y_high))),
        steps=draw(st.integers(1, MOST_STEPS)),
        runs=tuple(draw(st.lists(runs(optimizers), min_size=1, max_size=4))),
        seed=draw(st.integers(0, 2**32 - 1)),
        noise=draw(st.just(0.0) | numbers(0.0, 10.0)),
        batch_size=draw(st.none() | st.integers(1, len(training))) if training else None,
    )
