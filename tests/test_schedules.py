"""Every learning-rate schedule against its optax twin, and against numbers worked out by hand."""

import numpy as np
import pytest

import experiments  # noqa: F401  (optax computes the twins in double precision once it is imported)
from schedules import SCHEDULES

EVERY_SCHEDULE = pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)
TWINS = {slug: schedule for slug, schedule in SCHEDULES.items() if schedule.twin is not None}
LENGTHS = (1, 2, 7, 100, 500)


def defaults(schedule):
    return {name: parameter.default for name, parameter in schedule.parameters.items()}


def odd(schedule):
    """Parameters 0.37 of the way along their sliders."""
    return {name: 0.63 * parameter.low + 0.37 * parameter.high for name, parameter in schedule.parameters.items()}


def small(schedule):
    """Parameters close to the low ends of their sliders, so that a decay acts many times within a run."""
    return {
        name: parameter.low + 0.0013 * (parameter.high - parameter.low)
        for name, parameter in schedule.parameters.items()
    }


def ends(schedule):
    """Every parameter at its low end, then every one at its high end."""
    return [{name: getattr(p, end) for name, p in schedule.parameters.items()} for end in ("low", "high")]


# A run of one step has no room for a warm-up and a decay, which optax refuses; the hand-worked numbers cover it.
@pytest.mark.parametrize("steps", LENGTHS[1:])
@pytest.mark.parametrize("choose", [defaults, odd, small])
@pytest.mark.parametrize("schedule", TWINS.values(), ids=TWINS)
def test_a_schedule_does_what_its_twin_does(schedule, choose, steps):
    parameters, at = choose(schedule), np.arange(steps + 1)
    twin = np.broadcast_to(schedule.twin(steps, **parameters)(at), at.shape)
    np.testing.assert_allclose(schedule.multiplier(at, steps, **parameters), twin, rtol=1e-12, atol=1e-15)


