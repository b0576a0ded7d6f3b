"""One step in numbers: what is shown is what happened, and it satisfies the formula."""

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
from experiments.step_in_numbers import shown, step_arrows, step_values
from landscapes import LANDSCAPES, Problem
from optimizers import OPTIMIZERS, ByHand
from tests.latex_values import compact

STEPS = (0, 1, 2, 7, 23, 39)
BY_HAND = {slug: rule for slug, rule in OPTIMIZERS.items() if isinstance(rule.make, ByHand)}


TELLING = {
    "weight_decay": 0.013,
    "eps": 0.003,
    "f_min": 0.2,
}  # numbers whose part in a step is seen, unlike the defaults


def experiment(slug: str) -> Experiment:
    declared = OPTIMIZERS[slug].hyperparameters
    run = Run(slug, {name: value for name, value in TELLING.items() if name in declared}, "cosine")
    return Experiment("quadratic", start=(-2.0, 1.2), steps=40, runs=(Run("gradient_descent"), run), noise=0.3)


def described(slug: str, step: int) -> dict:
    made = experiment(slug)
    return {row.symbol: row for row in step_in_numbers(made, simulate(made), 1, step)}


@pytest.mark.parametrize("slug", OPTIMIZERS)
def test_what_a_rule_shows_fits_in_a_row(slug):
    """One number, or x and y."""
    states = simulate(experiment(slug)).states[1].values()
    assert all(field.shape in {(40,), (40, 2)} for field in states)


@pytest.mark.parametrize("slug", BY_HAND)
def test_the_lines_are_the_rule(slug):
    """At every step, the rule called again with what it had before computes what was recorded after it."""
    made = experiment(slug)
    trajectory, rule = simulate(made), BY_HAND[slug].make
    assert isinstance(rule, ByHand)
    for step in range(made.steps):
        values = step_values(made, trajectory, 1, step)
        before = {name: values[f"{name}_before"] for name in rule.state}
        lines = rule.lines(
            {
                **{name: jnp.asarray(value) for name, value in values.items()},
                **before,
                **asked_of_the_loss(made, values),
            }
        )
        assert list(lines)[-1] == "update"
        for name, line in lines.items():
            np.testing.assert_allclose(line, values[name], rtol=1e-9, atol=1e-300)


def asked_of_the_loss(made, values):
    """What a rule may ask of the loss of a step, which the noise tilts."""
    noise = gradient_noise(made)[values["t"] - 1]
    quadratic = partial(LANDSCAPES["quadratic"].loss, **made.landscape_parameters)

    def loss(at):
        return quadratic(at) + jnp.dot(noise, at - values["theta"])

    return {"value": loss(jnp.asarray(values["theta"])), "value_fn": loss, "grad_fn": jax.grad(loss)}


def earlier(latex):
    return latex.replace("_{t+1}", "_t") if "_{t+1}" in latex else latex.replace("_t", "_{t-1}")


@pytest.mark.parametrize("slug", OPTIMIZERS)
def test_every_rule_of_the_catalogue_is_described(slug):
    made = experiment(slug)
    trajectory = simulate(made)
    rows = {row.symbol: np.array(row.values, np.float64) for row in step_in_numbers(made, trajectory, 1, 3)}
    position, step, arrived = rows[r"\theta_t"], rows[r"\theta_{t+1} - \theta_t"], rows[r"\theta_{t+1}"]
    np.testing.assert_allclose(arrived, np.add(position, step), atol=2e-5 * max(*np.abs(position), *np.abs(step)))
    assert position.tolist() == [*map(shown, trajectory.positions[1, 3])]
    assert step.tolist() == [*map(shown, trajectory.updates[1, 3])]


@pytest.mark.parametrize("slug", [slug for slug in OPTIMIZERS if slug not in BY_HAND])
def test_what_an_adopted_rule_shows_stands_in_its_formula(slug):
    rule = OPTIMIZERS[slug]
    assert all(compact(rule.symbol(name).latex) in compact(rule.formula) for name in rule.shows)


@pytest.mark.parametrize("slug", [slug for slug in OPTIMIZERS if slug not in BY_HAND])
def test_an_adopted_rule_shows_its_state_before_and_after(slug):
    made = experiment(slug)
    trajectory, rule = simulate(made), OPTIMIZERS[slug]
    for step in STEPS:
        rows = step_in_numbers(made, trajectory, 1, step)
        by_symbol = {row.symbol: row.values for row in rows}
        assert len(by_symbol) == len(rows)
        for name, field in trajectory.states[1].items():
            latex = rule.symbol(name).latex
            assert by_symbol[latex] == tuple(map(shown, np.ravel(field[step])))
            if step:
                assert by_symbol[earlier(latex)] == tuple(map(shown, np.ravel(field[step - 1])))


