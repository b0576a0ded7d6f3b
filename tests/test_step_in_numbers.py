"""One step in numbers: what is shown is what happened, and it satisfies the formula."""

import inspect
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from experiments import Experiment, Run, simulate, step_in_numbers
from experiments.batches import batch_loss
from experiments.simulation import batches, gradient_noise, loss_and_gradient
from experiments.step_in_numbers import arguments, shown, step_arrows, step_values
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS

STEPS = (0, 1, 7, 39)
WITH_LINES = [slug for slug, rule in OPTIMIZERS.items() if rule.lines]
ADOPTED_IN = ("optax", "optimizers._adopted")  # where the update of a rule that is not written out here comes from
HALF_A_DIGIT = 5e-6  # of a number with six significant digits, at most


def experiment(slug: str) -> Experiment:
    rates = {name: p.default for name, p in OPTIMIZERS[slug].hyperparameters.items()}
    if "weight_decay" in rates:
        rates["weight_decay"] = 0.013
    run = Run(slug, rates, "cosine")
    return Experiment("quadratic", start=(-2.0, 1.2), steps=40, runs=(Run("gradient_descent"), run), noise=0.3)


def updates_in(rule) -> str:
    """The module that a rule's `update` is written in, whatever function made it."""
    return rule.make(**{name: p.default for name, p in rule.hyperparameters.items()}).update.__module__


def described(slug: str, step: int) -> dict:
    made = experiment(slug)
    return {row.symbol: row for row in step_in_numbers(made, simulate(made), 1, step)}


@pytest.mark.parametrize("slug", OPTIMIZERS)
def test_a_rule_has_lines_exactly_if_it_is_written_out_here(slug):
    rule = OPTIMIZERS[slug]
    assert bool(rule.lines) != updates_in(rule).startswith(ADOPTED_IN)


@pytest.mark.parametrize("slug", OPTIMIZERS)
def test_what_a_rule_shows_fits_in_a_row(slug):
    """One number, or x and y."""
    states = simulate(experiment(slug)).states[1].values()
    assert all(field.shape in {(40,), (40, 2)} for field in states)


@pytest.mark.parametrize("slug", WITH_LINES)
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


def each_number_off(value):
    """A number, or a pair with one of its two numbers, off by half a digit: rounding may move x and y apart."""
    return [value + HALF_A_DIGIT * value * which for which in (np.eye(2) if np.ndim(value) else (1.0,))]


@pytest.mark.parametrize("slug", WITH_LINES)
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
            for part in set(inspect.signature(line.value).parameters) - {"t"}:
                for off in each_number_off(rounded[part]):
                    moved = np.asarray(line.value(**arguments(line.value, {**rounded, part: off})))
                    allowed = allowed + 1.1 * np.abs(moved - again)
            assert np.all(np.isnan(again) | (np.abs(again - rounded[name]) <= allowed)), (name, step)


@pytest.mark.parametrize("slug", WITH_LINES)
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


@pytest.mark.parametrize("slug", [slug for slug in OPTIMIZERS if slug not in WITH_LINES])
def test_a_rule_without_lines_shows_its_state_before_and_after(slug):
    made = experiment(slug)
    trajectory = simulate(made)
    for step in STEPS:
        rows = step_in_numbers(made, trajectory, 1, step)
        assert len({row.symbol for row in rows}) == len(rows)
        by_name = {row.name: row for row in rows}
        for name, field in trajectory.states[1].items():
            after = by_name[name]
            assert [after.x, after.y][: field[step].size] == list(map(shown, np.ravel(field[step])))
            before = by_name[f"{name.replace('_', ' ')}, before"]
            if step:
                assert [before.x, before.y][: field[step].size] == list(map(shown, np.ravel(field[step - 1])))


def test_a_state_of_whole_numbers_and_of_yes_or_no_is_shown():
    class Counted(NamedTuple):
        steps: jax.Array
        odd: jax.Array

    def make(learning_rate):
        def update(gradient, state, position=None, **extra):
            return -learning_rate * gradient, Counted(state.steps + 1, ~state.odd)

        init = lambda position: Counted(jnp.zeros((), jnp.int32), jnp.zeros((), bool))  # noqa: E731
        return optax.GradientTransformationExtraArgs(init, update)

    rule = replace(OPTIMIZERS["gradient_descent"], slug="counted", make=make, shows=("steps", "odd"), lines={})
    made = Experiment("quadratic", steps=5, runs=(Run(rule),))
    trajectory = simulate(made)
    for step in range(5):
        numbers = {row.name: row.x for row in step_in_numbers(made, trajectory, 0, step)}
        assert (numbers["steps, before"], numbers["steps"]) == (step, step + 1)
        assert (numbers["odd, before"], numbers["odd"]) == (step % 2, (step + 1) % 2)


def disturbed_slope(made, step, position):
    """The gradient of the disturbed loss at any place, cut to the limit of the second run."""
    _, slope = loss_and_gradient(made, tuple(position))
    slope = slope + gradient_noise(made)[step]
    return slope * min(1.0, made.runs[1].clip_norm / np.linalg.norm(slope))