COSINE_OF_AN_EIGHTH = 0.7071067811865476
# Per schedule: the length of the run, the parameters, and the multiplier at some steps.
WORKED_OUT: dict[str, list[tuple[int, dict[str, float], dict[int, float]]]] = {
    "constant": [(100, {}, {0: 1, 50: 1, 99: 1}), (1, {}, {0: 1})],
    "cosine": [
        (100, {"alpha": 0.2}, {0: 1, 25: 0.2 + 0.4 * (1 + COSINE_OF_AN_EIGHTH), 50: 0.6, 100: 0.2, 120: 0.2}),
        (100, {"alpha": 0.0}, {0: 1, 50: 0.5, 100: 0}),
        (1, {"alpha": 0.0}, {0: 1}),
    ],
    "exponential": [
        (100, {"transition_steps": 10, "decay_rate": 0.25}, {0: 1, 5: 0.5, 10: 0.25, 15: 0.125, 50: 0.25**5}),
        (1, {"transition_steps": 10, "decay_rate": 0.25}, {0: 1}),
    ],
    "inverse_time": [
        (100, {"transition_steps": 10, "decay_rate": 2.0}, {0: 1, 5: 1 / 2, 10: 1 / 3, 50: 1 / 11, 95: 1 / 20}),
        (1, {"transition_steps": 10, "decay_rate": 2.0}, {0: 1}),
    ],
    "reduce_on_plateau": [
        (100, {"factor": 0.5, "patience": 10.0}, {0: 1, 50: 1, 99: 1}),  # before the engine reacts to the loss
        (1, {"factor": 0.5, "patience": 10.0}, {0: 1}),
    ],
    "step": [
        (100, {"transition_steps": 10, "decay_rate": 0.5}, {0: 1, 9: 1, 10: 0.5, 19: 0.5, 20: 0.25, 55: 1 / 32}),
        (1, {"transition_steps": 10, "decay_rate": 0.5}, {0: 1}),
    ],
    "warmup_cosine": [
        (100, {"warmup": 0.2, "alpha": 0.1}, {0: 0, 5: 0.25, 10: 0.5, 20: 1, 60: 0.55, 100: 0.1}),
        (2, {"warmup": 0.0, "alpha": 0.0}, {0: 1, 1: 0.5}),
        (1, {"warmup": 0.5, "alpha": 0.0}, {0: 1}),
    ],
    "linear": [
        (100, {"alpha": 0.2}, {0: 1, 25: 0.8, 50: 0.6, 100: 0.2, 120: 0.2}),
        (4, {"alpha": 0.0}, {0: 1, 1: 0.75, 3: 0.25}),
        (1, {"alpha": 0.0}, {0: 1}),
    ],
    "polynomial": [
        (100, {"power": 2.0, "alpha": 0.2}, {0: 1, 50: 0.4, 90: 0.208, 100: 0.2, 120: 0.2}),
        (100, {"power": 0.5, "alpha": 0.0}, {0: 1, 75: 0.5, 99: 0.1}),
        (1, {"power": 3.0, "alpha": 0.0}, {0: 1}),
    ],
    # Cycles of 10, 20 and 40 steps; then of 10 steps each.
    "warm_restarts": [
        (60, {"first_cycle": 10, "growth": 2.0, "alpha": 0.2}, {0: 1, 5: 0.6, 10: 1, 20: 0.6, 30: 1, 50: 0.6, 70: 1}),
        (60, {"first_cycle": 10, "growth": 1.0, "alpha": 0.0}, {0: 1, 5: 0.5, 10: 1, 25: 0.5, 40: 1, 55: 0.5}),
        (60, {"first_cycle": 40, "growth": 2.0, "alpha": 0.0}, {10: 0.5 * (1 + COSINE_OF_AN_EIGHTH), 20: 0.5, 40: 1}),
        (1, {"first_cycle": 10, "growth": 2.0, "alpha": 0.0}, {0: 1}),
    ],
    # Two triangles of 50 steps: feet at 0, 50 and 100, tips at 25 and 75.
    "cyclic": [
        (100, {"cycles": 2, "alpha": 0.2}, {0: 0.2, 5: 0.36, 25: 1, 45: 0.36, 50: 0.2, 75: 1, 100: 0.2}),
        (8, {"cycles": 1, "alpha": 0.0}, {0: 0, 1: 0.25, 4: 1, 6: 0.5}),
    ],
    "cyclic_halving": [
        (100, {"cycles": 2, "alpha": 0.2}, {0: 0.2, 5: 0.36, 25: 1, 45: 0.36, 50: 0.2, 75: 0.6, 100: 0.2}),
        (8, {"cycles": 1, "alpha": 0.0}, {0: 0, 1: 0.25, 4: 1, 6: 0.5}),
    ],
    "cyclic_exponential": [
        (100, {"cycles": 2, "alpha": 0.2, "decay_rate": 0.25}, {0: 0.2, 25: 0.6, 50: 0.2, 75: 0.3, 100: 0.2}),
        (8, {"cycles": 1, "alpha": 0.0, "decay_rate": 1.0}, {0: 0, 1: 0.25, 4: 1, 6: 0.5}),
    ],
    "multi_step": [
        (100, {"first": 0.3, "second": 0.8, "decay_rate": 0.1}, {0: 1, 29: 1, 30: 0.1, 79: 0.1, 80: 0.01, 99: 0.01}),
        (100, {"first": 0.5, "second": 0.5, "decay_rate": 0.1}, {49: 1, 50: 0.01}),
        (1, {"first": 0.5, "second": 1.0, "decay_rate": 0.1}, {0: 0.1}),
    ],
    "one_cycle_three_phases": [
        (
            100,
            {"warmup": 0.2, "alpha": 0.1},
            {0: 0.1, 10: 0.55, 20: 1, 30: 0.55, 40: 0.1, 70: 0.05 * 1.0001, 100: 1e-5},
        ),
        (2, {"warmup": 0.5, "alpha": 0.1}, {0: 0.1, 1: 1}),
        (1, {"warmup": 0.3, "alpha": 0.1}, {0: 0.1}),
    ],
    # Cycles of 10 and 20 steps, the second half as high.
    "decaying_restarts": [
        (
            30,
            {"first_cycle": 10, "growth": 2.0, "decay_rate": 0.5, "alpha": 0.2},
            {0: 1, 5: 0.6, 10: 0.6, 20: 0.4, 30: 0.4},
        ),
        (30, {"first_cycle": 10, "growth": 1.0, "decay_rate": 0.5, "alpha": 0.0}, {0: 1, 10: 0.5, 15: 0.25, 20: 0.25}),
        (1, {"first_cycle": 10, "growth": 2.0, "decay_rate": 0.5, "alpha": 0.0}, {0: 1}),
    ],
    "one_cycle": [
        (100, {"warmup": 0.2, "alpha": 0.1}, {0: 0.1, 10: 0.55, 20: 1, 60: (1 + 1e-5) / 2, 100: 1e-5, 120: 1e-5}),
        (100, {"warmup": 0.4, "alpha": 0.1}, {10: 0.1 + 0.45 * (1 - COSINE_OF_AN_EIGHTH), 20: 0.55, 40: 1}),
        (2, {"warmup": 0.0, "alpha": 1.0}, {0: 1, 1: (1 + 1e-4) / 2}),
        (1, {"warmup": 0.3, "alpha": 0.1}, {0: 1}),
    ],
    "inverse_sqrt": [
        (100, {"transition_steps": 4}, {0: 1, 3: 1, 4: 1, 9: 2 / 3, 16: 0.5, 64: 0.25, 100: 0.2}),
        (1, {"transition_steps": 4}, {0: 1}),
    ],
    "warmup_linear": [
        (100, {"warmup": 0.2, "alpha": 0.1}, {0: 0, 5: 0.25, 10: 0.5, 20: 1, 60: 0.55, 100: 0.1}),
        (2, {"warmup": 0.0, "alpha": 0.0}, {0: 1, 1: 0.5}),
        (1, {"warmup": 0.5, "alpha": 0.0}, {0: 1}),
    ],
}
CASES = [(slug, steps, numbers, expected) for slug, cases in WORKED_OUT.items() for steps, numbers, expected in cases]


