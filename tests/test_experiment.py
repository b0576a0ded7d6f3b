"""Experiments and their simulation: what is accepted runs, what is refused says why."""

import math
from dataclasses import replace

import jax.numpy as jnp
import numpy as np
import optax
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments import MAX_RUNS, MAX_STEPS, Experiment, Run, simulate, verdicts
from landscapes import Landscape
from optimizers import OPTIMIZERS, Optimizer
from tests.strategies import experiments

ADAM = Run("adam", {"learning_rate": 0.01})
BASE = Experiment("rosenbrock", start=(-1.5, 2.0), steps=40, runs=(ADAM,))
# One surface, with a parameter, so that the examples go into numbers and not into compilations of every rule.
FEW = ("quadratic",)


def test_the_documented_experiment_is_valid():
    experiment = Experiment("rosenbrock", start=(-1.5, 2.0), steps=500, runs=(Run("adam", {"learning_rate": 0.01}),))
    assert experiment.runs[0].hyperparameters == {"learning_rate": 0.01, "b1": 0.9, "b2": 0.999, "eps": 1e-8}
    assert experiment.landscape_parameters == {"steepness": 100.0}


def test_equal_experiments_are_equal_and_hash_alike():
    again = Experiment(
        "rosenbrock", {"steepness": 100}, (-1.5, 2), 40, (Run("adam", {"b1": 0.9, "learning_rate": 0.01}),)
    )
    assert again == BASE
    assert hash(again) == hash(BASE)
    assert replace(BASE, seed=1) != BASE


@settings(max_examples=60, deadline=None)
@given(experiments(FEW))
def test_any_accepted_experiment_simulates_keeps_its_shapes_and_repeats(experiment):
    first, second = simulate(experiment), simulate(experiment)
    runs, steps = len(experiment.runs), experiment.steps
    assert first.positions.shape == (runs, steps + 1, 2)
    assert first.losses.shape == (runs, steps + 1)
    assert first.gradients.shape == first.updates.shape == (runs, steps, 2)
    assert first.learning_rates.shape == (runs, steps)
    assert first.diverged_at.shape == (runs,)
    assert first.positions.dtype == first.losses.dtype == np.float64
    for run, states in zip(experiment.runs, first.states, strict=True):
        assert set(states) == set(OPTIMIZERS[run.optimizer].shows)
        assert all(len(field) == steps for field in states.values())
    for name in ("positions", "losses", "gradients", "updates", "learning_rates", "diverged_at"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))
    assert len(verdicts(experiment, first)) == runs


BAD_NUMBERS = st.sampled_from([math.nan, math.inf, -math.inf, "0.1", None, True, 1j])


@given(BAD_NUMBERS, st.sampled_from(["learning_rate", "b1", "b2", "eps"]))
def test_a_bad_hyperparameter_is_refused_by_name(value, name):
    with pytest.raises(ValueError, match=f"hyperparameters {name} is .*allowed: a finite number"):
        Run("adam", {name: value})


@given(st.text().filter(lambda text: text not in OPTIMIZERS))
def test_an_unknown_slug_is_refused_with_what_is_allowed(slug):
    with pytest.raises(ValueError, match=r"optimizer is .*allowed: .*adam"):
        Run(slug)
    with pytest.raises(ValueError, match=r"landscape is .*allowed: .*rosenbrock"):
        Experiment(slug + "?")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("steps", 0),
        ("steps", MAX_STEPS + 1),
        ("steps", 10.5),
        ("steps", math.nan),
        ("seed", -1),
        ("seed", 2**40),
        ("noise", -0.1),
        ("noise", math.inf),
        ("start", (math.nan, 0.0)),
        ("start", (1.0,)),
        ("start", "ab"),
        ("runs", ()),
        ("runs", (ADAM,) * (MAX_RUNS + 1)),
        ("runs", "adam"),
        ("batch_size", 8),
        ("landscape_parameters", {"slope": 1.0}),
        ("landscape_parameters", {"steepness": math.nan}),
    ],
)
def test_a_bad_field_is_refused_by_name(field, value):
    with pytest.raises(ValueError, match=rf"{field}.* allowed: "):
        replace(BASE, **{field: value})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("clip_norm", 0.0),
        ("clip_norm", math.nan),
        ("clip_value", 0.0),
        ("clip_value", math.inf),
        ("start", (0.0, math.inf)),
        ("hyperparameters", {"beta": 0.9}),
        ("schedule", "sometimes"),
        ("schedule_parameters", {"decay_rate": 0.5}),
    ],
)
def test_a_bad_field_of_a_run_is_refused_by_name(field, value):
    with pytest.raises(ValueError, match=rf"{field}.* allowed: "):
        replace(ADAM, **{field: value})


def test_positions_are_the_sum_of_the_updates():
    trajectory = simulate(BASE)
    np.testing.assert_allclose(np.diff(trajectory.positions, axis=1), trajectory.updates, rtol=1e-9, atol=1e-12)


def test_losses_belong_to_their_positions():
    trajectory = simulate(BASE)
    x, y = trajectory.positions[0].T
    np.testing.assert_allclose(trajectory.losses[0], (1 - x) ** 2 + 100 * (y - x**2) ** 2, rtol=1e-12)


def test_runs_come_back_in_their_order_with_their_own_starts():
    runs = (ADAM, Run("momentum", start=(0.5, 0.5)), Run("adam", {"learning_rate": 0.5}), Run("gradient_descent"))
    together = simulate(replace(BASE, runs=runs))
    for index, run in enumerate(runs):
        alone = simulate(replace(BASE, runs=(run,)))
        np.testing.assert_array_equal(together.positions[index], alone.positions[0])
    assert together.positions[1, 0].tolist() == [0.5, 0.5]
    assert together.positions[0, 0].tolist() == [-1.5, 2.0]


