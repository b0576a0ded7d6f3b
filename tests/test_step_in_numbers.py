"""One step in numbers: what is shown is what happened, and it satisfies the formula."""

import inspect
from dataclasses import replace

import numpy as np
import pytest

from experiments import Experiment, Run, simulate, step_in_numbers
from experiments.simulation import loss_and_gradient
from experiments.step_in_numbers import arguments, shown, step_arrows, step_values
from optimizers import OPTIMIZERS

STEPS = (0, 1, 7, 39)
IN_LINES = [slug for slug, rule in OPTIMIZERS.items() if rule.lines]
HALF_A_DIGIT = 5e-6  # of a number with six significant digits, at most


def experiment(slug: str) -> Experiment:
    rates = {name: p.default for name, p in OPTIMIZERS[slug].hyperparameters.items()}
    if "weight_decay" in rates:
        rates["weight_decay"] = 0.013
    run = Run(slug, rates, "cosine")
    return Experiment("quadratic", start=(-2.0, 1.2), steps=40, runs=(Run("gradient_descent"), run), noise=0.3)


def described(slug: str, step: int) -> dict:
    made = experiment(slug)
    return {row.symbol: row for row in step_in_numbers(made, simulate(made), 1, step)}


@pytest.mark.parametrize("slug", IN_LINES)
def test_the_lines_are_the_rule(slug):
    """Every recorded state and update follows from the rule's own lines, in double precision."""
    made = experiment(slug)
    trajectory = simulate(made)
    lines = OPTIMIZERS[slug].lines
    assert list(lines)[-1] == "update"
    for step in STEPS:
        values = step_values(made, trajectory, 1, step)
        for name, line in lines.items():
            np.testing.assert_allclose(
                line.value(**arguments(line.value, values)), values[name], rtol=1e-9, atol=1e-300
            )


@pytest.mark.parametrize("slug", IN_LINES)
def test_the_shown_numbers_satisfy_the_formula_to_the_digits_shown(slug):
    """Every line, computed again from the rounded numbers, differs from what is shown by no more than rounding does."""
    made = experiment(slug)
    trajectory = simulate(made)
    for step in STEPS:
        values = step_values(made, trajectory, 1, step)
        rounded = {name: np.vectorize(shown)(value) for name, value in values.items()}
        for name, line in OPTIMIZERS[slug].lines.items():
            again = np.asarray(line.value(**arguments(line.value, rounded)))
            allowed = HALF_A_DIGIT * np.abs(rounded[name]) + 1e-300
            for part in inspect.signature(line.value).parameters:
                off = {**rounded, part: rounded[part] * (1 + HALF_A_DIGIT)} if part != "t" else rounded
                allowed = allowed + 1.1 * np.abs(line.value(**arguments(line.value, off)) - again)
            assert np.all(np.isnan(again) | (np.abs(again - rounded[name]) <= allowed)), (name, step)


@pytest.mark.parametrize("slug", IN_LINES)
def test_every_symbol_of_the_lines_is_shown_once(slug):
    made = experiment(slug)
    rows = step_in_numbers(made, simulate(made), 1, 7)
    symbols = [row.symbol for row in rows]
    assert len(set(symbols)) == len(symbols)
    for line in OPTIMIZERS[slug].lines.values():
        assert line.symbol in symbols
    assert {"t", r"\eta_t", r"\theta_t", "g_t", r"\theta_{t+1}"} <= set(symbols)


@pytest.mark.parametrize("slug", OPTIMIZERS)
def test_every_rule_of_the_catalogue_is_described(slug):
    made = experiment(slug)
    trajectory = simulate(made)
    rows = {row.symbol: row for row in step_in_numbers(made, trajectory, 1, 3)}
    position, step, arrived = rows[r"\theta_t"], rows[r"\theta_{t+1} - \theta_t"], rows[r"\theta_{t+1}"]
    assert position.x is not None
    assert step.x is not None
    assert arrived.x is not None
    assert arrived.x == pytest.approx(position.x + step.x, abs=2e-5 * max(abs(position.x), abs(step.x)))
    assert (position.x, position.y) == tuple(map(shown, trajectory.positions[1, 3]))


def test_the_rate_is_that_of_the_step():
    made = experiment("adam")
    row = described("adam", 30)[r"\eta_t"]
    assert row.x == shown(simulate(made).learning_rates[1, 30])
    assert row.x < made.runs[1].hyperparameters["learning_rate"] / 2


def test_a_noisy_gradient_stands_beside_the_true_one():
    made = experiment("adam")
    trajectory = simulate(made)
    rows = described("adam", 7)
    _, true = loss_and_gradient(made, tuple(trajectory.positions[1, 7]))
    assert (rows[r"\nabla L(\theta_t)"].x, rows[r"\nabla L(\theta_t)"].y) == tuple(map(shown, true))
    assert rows["g_t"].x == shown(trajectory.gradients[1, 7, 0])
    quiet = replace(made, noise=0.0)
    assert r"\nabla L(\theta_t)" not in {row.symbol for row in step_in_numbers(quiet, simulate(quiet), 1, 7)}


def test_arrows_point_down_and_along_the_step():
    made = experiment("adam")
    trajectory = simulate(made)
    arrows = {arrow.name: np.array([arrow.x, arrow.y]) for arrow in step_arrows(made, trajectory, 1, 7)}
    assert set(arrows) == {"slope", "sampled", "moment", "step"}
    np.testing.assert_array_equal(arrows["step"], trajectory.updates[1, 7])
    np.testing.assert_array_equal(arrows["sampled"], -trajectory.gradients[1, 7])
    np.testing.assert_array_equal(arrows["moment"], -trajectory.states[1]["mu"][7])
    assert "sampled" not in {a.name for a in step_arrows(replace(made, noise=0.0), trajectory, 1, 7)}


@pytest.mark.parametrize(("run", "step"), [(2, 0), (-1, 0), (0, 40), (0, -1)])
def test_a_step_that_was_not_taken_is_named(run, step):
    made = experiment("adam")
    with pytest.raises(ValueError, match="allowed: a whole number"):
        step_in_numbers(made, simulate(made), run, step)


def test_what_is_not_finite_has_no_number():
    wild = Experiment("rosenbrock", steps=60, runs=(Run("gradient_descent", {"learning_rate": 1.0}),))
    rows = step_in_numbers(wild, simulate(wild), 0, 50)
    assert rows[-1].x is None
    assert rows[-1].is_pair
