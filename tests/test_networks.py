"""Networks are what they say: gradients, training, planes and curvature against other ways to find them."""

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from experiments import Experiment, Run, follow
from landscapes import Examples, Problem
from networks import (
    DATA_SETS,
    INITIALIZATIONS,
    NetworkExperiment,
    answers,
    barrier,
    gradient_norms,
    network_problem,
    plane,
    sharpness,
    train,
)
from networks.architecture import ACTIVATIONS, Architecture
from networks.curvature import tridiagonal_hessian
from networks.network import ROOMS, draw_examples, first_weights, problem_of_network
from networks.planes import random_directions
from tests.test_catalogue import is_one_sentence
from tests.test_compilation import compilations

pytestmark = pytest.mark.xdist_group("networks")  # one process, which trains once for all
RECORDED = json.loads(Path(__file__).with_name("recorded").joinpath("network.json").read_text())


def run(slug, rate, **others):
    return Run(slug, {"learning_rate": rate, **others})


RUNS = (run("gradient_descent", 0.5), run("adam", 0.03))
SMALL = NetworkExperiment("moons", hidden=(4, 3), points=60, steps=40, runs=RUNS)


@pytest.fixture(scope="module")
def trained():
    """The same training for all who need one."""
    return train(SMALL)


def answer_by_hand(architecture, weights, inputs):
    """What a network answers, layer by layer in NumPy."""
    squash: dict[str, Callable] = {
        "tanh": np.tanh,
        "relu": lambda z: np.maximum(z, 0.0),
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    }
    sizes, at, values = (architecture.features, *architecture.hidden, 1), 0, inputs
    for inputs_of_layer, units in pairwise(sizes):
        matrix = weights[at : at + units * inputs_of_layer].reshape(units, inputs_of_layer)
        at += units * inputs_of_layer
        values = values @ matrix.T + weights[at : at + units]
        at += units
        values = squash[architecture.activation](values) if at < len(weights) else values
    return values[:, 0]


def loss_by_hand(experiment, weights, examples):
    """The loss with its penalty, from what the network answers."""
    architecture = experiment.architecture
    inputs, targets = examples.inputs[: len(examples)], examples.targets[: len(examples)]
    answers = answer_by_hand(architecture, weights, inputs)
    each = np.log1p(np.exp(-targets * answers)) if experiment.loss == "cross_entropy" else (answers - targets) ** 2 / 2
    squares = sum((weights[layer.weights] ** 2).sum() for layer in architecture.layers)
    return each.mean() + experiment.l2 / 2 * squares


@pytest.mark.parametrize("case", RECORDED["cases"], ids=lambda case: "-".join([case["optimizer"], case["activation"]]))
def test_training_goes_as_in_pytorch(case):
    examples = Examples(np.array(RECORDED["inputs"]), np.array(RECORDED["targets"]))
    architecture = Architecture(2, (4, 3), case["activation"])
    problem = problem_of_network(architecture, case["loss"], examples, examples, case["weights"][0])
    runs = (Run(case["optimizer"], case["hyperparameters"]),)
    paths = follow(Experiment(problem, {"l2": RECORDED["l2"]}, steps=RECORDED["steps"][-1], runs=runs))
    np.testing.assert_allclose(paths.positions[0, RECORDED["steps"]], case["weights"], rtol=0, atol=1e-8)
    np.testing.assert_allclose(paths.losses[0, RECORDED["steps"]], case["losses"], rtol=0, atol=1e-8)