def test_noise_is_the_same_for_every_run_and_repeats_with_its_seed():
    noisy = replace(BASE, noise=0.5, seed=3, runs=(Run("gradient_descent", {"learning_rate": 1e-9}), ADAM))
    first = simulate(noisy)
    quiet = simulate(replace(noisy, noise=0.0))
    np.testing.assert_array_equal(
        first.gradients[:, 0] - quiet.gradients[:, 0], np.full((2, 2), (first.gradients - quiet.gradients)[0, 0])
    )
    assert not np.array_equal(first.positions, simulate(replace(noisy, seed=4)).positions)


def test_more_steps_continue_the_same_noisy_path():
    noisy = replace(BASE, noise=0.5)
    np.testing.assert_array_equal(simulate(replace(noisy, steps=80)).positions[:, :41], simulate(noisy).positions)


def test_noise_has_the_stated_standard_deviation():
    flat = Landscape(
        slug="flat", label="Flat", family="plateau", loss=lambda position: 0.0 * jnp.sum(position), formula="0",
        view=((-1.0, 1.0), (-1.0, 1.0)), starts=((0.0, 0.0),), minimum=0.0, minima=(), reference="", teaches="",
    )  # fmt: skip
    trajectory = simulate(Experiment(flat, steps=4000, noise=2.0, runs=(Run("gradient_descent"), ADAM)))
    np.testing.assert_array_equal(trajectory.gradients[0], trajectory.gradients[1])
    # Isotropic: as strong along x as along y, and the two independent.
    np.testing.assert_allclose(np.cov(trajectory.gradients[0].T), [[4.0, 0.0], [0.0, 4.0]], atol=0.3)
    assert abs(trajectory.gradients.mean()) < 0.1


def test_clipping_shortens_long_gradients_and_leaves_short_ones():
    clipped = simulate(replace(BASE, runs=(replace(ADAM, clip_norm=5.0), ADAM)))
    norms = np.linalg.norm(clipped.gradients, axis=2)
    assert norms[0].max() <= 5.0 + 1e-9
    assert norms[1].max() > 5.0
    short = simulate(replace(BASE, runs=(replace(ADAM, clip_norm=1e6),)))
    np.testing.assert_array_equal(short.positions, simulate(BASE).positions)


def test_clipping_by_value_cuts_each_component_and_by_norm_what_is_left():
    small_rate = {"learning_rate": 1e-9}  # all stay at the start, where the gradient is long and steeper in x
    runs = [
        Run("gradient_descent", small_rate, clip_norm=n, clip_value=v) for n, v in ((None, None), (None, 5), (6, 5))
    ]
    trajectory = simulate(replace(BASE, steps=1, runs=tuple(runs)))
    plain, by_value, by_both = trajectory.gradients[:, 0]
    assert (np.abs(plain) > 5).all()
    np.testing.assert_array_equal(by_value, 5 * np.sign(plain))
    np.testing.assert_allclose(by_both, 6 / np.sqrt(2) * np.sign(plain), rtol=1e-14)
    np.testing.assert_array_equal(trajectory.clipped[:, 0], [False, True, True])
    one_component = np.sort(np.abs(plain)).mean()
    half = simulate(replace(BASE, steps=1, runs=(replace(runs[0], clip_value=one_component),))).gradients[0, 0]
    np.testing.assert_array_equal(np.abs(half), np.minimum(np.abs(plain), one_component))


def test_the_rule_gets_the_scheduled_rate():
    run = Run("gradient_descent", {"learning_rate": 0.001}, "step", {"transition_steps": 10.0, "decay_rate": 0.1})
    trajectory = simulate(replace(BASE, runs=(run,)))
    np.testing.assert_allclose(trajectory.learning_rates[0, [0, 9, 10, 39]], [1e-3, 1e-3, 1e-4, 1e-6], rtol=1e-12)
    np.testing.assert_allclose(
        trajectory.updates[0], -trajectory.learning_rates[0][:, None] * trajectory.gradients[0], rtol=1e-12
    )


def test_divergence_is_kept_as_data():
    trajectory = simulate(replace(BASE, runs=(Run("gradient_descent", {"learning_rate": 1.0}), ADAM)))
    step = int(trajectory.diverged_at[0])
    assert 0 < step < 40
    finite = np.isfinite(trajectory.losses[0]) & np.isfinite(trajectory.positions[0]).all(axis=1)
    assert finite[:step].all()
    assert not finite[step]
    assert trajectory.positions.shape == (2, 41, 2)
    assert trajectory.diverged_at[1] == -1


def test_declarations_outside_the_catalogue_are_simulated():
    bowl = Landscape(
        slug="bowl", label="Bowl", family="bowl", loss=lambda position: jnp.sum(position**2), formula="x^2 + y^2",
        view=((-1.0, 1.0), (-1.0, 1.0)), starts=((1.0, 0.5),), minimum=0.0, minima=((0.0, 0.0),), reference="", teaches="",
    )  # fmt: skip
    rule = Optimizer(
        slug="sgd", label="SGD", year=1951, make=optax.sgd, formula="", reference="", teaches="", twin=None,
        hyperparameters={"learning_rate": OPTIMIZERS["gradient_descent"].hyperparameters["learning_rate"]},
    )  # fmt: skip
    trajectory = simulate(Experiment(bowl, steps=3, runs=(Run(rule, {"learning_rate": 0.25}),)))
    np.testing.assert_allclose(trajectory.positions[0], np.outer(0.5 ** np.arange(4), [1.0, 0.5]))