@pytest.mark.parametrize("clip_norm", [0.7, 1e6])
@pytest.mark.parametrize(
    ("slug", "place"),
    [
        ("sam", lambda values: values["theta"] + values["uphill"]),
        ("schedule_free_sgd", lambda values: values["y"]),
        ("schedule_free_adam", lambda values: values["y"]),
    ],
)
def test_a_slope_taken_elsewhere_is_the_disturbed_and_clipped_one_of_that_place(slug, place, clip_norm):
    made = experiment(slug)
    made = replace(made, runs=(made.runs[0], replace(made.runs[1], clip_norm=clip_norm)))
    trajectory = simulate(made)
    for step in STEPS:
        values = step_values(made, trajectory, 1, step)
        np.testing.assert_allclose(values["slope"], disturbed_slope(made, step, place(values)), rtol=1e-9)


def hessian_at(values):
    return jax.hessian(LANDSCAPES["himmelblau"].loss)(jnp.asarray(values["theta"]))


def test_the_hessian_of_newton_and_the_curvature_of_conjugate_gradient_are_those_of_the_surface():
    runs = (Run("newton"), Run("conjugate_gradient"))
    made = Experiment("himmelblau", start=(-0.7, -1.1), steps=40, runs=runs, noise=0.3)
    trajectory = simulate(made)
    for step in STEPS:
        values = step_values(made, trajectory, 0, step)
        hessian = hessian_at(values)
        np.testing.assert_allclose(values["curvatures"], np.diag(hessian), rtol=1e-9)
        np.testing.assert_allclose(values["twist"], hessian[0, 1], rtol=1e-9)
        values = step_values(made, trajectory, 1, step)
        along = values["direction"] @ hessian_at(values) @ values["direction"]
        np.testing.assert_allclose(values["curvature"], abs(along), rtol=1e-9)


def test_conjugate_gradient_takes_its_curvature_from_the_loss_where_the_gradient_is_clipped():
    """A gradient clipped to one length doesn't change along itself, which would pass for a line without curvature."""
    run = Run("conjugate_gradient", clip_norm=0.5)
    made = Experiment("rotated_ravine", start=(-2.0, -0.4), steps=40, runs=(run,))
    trajectory = simulate(made)
    assert trajectory.clipped[0, :2].all()
    landscape = LANDSCAPES["rotated_ravine"]
    loss = partial(landscape.loss, **{name: p.default for name, p in landscape.parameters.items()})
    lines = OPTIMIZERS["conjugate_gradient"].lines
    for step in (0, 1, 2):
        values = step_values(made, trajectory, 0, step)
        along = values["direction"] @ jax.hessian(loss)(jnp.asarray(values["theta"])) @ values["direction"]
        np.testing.assert_allclose(values["curvature"], abs(along), rtol=1e-9)
        for name, line in lines.items():
            again = line.value(**arguments(line.value, values))
            np.testing.assert_allclose(again, values[name], rtol=1e-9, atol=1e-300)
    assert (np.diff(trajectory.losses[0]) < 0).all()


def test_rprop_stands_still_at_a_rate_of_zero_and_sets_off_after_it():
    made = Experiment("quadratic", steps=40, runs=(Run("rprop", {}, "warmup_linear"),))
    trajectory = simulate(made)
    assert trajectory.learning_rates[0, 0] == 0
    np.testing.assert_array_equal(trajectory.updates[0, 0], 0.0)
    assert np.isfinite(trajectory.positions).all()
    assert trajectory.losses[0, -1] < trajectory.losses[0, 0]


def test_conjugate_gradient_shows_the_slope_before():
    made = experiment("conjugate_gradient")
    trajectory = simulate(made)
    for step in STEPS:
        row = described("conjugate_gradient", step)["g_{t-1}"]
        before = trajectory.gradients[1, step - 1] if step else np.zeros(2)
        assert (row.x, row.y) == tuple(map(shown, before))


def test_polyaks_step_shows_the_loss_of_the_batch_that_it_was_told():
    slug = next(slug for slug, landscape in LANDSCAPES.items() if landscape.training is not None)
    made = Experiment(slug, steps=20, runs=(Run("polyak", {"learning_rate": 1e6}),), batch_size=3)
    trajectory = simulate(made)
    for step in range(20):
        values = step_values(made, trajectory, 0, step)
        members = jnp.asarray(batches(made)[step])
        told = batch_loss(LANDSCAPES[slug], dict(made.landscape_parameters), members)(values["theta"])
        np.testing.assert_allclose(values["loss"], told, rtol=1e-9)
        np.testing.assert_allclose(values["update"], -told / np.sum(values["g"] ** 2) * values["g"], rtol=1e-9)
    assert np.abs(trajectory.states[0]["loss"] - trajectory.losses[0, :-1]).max() > 1e-3


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
