"""The learning rate that is proposed: always the same, on the surface if any is, and one that descends."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import optax
import pytest

from experiments import Experiment, Run, suggested_rate, sweep_rates
from experiments.suggested_rate import candidate_rates
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, Optimizer
from optimizers._optimizer import LEARNING_RATE
from surfaces.grid import view_diagonal

STEPS = 300
MARGIN = 0.05  # of the view's diagonal: how far off the drawn surface a path may stray
SHARE_LEFT = {"quadratic": 0.01, "rosenbrock": 0.5}  # of the loss at the first start; the worst rule there is Adadelta
# Compiling every rule on every surface takes minutes and tells no more than this: every rule on a ravine and on a bent
# valley, where rates too large leave the surface and rates too small get nowhere; and every surface with the rule that
# its steepest wall throws farthest, the one whose steps hardly depend on the slope, and the one that keeps its speed.
RULES_EVERYWHERE = ("gradient_descent", "momentum", "adam")
PAIRS = sorted(
    {(landscape, rule) for landscape in SHARE_LEFT for rule in OPTIMIZERS}
    | {(landscape, rule) for landscape in LANDSCAPES for rule in RULES_EVERYWHERE}
)


def one_worker(optimizer):
    """Keeps the tests of one rule in one process, which compiles it once per surface."""
    return pytest.mark.xdist_group(f"optimizer-{optimizer}")


EVERY_RULE = pytest.mark.parametrize("optimizer", [pytest.param(slug, marks=one_worker(slug)) for slug in OPTIMIZERS])
EVERY_PAIR = pytest.mark.parametrize(
    ("landscape", "optimizer"), [pytest.param(*pair, marks=one_worker(pair[1])) for pair in PAIRS]
)


@lru_cache(maxsize=512)
def swept(landscape, optimizer):
    """The suggested rate from the first start, all candidates, and what became of each."""
    experiment, run = Experiment(landscape, steps=STEPS), Run(optimizer)
    rates = candidate_rates(run)
    return suggested_rate(experiment, run), rates, sweep_rates(experiment, run, rates)


def stays(landscape, positions):
    """Whether each path keeps to the view with a margin around it."""
    low, high = np.array(landscape.view).T
    margin = MARGIN * view_diagonal(landscape)
    return ((positions >= low - margin) & (positions <= high + margin)).all(axis=(1, 2))


@pytest.mark.parametrize("optimizer", ["gradient_descent", "momentum"])
@pytest.mark.parametrize("landscape", SHARE_LEFT)
def test_some_candidates_stay_on_the_surface_and_some_leave_it(landscape, optimizer):
    """Else any rate would pass the next test."""
    on_surface = stays(LANDSCAPES[landscape], swept(landscape, optimizer)[2].positions)
    assert on_surface.any()
    assert not on_surface.all()


@EVERY_PAIR
def test_the_path_stays_on_the_surface_if_any_does(landscape, optimizer):
    rate, rates, trajectory = swept(landscape, optimizer)
    on_surface = stays(LANDSCAPES[landscape], trajectory.positions)
    assert on_surface[rates.index(rate)] or not on_surface.any()


@EVERY_RULE
@pytest.mark.parametrize("landscape", SHARE_LEFT)
def test_the_path_descends(landscape, optimizer):
    rate, rates, trajectory = swept(landscape, optimizer)
    losses = trajectory.losses[rates.index(rate)]
    assert losses[-1] < SHARE_LEFT[landscape] * losses[0]


@EVERY_RULE
def test_candidates_are_64_round_rates_around_the_default(optimizer):
    rates = np.array(candidate_rates(Run(optimizer)))
    assert len(rates) == 64
    assert (np.diff(rates) > 0).all()
    assert rates[0] < OPTIMIZERS[optimizer].hyperparameters["learning_rate"].default < rates[-1]
    assert all(f"{rate:.1e}" == f"{rate:.6e}".replace("00000", "") for rate in rates)


@EVERY_RULE
def test_the_rate_is_the_same_every_time(optimizer):
    experiment, run = Experiment("rosenbrock", steps=STEPS), Run(optimizer)
    assert suggested_rate(experiment, run) == swept("rosenbrock", optimizer)[0]


def test_noise_is_the_same_every_time_too():
    noisy = Experiment("quadratic", steps=STEPS, noise=2.0, seed=7)
    assert len({suggested_rate(noisy, Run("adam")) for _ in range(3)}) == 1


def test_neither_the_rate_that_is_set_nor_the_other_runs_nor_later_steps_matter():
    plain = Experiment("quadratic", steps=STEPS)
    crowded = replace(plain, steps=5 * STEPS, runs=(Run("momentum"), Run("adam"), Run("rmsprop")))
    expected = swept("quadratic", "adam")[0]
    assert suggested_rate(plain, Run("adam", {"learning_rate": 77.0})) == expected
    assert suggested_rate(crowded, Run("adam")) == expected


def test_where_every_path_leaves_the_one_that_strays_least_is_suggested():
    """From far outside, no path keeps to the view: the rule that descends best comes no closer than its start."""
    experiment = Experiment("quadratic", start=(400.0, 0.0), steps=STEPS)
    rate = suggested_rate(experiment, Run("gradient_descent"))
    trajectory = sweep_rates(experiment, Run("gradient_descent"), candidate_rates(Run("gradient_descent")))
    reach = np.abs(trajectory.positions).max(axis=(1, 2))
    chosen = candidate_rates(Run("gradient_descent")).index(rate)
    assert not stays(LANDSCAPES["quadratic"], trajectory.positions).any()
    assert reach[chosen] == np.nanmin(np.where(np.isfinite(reach), reach, np.nan)) == 400.0


def scaled_descent(factor):
    """Gradient descent in another unit: its rates mean `factor` times as little."""
    return Optimizer(
        slug=f"descent_in_units_of_{factor}",
        label="Gradient descent in another unit",
        year=1847,
        make=lambda learning_rate: optax.with_extra_args_support(optax.scale(-learning_rate / factor)),
        hyperparameters={"learning_rate": replace(LEARNING_RATE, default=0.01 * factor)},
        formula=r"\theta_{t+1} = \theta_t - \eta\, g_t / c",
        reference="this test",
        teaches="A rate has a unit.",
        twin=None,
    )


@pytest.mark.parametrize("landscape", SHARE_LEFT)
def test_a_rule_that_is_in_no_catalogue_gets_its_own_rate(landscape):
    rate = suggested_rate(Experiment(landscape, steps=STEPS), Run(scaled_descent(1000)))
    assert rate == pytest.approx(1000 * swept(landscape, "gradient_descent")[0], rel=1e-12)


def test_on_a_surface_without_a_lowest_value_paths_that_left_it_do_not_count():
    """What a diverging path has seen would make all descent on the surface look like none."""
    experiment = Experiment("monkey_saddle", steps=STEPS)
    run = Run("gradient_descent", {"learning_rate": suggested_rate(experiment, Run("gradient_descent"))})
    losses = sweep_rates(experiment, run, (run.hyperparameters["learning_rate"],)).losses[0]
    assert losses[-1] < 0 < losses[0]