def test_a_state_of_whole_numbers_and_of_yes_or_no_is_shown():
    class Counted(NamedTuple):
        steps: jax.Array
        odd: jax.Array

    def make(learning_rate):
        def update(gradient, state, position=None, **extra):
            return -learning_rate * gradient, Counted(state.steps + 1, ~state.odd)

        init = lambda position: Counted(jnp.zeros((), jnp.int32), jnp.zeros((), bool))  # noqa: E731
        return optax.GradientTransformationExtraArgs(init, update)

    rule = replace(OPTIMIZERS["gradient_descent"], slug="counted", make=make, shows=("steps", "odd"))
    made = Experiment("quadratic", steps=5, runs=(Run(rule),))
    trajectory = simulate(made)
    for step in range(5):
        numbers = {row.name: row.values for row in step_in_numbers(made, trajectory, 0, step)}
        assert (numbers["steps, before"], numbers["steps"]) == ((step,), (step + 1,))
        assert (numbers["odd, before"], numbers["odd"]) == ((step % 2,), ((step + 1) % 2,))


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


def test_a_slope_taken_elsewhere_is_cut_by_value_too():
    run = Run("sam", clip_value=0.7)
    made = Experiment("quadratic", start=(-2.0, 1.2), steps=40, runs=(run,))
    trajectory = simulate(made)
    assert trajectory.clipped[0, 0]
    for step in STEPS:
        values = step_values(made, trajectory, 0, step)
        _, slope = loss_and_gradient(made, tuple(values["theta"] + values["uphill"]))
        np.testing.assert_allclose(values["slope"], np.clip(slope, -0.7, 0.7), rtol=1e-9)


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
    for step in (0, 1, 2):
        values = step_values(made, trajectory, 0, step)
        along = values["direction"] @ jax.hessian(loss)(jnp.asarray(values["theta"])) @ values["direction"]
        np.testing.assert_allclose(values["curvature"], abs(along), rtol=1e-9)
        downhill = -values["g"] @ values["direction"] / values["curvature"] * values["direction"]
        np.testing.assert_allclose(values["update"], downhill, rtol=1e-9)
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
        assert row.values == tuple(map(shown, before))


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
    assert row.values == (shown(simulate(made).learning_rates[1, 30]),)
    assert row.values[0] < made.runs[1].hyperparameters["learning_rate"] / 2


def test_a_noisy_gradient_stands_beside_the_true_one():
    made = experiment("adam")
    trajectory = simulate(made)
    rows = described("adam", 7)
    _, true = loss_and_gradient(made, tuple(trajectory.positions[1, 7]))
    assert rows[r"\nabla L(\theta_t)"].values == tuple(map(shown, true))
    assert rows["g_t"].values == tuple(map(shown, trajectory.gradients[1, 7]))
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
    assert rows[-1].values[0] is None
    assert len(rows[-1].values) == 2


def on_a_bowl(dimension):
    """Adam and SAM on a sum of squares, disturbed."""
    bowl = Problem(
        slug="bowl",
        label="Bowl",
        dimension=dimension,
        loss=lambda position: jnp.sum(jnp.arange(1.0, dimension + 1) * position**2),
        starts=((1.0,) * dimension,),
    )
    return Experiment(bowl, steps=9, runs=(Run("adam"), Run("sam")), noise=0.1)


@pytest.mark.parametrize("dimension", [1, 3, 4])
def test_a_step_in_few_dimensions_shows_one_number_for_each(dimension):
    made = on_a_bowl(dimension)
    trajectory = simulate(made)
    for run in (0, 1):
        rows = {row.symbol: row.values for row in step_in_numbers(made, trajectory, run, 5)}
        assert rows["g_t"] == tuple(map(shown, trajectory.gradients[run, 5]))
        assert rows[r"\theta_{t+1}"] == tuple(map(shown, trajectory.positions[run, 6]))
        assert rows[r"\eta_t"] == (shown(trajectory.learning_rates[run, 5]),)


def test_a_step_in_many_dimensions_shows_lengths_and_says_so():
    made = on_a_bowl(300)
    trajectory = simulate(made)
    rows = {row.symbol: row for row in step_in_numbers(made, trajectory, 0, 5)}
    assert all(len(row.values) == 1 for row in rows.values())
    moment = rows[r"\lVert m_t \rVert"]
    assert moment.name == "first moment, its length"
    assert moment.values == (shown(float(np.linalg.norm(trajectory.states[0]["mu"][5]))),)
    assert rows["t"].values == (6.0,)


@pytest.mark.parametrize("dimension", [1, 3, 300])
def test_arrows_are_for_the_plane(dimension):
    made = on_a_bowl(dimension)
    assert step_arrows(made, simulate(made), 0, 5) == ()
