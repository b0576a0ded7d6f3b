"""Problems of any dimension: every rule learns them from the same file, and what needs a picture says so."""

from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from experiments import (
    Experiment,
    Run,
    held_out_losses,
    loss_and_gradient,
    simulate,
    suggested_rate,
    sweep_rates,
    to_query,
    verdicts,
)
from landscapes import LANDSCAPES, Examples, Landscape, Problem, mean_loss
from optimizers import OPTIMIZERS
from player.payload import payload
from tests.test_compilation import compilations

STEPS = 25


def bowl(dimension):
    """Half a sum of squares, some steeper than others, and how steep."""
    steepness = np.linspace(0.5, 2.0, dimension)
    start = tuple(np.linspace(1.0, 2.0, dimension).tolist())
    problem = Problem(
        slug=f"bowl_{dimension}",
        label="Bowl",
        dimension=dimension,
        loss=lambda position, factor: 0.5 * factor * jnp.sum(steepness * position**2),
        parameters={"factor": LANDSCAPES["rosenbrock"].parameters["steepness"]},
        starts=(start,),
    )
    return problem, steepness


BOWLS = {dimension: bowl(dimension) for dimension in (1, 2, 300)}


def on_bowl(dimension, runs, **fields):
    return Experiment(BOWLS[dimension][0], {"factor": 1.5}, steps=STEPS, runs=runs, **fields)


