"""Every run at the numbers that suit it best, found by a search that is equally long for all."""

from dataclasses import replace

import numpy as np
import pytest

from experiments import Experiment, Run, simulate
from sweeps import OBJECTIVES, tune, tuning

RULES = ("gradient_descent", "momentum", "adam")
SURFACES = ("quadratic", "rosenbrock")


def losses(experiment):
    finals = simulate(experiment).losses[:, -1]
    return np.where(np.isfinite(finals), finals, np.inf)


@pytest.mark.parametrize("surface", SURFACES)
def test_tuned_rates_beat_the_defaults(surface):
    experiment = Experiment(surface, steps=150, runs=tuple(map(Run, RULES)))
    tuned = tune(experiment)
    assert (losses(tuned) <= losses(experiment)).all()
    assert (losses(tuned) < losses(experiment)).sum() >= 2
    assert replace(tuned, runs=experiment.runs) == experiment


def test_the_best_rate_on_a_bowl_is_one_over_the_curvature():
    bowl = Experiment("quadratic", {"condition_number": 1.0}, steps=5, runs=(Run("gradient_descent"),))
    assert tune(bowl).runs[0].hyperparameters["learning_rate"] == pytest.approx(1.0, rel=0.05)


def test_the_report_says_what_single_runs_say():
    experiment = Experiment(
        "rosenbrock", steps=150, runs=(Run("adam"), Run("gradient_descent", {"learning_rate": 1e-4}))
    )
    found = tuning(experiment)
    np.testing.assert_allclose([run.before for run in found.runs], losses(experiment), rtol=1e-6)
    np.testing.assert_allclose([run.after for run in found.runs], losses(found.experiment), rtol=1e-6)
    for run in found.runs:
        assert run.low <= run.run.hyperparameters["learning_rate"] * 1.05
        assert run.high >= run.run.hyperparameters["learning_rate"] / 1.05
    assert found.starts == 4
    assert sum(run.wins for run in found.runs) >= 4


def test_what_counts_is_the_objective():
    experiment = Experiment("quadratic", {"condition_number": 10.0}, steps=100, runs=(Run("momentum"),))
    for objective in OBJECTIVES:
        found = tuning(experiment, objective).runs[0]
        assert found.after <= found.before
    quick = tuning(experiment, "steps")
    path = simulate(quick.experiment).losses[0]
    assert quick.runs[0].after == np.flatnonzero(path > 0.01 * path[0])[-1] + 1


def test_another_number_is_searched_where_the_rule_has_it():
    experiment = Experiment("quadratic", {"condition_number": 100.0}, steps=60, runs=(Run("momentum"), Run("adam")))
    alone, both = tuning(experiment), tuning(experiment, also=("momentum",))
    assert both.runs[0].run.hyperparameters["momentum"] != 0.9
    assert both.runs[0].after < alone.runs[0].after
    assert both.runs[1].run.hyperparameters["b1"] == 0.9


def test_under_noise_a_rate_is_judged_over_seeds():
    """The best rate shrinks with noise, whatever the seed."""
    quiet = Experiment("quadratic", {"condition_number": 3.0}, steps=100, runs=(Run("gradient_descent"),))
    rates = [tune(replace(quiet, noise=noise, seed=4)).runs[0].hyperparameters["learning_rate"] for noise in (0.0, 1.0)]
    assert rates[1] < rates[0] / 2


def test_what_cannot_be_tuned_is_refused():
    experiment = Experiment("quadratic", runs=(Run("momentum"),))
    with pytest.raises(ValueError, match="objective is 'speed'; allowed: final loss, best loss, steps"):
        tune(experiment, "speed")
    with pytest.raises(ValueError, match=r"also is \('b1',\); allowed: none or one of momentum"):
        tune(experiment, also=("b1",))