@pytest.mark.parametrize(
    ("slug", "steps", "numbers", "expected"),
    CASES,
    ids=[f"{slug}-{steps}-{index}" for index, (slug, steps, *_) in enumerate(CASES)],
)
def test_ends_and_middles_are_what_one_works_out_by_hand(slug, steps, numbers, expected):
    found = [float(SCHEDULES[slug].multiplier(step, steps, **numbers)) for step in expected]
    np.testing.assert_allclose(found, list(expected.values()), rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize("steps", LENGTHS[1:])
@pytest.mark.parametrize("slug", ["cyclic", "cyclic_halving", "cyclic_exponential"])
def test_more_cycles_than_half_the_steps_still_rise(slug, steps):
    """20 cycles in 20 steps would put every step on a foot."""
    numbers = {**defaults(SCHEDULES[slug]), "cycles": 20.0, "alpha": 0.0}
    multipliers = SCHEDULES[slug].multiplier(np.arange(steps), steps, **numbers)
    assert multipliers.max() > 0.4


def test_every_schedule_is_worked_out_by_hand():
    assert set(WORKED_OUT) == set(SCHEDULES)


@pytest.mark.parametrize("steps", LENGTHS)
@EVERY_SCHEDULE
def test_a_multiplier_lies_between_0_and_1_wherever_the_sliders_stand(schedule, steps):
    for parameters in (defaults(schedule), odd(schedule), small(schedule), *ends(schedule)):
        multipliers = schedule.multiplier(np.arange(steps), steps, **parameters)
        assert multipliers.shape == (steps,)
        assert np.isfinite(multipliers).all()
        assert ((multipliers >= 0) & (multipliers <= 1)).all()


@pytest.mark.parametrize("steps", LENGTHS)
@EVERY_SCHEDULE
def test_one_step_alone_gets_what_it_gets_in_a_row(schedule, steps):
    at, parameters = np.arange(steps), odd(schedule)
    together = schedule.multiplier(at, steps, **parameters)
    alone = [float(schedule.multiplier(int(step), steps, **parameters)) for step in at]
    np.testing.assert_allclose(together, alone, rtol=1e-14)


@EVERY_SCHEDULE
def test_the_rate_is_used_at_some_step_of_a_run(schedule):
    assert all(schedule.multiplier(np.arange(steps), steps, **defaults(schedule)).max() > 0.4 for steps in LENGTHS[1:])