@pytest.mark.parametrize("dimension", [2, 300])
@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_every_rule_learns_in_any_dimension_that_it_allows(optimizer, dimension):
    if dimension > (optimizer.largest_dimension or dimension):
        with pytest.raises(
            ValueError, match=f"'{optimizer.slug}' on a problem of {dimension} dimensions; allowed: up to"
        ):
            on_bowl(dimension, (Run(optimizer.slug),))
        return
    problem, steepness = BOWLS[dimension]
    trajectory = simulate(on_bowl(dimension, (Run(optimizer.slug),)))
    positions, gradients = trajectory.positions[0], trajectory.gradients[0]
    assert trajectory.positions.shape == (1, STEPS + 1, dimension)
    assert trajectory.gradients.shape == trajectory.updates.shape == (1, STEPS, dimension)
    np.testing.assert_array_equal(positions[0], problem.starts[0])
    np.testing.assert_allclose(positions[1:], positions[:-1] + trajectory.updates[0], rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(trajectory.losses[0], 0.75 * positions**2 @ steepness, rtol=1e-12, atol=1e-300)
    np.testing.assert_allclose(gradients, 1.5 * steepness * positions[:-1], rtol=1e-9)
    assert trajectory.losses[0, -1] < trajectory.losses[0, 0]
    state = optimizer.make(**Run(optimizer.slug).hyperparameters).init(jnp.array(problem.starts[0]))
    assert list(trajectory.states[0]) == list(optimizer.shows)
    for name, recorded in trajectory.states[0].items():
        assert recorded.shape == (STEPS, *jnp.shape(optax.tree.get(state, name)))


def test_the_state_that_is_recorded_is_that_of_the_rule():
    """Adam's moments in 300 dimensions, from the recorded gradients."""
    trajectory = simulate(on_bowl(300, (Run("adam"),)))
    mu, nu = np.zeros(300), np.zeros(300)
    for step, gradient in enumerate(trajectory.gradients[0]):
        mu, nu = 0.9 * mu + 0.1 * gradient, 0.999 * nu + 0.001 * gradient**2
        np.testing.assert_allclose(trajectory.states[0]["mu"][step], mu, rtol=1e-12)
        np.testing.assert_allclose(trajectory.states[0]["nu"][step], nu, rtol=1e-12)


def test_noise_is_drawn_for_every_coordinate_and_the_same_for_every_run():
    runs = (Run("gradient_descent"), Run("momentum"))
    noisy = simulate(on_bowl(300, runs, noise=2.0, seed=3))
    drawn = noisy.gradients - 1.5 * BOWLS[300][1] * noisy.positions[:, :-1]
    np.testing.assert_allclose(drawn[0], drawn[1], atol=1e-12)
    assert abs(drawn[0].std() - 2.0) < 0.05
    assert abs(np.corrcoef(drawn[0, :, 0], drawn[0, :, 299])[0, 1]) < 0.6
    expected = 2.0 * np.random.default_rng(3).standard_normal((STEPS, 300))
    np.testing.assert_allclose(drawn[0], expected, atol=1e-12)


def test_a_gradient_is_clipped_by_its_whole_length():
    trajectory = simulate(on_bowl(300, (Run("gradient_descent", clip_norm=3.0), Run("gradient_descent"))))
    lengths = np.linalg.norm(trajectory.gradients, axis=2)
    assert lengths[1].min() > 3.0
    np.testing.assert_allclose(lengths[0], 3.0, rtol=1e-12)
    assert trajectory.clipped[0].all()
    assert not trajectory.clipped[1].any()


@pytest.mark.parametrize("coordinate", [0, 299])
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_one_coordinate_that_is_not_finite_is_a_divergence(coordinate, bad):
    broken = replace(BOWLS[300][0], slug="broken", parameters={}, loss=lambda position: jnp.sum(position**2))
    spiked = optax.stateless(lambda updates, params: updates.at[coordinate].set(bad))
    rule = replace(OPTIMIZERS["gradient_descent"], slug="spiked", make=lambda learning_rate: spiked, shows=())
    assert simulate(Experiment(broken, steps=5, runs=(Run(rule),))).diverged_at.tolist() == [1]


def test_large_finite_numbers_are_no_divergence():
    largest = np.finfo(float).max
    far = Problem(
        slug="far", label="Far", loss=lambda position: 0.0 * position[0], dimension=3, starts=((largest,) * 3,)
    )
    assert simulate(Experiment(far, steps=5)).diverged_at.tolist() == [-1]


def linear_regression(dimension=5, examples=40):
    generator = np.random.default_rng(0)
    inputs = generator.normal(size=(examples + 7, dimension))
    targets = inputs @ np.arange(1.0, dimension + 1) + 0.1 * generator.normal(size=examples + 7)
    training, held_out = (
        Examples(inputs[:examples], targets[:examples]),
        Examples(inputs[examples:], targets[examples:]),
    )

    def squared_error(position, x, y):
        return (position @ x - y) ** 2

    return Problem(
        slug="regression", label="Regression", dimension=dimension, starts=((0.0,) * dimension,),
        loss=mean_loss(squared_error, training), example_loss=squared_error, training=training, held_out=held_out,
    )  # fmt: skip


def test_batches_and_held_out_examples_in_five_dimensions():
    problem = linear_regression()
    assert problem.training is not None
    assert problem.held_out is not None
    x, y = problem.training.inputs, problem.training.targets
    experiment = Experiment(
        problem, steps=60, batch_size=8, seed=2, runs=(Run("gradient_descent", {"learning_rate": 0.05}),)
    )
    trajectory = simulate(experiment)
    full = np.stack([2 * (x @ position - y) @ x / len(x) for position in trajectory.positions[0, :-1]])
    assert np.abs(trajectory.gradients[0] - full).max() > 0.1
    # The five batches of an epoch are all examples: at one position their gradients average to the full one.
    still = simulate(replace(experiment, steps=5, runs=(Run("gradient_descent", {"learning_rate": 1e-12}),)))
    np.testing.assert_allclose(still.gradients[0].mean(axis=0), full[0], rtol=1e-9)
    np.testing.assert_allclose(trajectory.positions[0, -1], np.arange(1.0, 6.0), atol=0.3)
    residuals = trajectory.positions[0] @ problem.held_out.inputs.T - problem.held_out.targets
    held_out = held_out_losses(experiment, trajectory)
    assert held_out is not None
    np.testing.assert_allclose(held_out[0], (residuals**2).mean(axis=1), rtol=1e-9)


def test_a_landscape_and_the_same_problem_go_the_same_way():
    landscape = LANDSCAPES["rosenbrock"]
    problem = Problem(
        slug="bare",
        label="Bare",
        loss=landscape.loss,
        dimension=2,
        starts=landscape.starts,
        parameters=landscape.parameters,
    )
    runs = (Run("adam"), Run("momentum", start=(0.5, 0.5)))
    one, other = (simulate(Experiment(entry, noise=0.1, seed=1, runs=runs)) for entry in (landscape, problem))
    np.testing.assert_array_equal(one.positions, other.positions)
    np.testing.assert_array_equal(one.losses, other.losses)


def test_loss_and_gradient_at_a_point_have_its_dimension():
    loss, gradient = loss_and_gradient(on_bowl(300, (Run("adam"),)), (1.0,) * 300)
    np.testing.assert_allclose(gradient, 1.5 * BOWLS[300][1], rtol=1e-12)
    assert loss == pytest.approx(0.75 * BOWLS[300][1].sum())


def test_a_rate_is_suggested_without_a_picture_to_stay_in():
    """On a bowl of one dimension a rate of 1/1.5/0.5 is one jump to the minimum, and at twice that it diverges."""
    experiment = on_bowl(1, (Run("gradient_descent"),))
    rate = suggested_rate(experiment, experiment.runs[0])
    assert 0.5 <= rate <= 2.0
    swept = sweep_rates(experiment, experiment.runs[0], (rate, 4.0))
    assert swept.losses[0, -1] < 1e-3 * swept.losses[0, 0]
    assert swept.losses[1, -1] > swept.losses[1, 0]


def test_what_needs_a_picture_says_so():
    experiment = on_bowl(300, (Run("adam"),))
    with pytest.raises(
        ValueError, match=r"landscape is 'Bowl'.* dimension 300 without a view; allowed here: a Landscape"
    ):
        verdicts(experiment, simulate(experiment))
    with pytest.raises(ValueError, match="allowed here: a Landscape"):
        payload(experiment, simulate(experiment), (), "log")
    with pytest.raises(ValueError, match="allowed here: a Landscape"):
        to_query(experiment)


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ((1.0, 2.0), "start is .*, of dimension 2; allowed: 300 finite numbers"),
        ((1.0,) * 299 + (np.nan,), "start 300 is nan; allowed: a finite number"),
        ("a" * 300, "start is 'a.*; allowed: finite numbers"),
        ((), "start is .*; allowed: finite numbers"),
    ],
)
def test_a_start_of_another_dimension_is_refused(start, words):
    with pytest.raises(ValueError, match=words) as refused:
        replace(on_bowl(300, (Run("adam"),)), start=start)
    assert len(str(refused.value)) < 400
    with pytest.raises(ValueError, match=words.removeprefix("start ")):
        on_bowl(300, (Run("adam", start=start),))


