"""Numbers that a rule can take: what means nothing is refused by name, and what is allowed has words and numbers."""

import math

import numpy as np
import pytest

from catalogue import BELOW_ONE, FINITE, NOT_NEGATIVE, POSITIVE, SHARE, Allowed, Parameter
from experiments import (
    MAX_STEPS,
    Experiment,
    Run,
    formula_landscape,
    from_query,
    simulate,
    step_in_numbers,
    to_query,
    verdicts,
)
from lessons import FIRST
from optimizers import OPTIMIZERS
from tests.strategies import corners

EVERY_RULE = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)
EVERY_NUMBER = pytest.mark.parametrize(
    ("optimizer", "name"),
    [
        pytest.param(optimizer, name, id=f"{slug}-{name}")
        for slug, optimizer in OPTIMIZERS.items()
        for name in optimizer.hyperparameters
    ],
)


def outside(allowed):
    """The numbers just beyond each end that there is."""
    low = allowed.low if allowed.low_is_open else math.nextafter(allowed.low, -math.inf)
    high = allowed.high if allowed.high_is_open else math.nextafter(allowed.high, math.inf)
    halves = [allowed.low + 0.5] if allowed.whole else []
    return [number for number in (low, high, *halves) if math.isfinite(number)]


@pytest.mark.parametrize(
    ("allowed", "words"),
    [
        (FINITE, "a finite number"),
        (POSITIVE, "a finite number above 0"),
        (NOT_NEGATIVE, "a finite number from 0 up"),
        (SHARE, "a number from 0 to 1"),
        (Allowed(0.0, 2.0, whole=True), "a whole number from 0 to 2"),
        (BELOW_ONE, "a number of at least 0 and below 1"),
        (Allowed(0.0, 1.0, low_is_open=True), "a number above 0 and at most 1"),
        (Allowed(0.0, 1.0, low_is_open=True, high_is_open=True), "a number above 0 and below 1"),
    ],
)
def test_what_is_allowed_is_said_in_words_and_holds_its_corners_alone(allowed, words):
    assert str(allowed) == words
    assert all(number in allowed for number in corners(allowed))
    assert not any(number in allowed for number in (*outside(allowed), math.nan, math.inf, -math.inf))


def test_a_slider_that_leaves_what_is_allowed_is_refused():
    with pytest.raises(ValueError, match="its slider leaves what is allowed, a number of at least 0 and below 1"):
        Parameter(default=0.5, low=0.0, high=1.0, symbol="b", allowed=BELOW_ONE)


@EVERY_NUMBER
def test_a_number_of_a_rule_declares_in_what_it_means_anything(optimizer, name):
    assert optimizer.hyperparameters[name].allowed is not None


@EVERY_NUMBER
def test_a_number_that_means_nothing_is_refused_by_name(optimizer, name):
    """By the run itself, and by a link, which falls back on the default."""
    parameter = optimizer.hyperparameters[name]
    good = to_query(Experiment("quadratic", runs=(Run(optimizer.slug),)))
    for number in outside(parameter.accepts):
        with pytest.raises(ValueError, match=f"hyperparameters {name} is .*; allowed: {parameter.allowed}$"):
            Run(optimizer.slug, {name: number})
        loaded, problems = from_query(
            {**good, "run": [f"{optimizer.slug}~learning_rate~0.1~{name}~{number}"]}, FIRST.experiment
        )
        assert loaded.runs[0].hyperparameters[name] == parameter.default
        assert len(problems) == 1
        assert f"run 1: {name} is “{number}”; allowed: {parameter.allowed}." in problems[0]


def cases(optimizer):
    """Each number at each end of what is allowed, the others at their defaults; then all at their low, all at their high."""
    ends = {name: corners(parameter.accepts) for name, parameter in optimizer.hyperparameters.items()}
    alone = [{name: end} for name, both in ends.items() for end in both]
    return [*alone, *({name: both[which] for name, both in ends.items()} for which in (0, 1))]


@EVERY_RULE
def test_every_corner_of_what_is_allowed_has_words_and_numbers_at_every_step(optimizer):
    runs = tuple(Run(optimizer.slug, numbers) for numbers in cases(optimizer))
    experiment = Experiment("quadratic", start=(-2.0, 1.2), steps=MAX_STEPS, runs=runs)
    trajectory = simulate(experiment)
    assert all(verdict.text for verdict in verdicts(experiment, trajectory))
    for index in range(len(runs)):
        for step in {0, 1, 7, max(0, int(trajectory.diverged_at[index])), MAX_STEPS - 1}:
            rows = step_in_numbers(experiment, trajectory, index, step)
            assert rows[0].values == (step + 1.0,)
            assert all(value is None or math.isfinite(value) for row in rows for value in row.values)


DIVIDES = [slug for slug, optimizer in OPTIMIZERS.items() if "eps" in optimizer.hyperparameters]


@pytest.mark.parametrize("slug", DIVIDES)
def test_a_division_of_0_by_0_is_called_that(slug):
    """Without an ε, where the slope along y is 0 from the start."""
    experiment = Experiment("quadratic", start=(-2.0, 0.0), steps=20, runs=(Run(slug, {"eps": 0.0}),))
    trajectory = simulate(experiment)
    (verdict,) = verdicts(experiment, trajectory)
    step = int(trajectory.diverged_at[0])
    if step < 0:  # a rule may not divide where nothing is seen
        assert np.isfinite(trajectory.positions).all()
        assert slug in ("dog", "novograd", "yogi")
        return
    assert np.isnan(trajectory.updates[0, step - 1, 1])
    along = "" if slug == "lamb" else " along y"  # LAMB scales all coordinates by one norm
    assert verdict.text == f"divided 0 by 0 at step {step}{along}: its ε is 0, and so is what it is added to"
    assert verdict.short == f"divided 0 by 0, step {step}"
    assert verdict.kind == "diverged"


@pytest.mark.parametrize(
    ("run", "start", "words"),
    [
        (Run("adabelief", {"b1": 0.0, "eps": 0.0}), (-2.0, 1.2), "divided by 0 at step 1: its ε is 0"),
        (Run("adabelief", {"b1": 0.0, "eps": 0.0}), (-2.0, 0.0), "divided 0 by 0 at step 1 along y: its ε is 0"),
        (Run("adabelief", {"b1": 0.0}), (-2.0, 1.2), "diverged at step "),
        (Run("gradient_descent", {"learning_rate": 1e300}), (-2.0, 1.2), "diverged at step "),
        (Run("adam", {"learning_rate": 1e308, "eps": 0.0}), (-2.0, 1.2), "diverged at step "),
    ],
)
def test_what_overflows_is_told_from_what_divides_by_0(run, start, words):
    experiment = Experiment("quadratic", start=start, steps=200, runs=(run,))
    assert verdicts(experiment, simulate(experiment))[0].text.startswith(words)


def test_a_place_without_a_slope_is_no_division():
    """SAM looks uphill, which is where the logarithm of x is not defined."""
    landscape = formula_landscape("x*ln(x) + y^2", ((0.01, 3.0), (-1.0, 1.0)))
    experiment = Experiment(landscape, start=(0.2, 0.01), steps=5, runs=(Run("sam", {"radius": 0.5}),))
    trajectory = simulate(experiment)
    assert np.isfinite(trajectory.gradients[0, 0]).all()
    assert np.isnan(trajectory.updates[0, 0]).any()
    assert "divided" not in verdicts(experiment, trajectory)[0].text