@pytest.mark.parametrize(
    ("activation", "loss"),
    [*zip(ACTIVATIONS, ["squared", "cross_entropy"] * 2, strict=True), ("tanh", "cross_entropy")],
)
def test_gradients_are_those_of_finite_differences(activation, loss):
    experiment = replace(SMALL, activation=activation, loss=loss, l2=0.01)
    problem, width = network_problem(experiment), 1e-5
    weights = np.random.default_rng(1).standard_normal(problem.dimension)
    at = jax.jit(lambda position: problem.loss(position, l2=0.01))
    moves = width * np.eye(problem.dimension)
    differences = [(at(weights + move) - at(weights - move)) / (2 * width) for move in moves]
    np.testing.assert_allclose(jax.grad(at)(weights), differences, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("data", DATA_SETS)
def test_losses_are_those_of_the_network_on_its_examples(data):
    """Of every data set, on the examples that are trained on and on the others, whatever room they are given."""
    experiment = NetworkExperiment(data, hidden=(5,), activation="sigmoid", l2=0.02, steps=20, points=77, runs=RUNS)
    training, problem = train(experiment), network_problem(experiment)
    assert training.weights.shape == (2, 21, problem.dimension)
    assert training.losses.shape == training.held_out_losses.shape == (2, 21)
    assert (len(problem.training), len(problem.held_out)) == (58, 19)
    for step in (0, 7, 20):
        for raced in (0, 1):
            weights = training.weights[raced, step]
            by_hand = [loss_by_hand(experiment, weights, part) for part in (problem.training, problem.held_out)]
            found = [training.losses[raced, step], training.held_out_losses[raced, step]]
            np.testing.assert_allclose(found, by_hand, rtol=1e-12)


@pytest.mark.parametrize("data", DATA_SETS.values(), ids=DATA_SETS)
def test_a_data_set_is_what_it_declares(data):
    assert is_one_sentence(data.teaches)
    experiment = NetworkExperiment(data.slug, points=301)
    examples = draw_examples(experiment)
    assert examples.inputs.shape == (301, data.features)
    assert examples.targets.shape == (301,)
    if data.task == "classification":
        assert set(examples.targets) == {-1.0, 1.0}
        assert abs(examples.targets.sum()) <= 1
    still = draw_examples(replace(experiment, noise=0.0))
    assert np.abs(still.inputs).max() <= 2
    assert np.abs(still.targets).max() <= 2.5
    assert np.abs(examples.inputs - still.inputs).max() + np.abs(examples.targets - still.targets).max() > 0
    np.testing.assert_array_equal(draw_examples(experiment).inputs, examples.inputs)
    assert (draw_examples(replace(experiment, data_seed=1)).inputs != examples.inputs).any()


def test_the_batches_are_of_the_examples_and_never_of_what_fills_the_room():
    """Single examples, one epoch long: each step goes by one, and all of them come up once."""
    experiment = replace(SMALL, batch_size=1, steps=45, runs=(run("gradient_descent", 1e-9),))
    training, problem = train(experiment), network_problem(experiment)
    assert len(problem.training) == 45
    steps = np.diff(training.weights[0], axis=0) / -1e-9
    at = training.weights[0, 0]
    inputs, targets = problem.training.inputs[:45], problem.training.targets[:45]
    one = jax.grad(lambda weights, x, y: problem.example_loss(weights, x, y, l2=0.0))
    each = np.array(jax.jit(jax.vmap(one, in_axes=(None, 0, 0)))(at, inputs, targets))
    nearest = np.abs(steps[:, None] - each).max(axis=2)
    assert sorted(nearest.argmin(axis=1)) == list(range(45))
    assert nearest.min(axis=1).max() < 1e-4


@pytest.mark.parametrize("initialization", INITIALIZATIONS)
def test_first_weights_spread_as_the_initialization_says(initialization):
    experiment = replace(SMALL, hidden=(16, 16), initialization=initialization)
    weights = np.stack([first_weights(replace(experiment, seed=seed)) for seed in range(40)])
    spread = {"glorot": 1 / 4, "he": np.sqrt(1 / 8), "small": 0.01, "large": 3.0, "zero": 0.0}[initialization]
    middle = experiment.architecture.layers[1]
    assert weights[:, middle.weights].std() == pytest.approx(spread, rel=0.03)
    assert (weights[:, middle.biases] == 0).all()


def test_all_runs_start_from_the_same_weights_and_another_seed_from_others():
    training = train(SMALL)
    np.testing.assert_array_equal(training.weights[0, 0], training.weights[1, 0])
    assert (train(replace(SMALL, seed=1)).weights[0, 0] != training.weights[0, 0]).any()


def test_the_main_plane_is_that_of_a_singular_value_decomposition(trained):
    steps = trained.weights.reshape(-1, trained.weights.shape[-1])
    spread = steps - steps.mean(axis=0)
    _, lengths, directions = np.linalg.svd(spread, full_matrices=False)
    found = plane(trained, "pca", resolution=5)
    np.testing.assert_allclose(np.abs(found.directions @ directions[:2].T), np.eye(2), atol=1e-10)
    assert found.held == pytest.approx((lengths[:2] ** 2).sum() / (lengths**2).sum(), rel=1e-10)
    np.testing.assert_allclose(found.origin, steps.mean(axis=0), rtol=1e-12)


@pytest.mark.parametrize("kind", ["pca", "ends", "random"])
def test_the_losses_of_a_plane_are_those_of_the_network_there(trained, kind):
    found = plane(trained, kind, resolution=7)
    problem = network_problem(SMALL)
    assert found.losses.shape == found.held_out_losses.shape == (7, 7)
    assert found.directions.shape == (2, problem.dimension)
    for row, column in [(0, 0), (0, 6), (3, 2), (6, 5)]:
        weights = found.origin + found.x[column] * found.directions[0] + found.y[row] * found.directions[1]
        expected = [loss_by_hand(SMALL, weights, part) for part in (problem.training, problem.held_out)]
        np.testing.assert_allclose(
            [found.losses[row, column], found.held_out_losses[row, column]], expected, rtol=1e-11
        )


@pytest.mark.parametrize("kind", ["pca", "ends", "random"])
def test_a_path_is_drawn_at_the_nearest_point_of_the_plane(trained, kind):
    found = plane(trained, kind, resolution=5)
    assert found.paths.shape == (2, 41, 2)
    apart = trained.weights - (found.origin + found.paths @ found.directions)
    np.testing.assert_allclose(apart @ found.directions.T, 0, atol=1e-10)
    np.testing.assert_allclose(np.linalg.norm(apart, axis=-1), found.distances, rtol=1e-9, atol=1e-12)
    spread = trained.weights - trained.weights.mean(axis=(0, 1))
    basis = np.linalg.qr(found.directions.T)[0]
    assert found.held == pytest.approx(((spread @ basis) ** 2).sum() / (spread**2).sum(), rel=1e-9)


def test_no_plane_holds_more_of_the_movement_than_the_main_one(trained):
    held = {kind: plane(trained, kind, resolution=5).held for kind in ("pca", "ends", "random")}
    assert held["random"] < held["ends"] <= held["pca"] <= 1
    assert held["pca"] > 0.9


def test_the_plane_of_the_ends_goes_through_the_start_and_both_ends(trained):
    found = plane(trained, "ends", resolution=5)
    np.testing.assert_allclose(found.distances[:, [0, -1]], 0, atol=1e-12)
    np.testing.assert_allclose(found.directions @ found.directions.T, np.eye(2), atol=1e-12)
    three = plane(trained, "ends", resolution=5, points=[(0, 5), (1, 9), (1, -1)])
    np.testing.assert_allclose([three.distances[0, 5], three.distances[1, 9], three.distances[1, -1]], 0, atol=1e-12)


def test_random_directions_are_as_long_as_the_weights_unit_by_unit(trained):
    architecture, weights = SMALL.architecture, trained.weights[0, -1]
    directions = random_directions(architecture, weights, seed=0)
    for layer in architecture.layers:
        own = np.linalg.norm(weights[layer.weights].reshape(layer.units, -1), axis=1)
        for direction in directions:
            drawn = direction[layer.weights].reshape(layer.units, -1)
            np.testing.assert_allclose(np.linalg.norm(drawn, axis=1), own, rtol=1e-12)
            assert (direction[layer.biases] == 0).all()
    np.testing.assert_array_equal(random_directions(architecture, weights, seed=0), directions)
    assert (random_directions(architecture, weights, seed=1) != directions).any()


def test_a_barrier_is_what_the_loss_rises_above_the_straight_line(trained):
    found = barrier(trained, (0, -1), (1, -1))
    problem, (one, other) = network_problem(SMALL), trained.weights[:, -1]
    by_hand = [loss_by_hand(SMALL, one + share * (other - one), problem.training) for share in found.shares]
    np.testing.assert_allclose(found.losses, by_hand, rtol=1e-11)
    straight = (1 - found.shares) * by_hand[0] + found.shares * by_hand[-1]
    assert found.height == pytest.approx((by_hand - straight).max(), rel=1e-9)
    assert barrier(trained, (0, -1), (0, -1)).height == 0


def test_gradients_are_as_long_layer_by_layer_as_those_of_the_whole_loss(trained):
    problem = network_problem(SMALL)
    slope = jax.jit(jax.grad(lambda weights: problem.loss(weights, l2=0.0)))
    found = gradient_norms(trained)
    assert found.shape == (2, 41, 3)
    for raced, step in ((0, 0), (1, 40)):
        gradient = np.asarray(slope(trained.weights[raced, step]))
        ends = [layer.biases.stop for layer in SMALL.architecture.layers]
        by_hand = [np.linalg.norm(part) for part in np.split(gradient, ends[:-1])]
        np.testing.assert_allclose(found[raced, step], by_hand, rtol=1e-9)


@pytest.mark.parametrize("hidden", [(4, 3), (9, 9)], ids=str)
def test_the_sharpness_is_the_largest_eigenvalue_of_the_whole_hessian(hidden):
    """Of networks smaller and larger than the number of products that are made."""
    experiment = replace(SMALL, hidden=hidden, steps=12)
    training, problem = train(experiment), network_problem(experiment)
    found = sharpness(training, np.array([0, 5, 12]))
    hessian = jax.jit(jax.hessian(lambda weights: problem.loss(weights, l2=0.0)))
    for raced in (0, 1):
        dense = [np.linalg.eigvalsh(hessian(training.weights[raced, step]))[-1] for step in found.steps]
        np.testing.assert_allclose(found.values[raced], dense, rtol=1e-6, atol=1e-12)


TRIDIAGONAL = jax.jit(
    lambda hessian: tridiagonal_hessian(lambda position: hessian @ position, jnp.zeros(len(hessian), hessian.dtype))
)


@pytest.mark.parametrize("eigenvalues", [(-9.0, -4.0, 1.0, 2.0), (-9.0, -4.0, -3.0, -2.0), (5.0,) * 4], ids=str)
def test_the_largest_eigenvalue_is_meant_and_not_the_largest_in_size(eigenvalues):
    """Power iteration alone would find the −9; and where all are alike, there is nothing beyond the first product."""
    turn = np.linalg.qr(np.random.default_rng(0).standard_normal((4, 4)))[0]
    small = TRIDIAGONAL(turn * eigenvalues @ turn.T)
    assert np.linalg.eigvalsh(small)[-1] == pytest.approx(max(eigenvalues), rel=1e-9)


@pytest.mark.parametrize("slug", ["gradient_descent", "momentum", "nesterov", "heavy_ball_ema"])
def test_a_rule_is_stable_up_to_the_curvature_that_it_states(slug):
    training = train(replace(SMALL, runs=(run(slug, 0.05),), steps=5))
    limit = sharpness(training).limits[0, 0]
    assert np.isfinite(limit)
    for factor, lasts in ((0.98, True), (1.02, False)):
        bowl = bowl_of(factor * limit)
        ends = np.abs(follow(Experiment(bowl, steps=2000, runs=(run(slug, 0.05),))).positions[0, -1])
        assert (ends.max() < 1e-3) == lasts


def bowl_of(curvature):
    """A paraboloid of one dimension."""
    return Problem(
        slug="bowl",
        label="Bowl",
        dimension=1,
        loss=lambda position: 0.5 * curvature * position[0] ** 2,
        starts=((1.0,),),
    )


def test_a_run_that_is_lost_harms_no_other_runs_plane():
    """Weights so large that their penalty overflows."""
    penalized = replace(SMALL, l2=0.01, runs=RUNS[1:])
    lost = train(replace(penalized, runs=(RUNS[1], run("gradient_descent", 1e200))))
    assert lost.diverged_at[0] == -1
    assert lost.diverged_at[1] > 0
    found, beside = (plane(training, "pca", resolution=5) for training in (lost, train(penalized)))
    assert found.counted.tolist() == [True, False]
    np.testing.assert_allclose(found.losses, beside.losses, rtol=1e-9)
    assert np.isfinite(found.losses).all()
    assert np.isnan(sharpness(lost).values[1, -1])
    assert np.isfinite(sharpness(lost).values[0]).all()


@pytest.mark.parametrize("kind", ["pca", "ends", "random"])
@pytest.mark.parametrize("rate", [1e-30, 1e200], ids=["still", "lost at once"])
def test_a_plane_is_finite_even_where_nothing_moves_and_where_all_is_lost(kind, rate):
    experiment = replace(SMALL, initialization="zero", hidden=(), loss="squared", runs=(run("gradient_descent", rate),))
    found = plane(train(experiment), kind, resolution=5)
    assert np.isfinite(found.losses).all()
    assert np.isfinite(found.directions).all()
    assert 0 <= found.held <= 1


def test_weights_that_start_alike_stay_alike():
    """All zero: no gradient reaches a hidden layer, and only the last bias moves."""
    training = train(replace(SMALL, initialization="zero"))
    moved = np.abs(np.diff(training.weights, axis=1)).max(axis=(0, 1)) > 0
    assert np.flatnonzero(moved).tolist() in ([], [SMALL.architecture.dimension - 1])


MOVED: dict[str, dict[str, Any]] = {
    "rate": {"runs": (run("gradient_descent", 0.1), run("adam", 0.3, b1=0.5))},
    "seed": {"seed": 7},
    "data seed": {"data_seed": 7},
    "noise": {"noise": 0.3},
    "l2": {"l2": 0.05},
    "batch size": {"batch_size": 3},
    "steps": {"steps": 1999},
    "initialization": {"initialization": "he"},
    "points": {"points": 57},
    "data": {"data": "xor"},
}


def look_at(experiment):
    training = train(experiment)
    sharpness(training)
    gradient_norms(training)
    answers(training)
    return [plane(training, kind) for kind in ("pca", "ends", "random")]


@pytest.mark.parametrize("moved", MOVED)
def test_moving_a_number_compiles_nothing(moved):
    look_at(SMALL)
    before = len(compilations)
    look_at(replace(SMALL, **MOVED[moved]))
    assert compilations[before:] == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"data": "rings"}, "data is 'rings'; allowed: circles"),
        ({"hidden": (8,) * 5}, "hidden is .*; allowed: up to 4 numbers of units"),
        ({"hidden": (17,)}, "hidden is 17; allowed: a whole number from 1 to 16"),
        ({"hidden": (0,)}, "hidden is 0"),
        ({"hidden": 8}, "hidden is 8"),
        ({"activation": "swish"}, "activation is 'swish'; allowed: tanh, relu, sigmoid, gelu"),
        ({"initialization": None}, "initialization is None; allowed: glorot"),
        ({"data": "sine", "loss": "cross_entropy"}, "loss is 'cross_entropy'; allowed: squared"),
        ({"l2": -1.0}, "l2 is -1.0; allowed"),
        ({"steps": 10**9}, "steps is 1000000000; allowed: a whole number from 1 to 2000"),
        ({"points": 501}, "points is 501; allowed: a whole number from 50 to 500"),
        ({"held_out": 0.9}, "held_out is 0.9; allowed"),
        ({"batch_size": 46}, "batch_size is 46; allowed: a whole number from 1 to 45"),
        ({"noise": float("nan")}, "noise is nan; allowed: a finite number"),
        ({"runs": ()}, "runs is 0 of them; allowed: a tuple of 1 to 6 Run"),
        ({"runs": RUNS * 4}, "runs is 8 of them"),
        ({"runs": (Run("adam", start=(1.0, 2.0)),)}, "start of run 1 is .*; allowed: None"),
    ],
)
def test_what_can_not_be_trained_is_refused_by_name(fields, words):
    with pytest.raises(ValueError, match=words):
        replace(SMALL, **fields)


def test_a_rule_for_few_dimensions_says_why_it_does_not_train_networks():
    with pytest.raises(ValueError, match=r"'newton' on a problem of 31 dimensions; allowed: up to 20\. .*cube"):
        replace(SMALL, runs=(run("newton", 0.5),))
    assert replace(SMALL, hidden=(), runs=(run("newton", 1.0),)).architecture.dimension == 3


def test_there_is_room_for_every_number_of_examples():
    assert ROOMS[-1] >= 450  # of 500 points at least a tenth is held out
