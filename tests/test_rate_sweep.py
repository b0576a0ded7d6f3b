"""A sweep over learning rates says of each what a single run says."""

from dataclasses import replace

import numpy as np
import pytest

from experiments import Experiment, Run, simulate, sweep_rates, verdicts
from sweeps import as_good_rates, rate_sweep, usual_rates

RAVINE = Experiment(
    "quadratic", {"condition_number": 10.0}, steps=150, runs=(Run("gradient_descent"), Run("adam"), Run("momentum"))
)


def test_a_column_is_what_single_runs_come_to():
    rates = np.geomspace(1e-4, 1.0, 9)
    sweep = rate_sweep(RAVINE, rates)
    assert sweep.final_losses.shape == sweep.best_losses.shape == sweep.diverged.shape == (3, 9, 1)
    for index, run in enumerate(RAVINE.runs):
        paths = sweep_rates(RAVINE, run, rates.tolist())
        np.testing.assert_allclose(sweep.final_losses[index, :, 0], paths.losses[:, -1], rtol=1e-6, atol=1e-12)
        np.testing.assert_allclose(sweep.best_losses[index, :, 0], paths.losses.min(axis=1), rtol=1e-6, atol=1e-12)


def test_what_diverges_is_called_so_by_the_verdicts_too():
    rates = np.geomspace(0.02, 20, 12)
    sweep = rate_sweep(replace(RAVINE, runs=RAVINE.runs[:1]), rates)
    runs = tuple(Run("gradient_descent", {"learning_rate": rate}) for rate in rates)
    many = replace(RAVINE, runs=runs)
    kinds = [verdict.kind for verdict in verdicts(many, simulate(many))]
    assert sweep.diverged[0, :, 0].tolist() == [kind == "diverged" for kind in kinds]
    assert 0 < sweep.diverged.sum() < len(rates)


def test_seeds_follow_that_of_the_experiment():
    noisy = replace(RAVINE, noise=0.5, seed=7)
    sweep = rate_sweep(noisy, [0.01, 0.05], seeds=3)
    for further in range(3):
        alone = rate_sweep(replace(noisy, seed=7 + further), [0.01, 0.05])
        np.testing.assert_array_equal(sweep.final_losses[:, :, further], alone.final_losses[:, :, 0])
    assert np.ptp(sweep.final_losses, axis=-1).min() > 0


def test_without_chance_all_seeds_are_alike():
    sweep = rate_sweep(RAVINE, [0.01, 0.05], seeds=4)
    assert sweep.final_losses.shape == (3, 2, 4)
    assert np.ptp(sweep.final_losses, axis=-1).max() == 0


def test_the_rates_that_are_as_good_lie_around_the_best():
    """On a bowl of curvature 1 the height after t steps is (1 - η)^2t times that of the start."""
    bowl = Experiment("quadratic", {"condition_number": 1.0}, steps=2, runs=(Run("gradient_descent"),))
    rates = np.linspace(0.01, 2.5, 250)
    found = as_good_rates(bowl, rate_sweep(bowl, rates), 0)
    expected = rates[np.maximum((1 - rates) ** 4, 1e-3) <= 2e-3]
    assert found is not None
    assert (found.low, found.high) == (expected[0], expected[-1])
    assert found.best == pytest.approx(1.0, abs=0.05)
    assert not found.is_open
    assert found.factor == pytest.approx(expected[-1] / expected[0])


def test_no_rate_is_good_where_all_end_higher_than_they_began():
    bowl = Experiment("quadratic", {"condition_number": 1.0}, steps=5, runs=(Run("gradient_descent"),))
    assert as_good_rates(bowl, rate_sweep(bowl, [2.5, 3.0]), 0) is None


def test_the_usual_rates_reach_far_beyond_those_on_the_page():
    rates = usual_rates(RAVINE)
    assert len(rates) == 200
    assert rates[0] < 1e-4 < 10 < rates[-1]


@pytest.mark.parametrize(
    ("rates", "seeds", "said"),
    [
        ([], 1, "rates is .*; allowed: 1 to 2000 positive numbers"),
        ([1.0, -1.0], 1, "rate is -1.0; allowed: a finite number above 0"),
        ([np.nan], 1, "rate is nan; allowed: "),
        (np.ones(2001), 1, "rates is 2,001 of them; allowed: 1 to 2000"),
        ([0.1], 0, "seeds is 0; allowed: a whole number from 1 to 50"),
        ([0.1], 51, "seeds is 51; allowed"),
    ],
)
def test_what_is_no_sweep_is_refused(rates, seeds, said):
    with pytest.raises(ValueError, match=said):
        rate_sweep(RAVINE, rates, seeds)