def test_a_run_may_start_elsewhere_in_any_dimension():
    elsewhere = tuple(np.arange(300.0).tolist())
    trajectory = simulate(on_bowl(300, (Run("adam", start=elsewhere), Run("adam"))))
    np.testing.assert_array_equal(trajectory.positions[0, 0], elsewhere)
    np.testing.assert_array_equal(trajectory.positions[1, 0], BOWLS[300][0].starts[0])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"dimension": 3}, "a start has 2 numbers; allowed: 3"),
        ({"dimension": 0, "starts": ((),)}, "dimension of at least 1"),
        ({"starts": ()}, "a start"),
        ({"example_loss": lambda position, x, y: x}, "belong together"),
        ({"held_out": Examples(np.zeros(1), np.zeros(1))}, "held_out needs training"),
    ],
)
def test_a_problem_that_contradicts_itself_is_refused(fields, words):
    with pytest.raises(ValueError, match=words):
        replace(BOWLS[2][0], **fields)


def test_a_landscape_has_two_dimensions_and_says_so():
    assert all(landscape.dimension == 2 for landscape in LANDSCAPES.values())
    assert issubclass(Landscape, Problem)
    with pytest.raises(ValueError, match="dimension is 3; allowed: 2, for more a Problem"):
        replace(LANDSCAPES["quadratic"], dimension=3, starts=((0.0, 0.0, 0.0),))  # type: ignore[arg-type]


MOVED: dict[str, dict[str, Any]] = {
    "rate": {"runs": (Run("adam", {"learning_rate": 0.3}),)},
    "hyperparameter": {"runs": (Run("adam", {"b1": 0.5}),)},
    "start": {"start": (0.5,) * 300},
    "steps": {"steps": 1999},
    "noise": {"noise": 0.3},
    "seed": {"seed": 5},
    "parameter": {"landscape_parameters": {"factor": 2.0}},
    "clipping": {"runs": (Run("adam", clip_norm=1.0),)},
}


@pytest.mark.parametrize("moved", MOVED)
def test_moving_a_number_compiles_nothing_in_300_dimensions(moved):
    first = on_bowl(300, (Run("adam"),))
    simulate(first)
    before = len(compilations)
    jax.block_until_ready(simulate(replace(first, **MOVED[moved])).positions)
    assert compilations[before:] == []
