"""Surfaces made of data: batches without replacement, their gradients, held-out loss, and what every rule is told."""

from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from experiments import Experiment, Run, formula_landscape, from_query, simulate, to_query
from experiments.batches import batch_members
from experiments.simulation import batches, held_out_losses
from landscapes import LANDSCAPES
from optimizers import Optimizer
from optimizers._optimizer import LEARNING_RATE
from schedules import SCHEDULES

MADE_OF_DATA = [landscape for landscape in LANDSCAPES.values() if landscape.training is not None]
EVERY_DATA_SURFACE = pytest.mark.parametrize("landscape", MADE_OF_DATA, ids=lambda landscape: landscape.slug)
DESCENT = Run("gradient_descent", {"learning_rate": 0.05})


def test_the_surfaces_that_a_course_needs_are_there():
    needed = {"linear_regression", "logistic_regression", "two_weight_network", "sparse_features"}
    assert needed <= {landscape.slug for landscape in MADE_OF_DATA}


@pytest.mark.parametrize("batch_size", [1, 7, 8, 63, 64])
@pytest.mark.parametrize("seed", [0, 5])
def test_every_example_comes_once_per_epoch(batch_size, seed):
    per_epoch = -(-64 // batch_size)
    members = batch_members(64, batch_size, 5 * per_epoch, seed)
    epochs = members.reshape(5, per_epoch, 64)
    assert (epochs.sum(axis=1) == 1).all()
    assert (members.sum(axis=1)[: per_epoch - 1] == batch_size).all()
    assert batch_size > 32 or not (epochs[0] == epochs[1]).all(), "every epoch is shuffled anew"


def test_a_seed_always_deals_the_same_batches_and_more_steps_continue_them():
    first = batch_members(64, 10, 23, seed=4)
    np.testing.assert_array_equal(first, batch_members(64, 10, 23, seed=4))
    np.testing.assert_array_equal(first, batch_members(64, 10, 200, seed=4)[:23])
    assert not (first == batch_members(64, 10, 23, seed=6)).all()


@pytest.mark.parametrize("batch_size", [None, 64, 1000])
def test_all_examples_are_one_batch(batch_size):
    assert batch_members(64, batch_size, 3, seed=0).all()


def standing_still(landscape, batch_size, steps, **rest):
    """The gradients of a run whose steps are too short to move it."""
    run = Run("gradient_descent", {"learning_rate": 1e-300})
    return simulate(Experiment(landscape.slug, steps=steps, runs=(run,), batch_size=batch_size, **rest)).gradients[0]


@pytest.mark.parametrize("batch_size", [1, 5, 16])
@EVERY_DATA_SURFACE
def test_the_mean_of_an_epochs_gradients_is_the_full_gradient(landscape, batch_size):
    examples = len(landscape.training)
    batch_size = min(batch_size, examples - 1)
    per_epoch = -(-examples // batch_size)
    gradients = standing_still(landscape, batch_size, 2 * per_epoch)
    sizes = batch_members(examples, batch_size, 2 * per_epoch, seed=0).sum(axis=1)
    full = jax.grad(landscape.loss)(jnp.array(landscape.starts[0]))
    for epoch in (slice(0, per_epoch), slice(per_epoch, None)):
        mean = np.average(gradients[epoch], axis=0, weights=sizes[epoch])
        np.testing.assert_allclose(mean, full, rtol=1e-12, atol=1e-13)
    assert np.ptp(gradients, axis=0).min() > 1e-3, "the batches differ"


def test_a_batch_gradient_is_what_its_examples_give_by_hand():
    experiment = Experiment("linear_regression", steps=30, runs=(DESCENT,), batch_size=5, seed=3)
    trajectory, training = simulate(experiment), data_of("linear_regression")
    for step, members in enumerate(batches(experiment)):
        x, y = training.inputs[members], training.targets[members]
        slope, intercept = trajectory.positions[0, step]
        errors = slope * x + intercept - y
        expected = [np.mean(errors * x), np.mean(errors)]
        np.testing.assert_allclose(trajectory.gradients[0, step], expected, rtol=1e-12, atol=1e-13)


def data_of(slug):
    training = LANDSCAPES[slug].training
    assert training is not None
    return training


def by_hand(slug, position, examples):
    """The loss over `examples`, in NumPy."""
    (a, b), x, y = position, examples.inputs, examples.targets
    if slug in ("linear_regression", "few_examples"):
        return np.mean((a * x + b - y) ** 2) / 2
    if slug == "giant_example":
        return np.mean(np.sqrt((a * x + b - y) ** 2 + 0.09))
    if slug == "logistic_regression":
        chance = 1 / (1 + np.exp(-(a * x + b)))
        return -np.mean(y * np.log(chance) + (1 - y) * np.log(1 - chance))
    if slug == "two_weight_network":
        return np.mean((b * np.tanh(a * x) - y) ** 2) / 2
    return np.mean((x @ [a, b] - y) ** 2) / 2


@EVERY_DATA_SURFACE
def test_losses_are_those_of_all_training_and_all_held_out_examples(landscape):
    experiment = Experiment(landscape.slug, steps=40, runs=(DESCENT, Run("adam")), batch_size=1)
    trajectory = simulate(experiment)
    held_out = held_out_losses(experiment, trajectory)
    assert held_out is not None
    assert held_out.shape == trajectory.losses.shape
    for run in range(2):
        for step in (0, 1, 17, 40):
            position = trajectory.positions[run, step]
            trained = by_hand(landscape.slug, position, landscape.training)
            unseen = by_hand(landscape.slug, position, landscape.held_out)
            assert trajectory.losses[run, step] == pytest.approx(trained, rel=1e-12)
            assert held_out[run, step] == pytest.approx(unseen, rel=1e-12)
            assert abs(trained - unseen) > 1e-6


def test_a_surface_without_data_has_no_batches_and_no_held_out_loss():
    experiment = Experiment("quadratic", steps=4)
    assert batches(experiment).shape == (4, 0)
    assert held_out_losses(experiment, simulate(experiment)) is None


@EVERY_DATA_SURFACE
def test_every_run_gets_the_same_batches(landscape):
    twice = Experiment(landscape.slug, steps=50, runs=(DESCENT, Run("adam"), DESCENT), batch_size=3, seed=8)
    positions = simulate(twice).positions
    np.testing.assert_array_equal(positions[0], positions[2])
    np.testing.assert_array_equal(positions[0], simulate(replace(twice, runs=(DESCENT,))).positions[0])


def test_the_rare_feature_is_rare():
    inputs = data_of("sparse_features").inputs
    assert 0.02 <= np.mean(inputs[:, 1] != 0) <= 0.04
    assert np.mean(inputs[:, 0] != 0) == 1


def test_adagrad_learns_the_rare_feature_sooner_than_descent():
    runs = (Run("gradient_descent", {"learning_rate": 0.1}), Run("adagrad", {"learning_rate": 1.0}))
    trajectory = simulate(Experiment("sparse_features", steps=300, runs=runs, batch_size=1))
    errors = np.abs(trajectory.positions[:, -1, 1] - LANDSCAPES["sparse_features"].minima[0][1])
    assert errors[1] < 0.3 * errors[0]


@pytest.mark.parametrize("batch_size", [0, -1, 65, 2.5, True, "8"])
def test_a_batch_size_that_cannot_be_is_refused_by_name(batch_size):
    with pytest.raises(ValueError, match=r"batch_size is .*; allowed: a whole number from 1 to 64"):
        Experiment("linear_regression", batch_size=batch_size)


def test_the_link_holds_the_batch_size():
    experiment = Experiment("linear_regression", runs=(DESCENT,), batch_size=8, seed=9)
    assert from_query(to_query(experiment), Experiment("quadratic")) == (experiment, ())


def test_a_wrong_batch_size_in_a_link_is_named_and_the_rest_kept():
    query = {**to_query(Experiment("linear_regression", runs=(DESCENT,), seed=9)), "batch_size": ["65"]}
    experiment, problems = from_query(query, Experiment("quadratic"))
    assert (experiment.batch_size, experiment.seed, experiment.runs) == (None, 9, (DESCENT,))
    assert len(problems) == 1
    assert "batch_size is “65”; allowed: a whole number from 1 to 64" in problems[0]


def looking_around(state_of):
    """Gradient descent that notes in its state what it is told."""

    def update(gradient, state, position, *, value, grad, value_fn, grad_fn, **extra):
        return -0.01 * gradient, state_of(gradient, position, value, grad, value_fn, grad_fn)

    def make(learning_rate):
        return optax.GradientTransformationExtraArgs(lambda position: {"told": jnp.zeros(6)}, update)

    return Optimizer(
        slug="looking_around", label="Looking around", year=2000, make=make,
        hyperparameters={"learning_rate": LEARNING_RATE}, formula="", shows=("told",), reference="this test",
        teaches="", twin=None,
    )  # fmt: skip


@pytest.mark.parametrize(("landscape", "batch_size"), [("himmelblau", None), ("two_weight_network", 2)])
def test_a_rule_that_asks_for_loss_or_gradient_elsewhere_gets_the_same_noise_and_batch(landscape, batch_size):
    """The functions are those of one noisy loss: its gradient is the noisy one, and differences of it agree."""

    def told(gradient, position, value, grad, value_fn, grad_fn):
        step = 1e-5
        shifts = step * jnp.eye(2)
        differences = jnp.array([(value_fn(position + s) - value_fn(position - s)) / (2 * step) for s in shifts])
        return {"told": jnp.concatenate([gradient - grad_fn(position), gradient - grad, differences - gradient])}

    rule = looking_around(told)
    experiment = Experiment(landscape, steps=40, runs=(Run(rule),), noise=0.7, seed=2, batch_size=batch_size)
    trajectory = simulate(experiment)
    np.testing.assert_allclose(trajectory.states[0]["told"][:, :4], 0.0, atol=1e-12)
    scale = 1 + np.abs(trajectory.gradients[0]).max()
    np.testing.assert_allclose(trajectory.states[0]["told"][:, 4:] / scale, 0.0, atol=1e-6)


def test_clipped_steps_are_told():
    runs = (Run("gradient_descent", {"learning_rate": 0.002}, clip_norm=3.0), replace(DESCENT, clip_norm=None))
    trajectory = simulate(Experiment("rosenbrock", steps=60, runs=runs))
    norms = np.hypot(*np.moveaxis(trajectory.gradients[0], -1, 0))
    assert trajectory.clipped[0].any()
    assert not trajectory.clipped[0].all()
    np.testing.assert_allclose(norms[trajectory.clipped[0]], 3.0, rtol=1e-12)
    assert (norms[~trajectory.clipped[0]] <= 3.0).all()
    assert not trajectory.clipped[1].any()


def test_sam_is_clipped_at_the_uphill_point_too():
    """At the point itself the slope is short enough, uphill of it it is not."""
    run = Run("sam", {"learning_rate": 1e-6, "radius": 0.3}, clip_norm=3.0)
    experiment = Experiment("quadratic", start=(0.0, 0.05), steps=5, runs=(run,))
    trajectory = simulate(experiment)
    assert (np.abs(trajectory.gradients) < 3.0).all()
    assert trajectory.clipped.all()
    assert not simulate(replace(experiment, runs=(replace(run, clip_norm=30.0),))).clipped.any()


def test_a_gradient_whose_square_overflows_is_clipped_all_the_same():
    steep = formula_landscape("exp(x^2)", ((-20.0, 20.0), (-1.0, 1.0)))
    run = Run("gradient_descent", {"learning_rate": 1e-3}, clip_norm=1.0)
    trajectory = simulate(Experiment(steep, start=(19.5, 0.0), steps=3, runs=(run,)))
    np.testing.assert_allclose(trajectory.gradients[0], [[1.0, 0.0]] * 3, rtol=1e-12)
    assert trajectory.clipped.all()


def test_reduce_on_plateau_watches_the_loss_of_all_examples():
    """That of a single example jumps about: it would lower the rate to nothing."""
    run = Run("gradient_descent", {"learning_rate": 0.05}, "reduce_on_plateau", {"factor": 0.5, "patience": 5.0})
    experiment = Experiment("linear_regression", steps=400, runs=(run,), batch_size=1, seed=3)
    trajectory = simulate(experiment)
    lowest, waited, factor = np.inf, 0, 1.0
    for step in range(400):
        falls = trajectory.losses[0, step] < lowest * (1 - 1e-4)
        lowest, waited = (trajectory.losses[0, step], 0) if falls else (lowest, waited + 1)
        factor, waited = (factor * 0.5, 0) if waited > 5 else (factor, waited)
        assert trajectory.learning_rates[0, step] == pytest.approx(0.05 * factor, rel=1e-9)
    assert factor < 1, "the comparison is empty: no rate fell"


@pytest.mark.parametrize(("factor", "patience"), [(0.5, 3.0), (0.1, 1.0), (0.9, 10.0)])
def test_reduce_on_plateau_does_what_optax_does(factor, patience):
    """optax lowers the rate at the `patience`-th step without a lower loss, PyTorch and we at the one after it."""
    numbers = {"factor": factor, "patience": patience}
    run = Run("gradient_descent", {"learning_rate": 0.01}, "reduce_on_plateau", numbers)
    trajectory = simulate(Experiment("himmelblau", steps=120, runs=(run,), noise=25.0, start=(2.5, 1.5)))
    watcher = optax.contrib.reduce_on_plateau(factor=factor, patience=int(patience) + 1)
    watch = jax.jit(lambda state, loss: watcher.update(jnp.zeros(2), state, value=loss)[1])
    state = watcher.init(jnp.zeros(2))
    for step in range(120):
        state = watch(state, trajectory.losses[0, step])
        assert trajectory.learning_rates[0, step] == pytest.approx(0.01 * float(state.scale), rel=1e-5)
    assert trajectory.learning_rates[0, -1] < 0.01 * factor * 1.001, "the comparison is empty: no rate fell"


def test_other_schedules_do_not_react():
    assert [slug for slug, schedule in SCHEDULES.items() if schedule.reacts] == ["reduce_on_plateau"]
    noisy = Experiment("himmelblau", steps=80, runs=(Run("gradient_descent", {"learning_rate": 0.01}),), noise=25.0)
    assert (simulate(noisy).learning_rates == 0.01).all()
