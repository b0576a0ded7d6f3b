"""What became of a run: one constructed experiment for each kind of ending, and what must not pass for another."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from experiments import Experiment, Run, Verdict, simulate, verdicts
from experiments.verdicts import CLOSE, KINDS, global_minima
from landscapes import LANDSCAPES, Landscape
from surfaces.grid import view_diagonal

pytestmark = pytest.mark.xdist_group("verdicts")  # one process, which compiles each surface once
LARGEST_STABLE = 2 / 50  # on the quadratic ravine, whose condition number is 50


def descent(rate, start=None):
    return Run("gradient_descent", {"learning_rate": rate}, start=start)


def race(landscape, *runs, **rest):
    """The verdicts on some runs, and their trajectory."""
    experiment = Experiment(landscape, runs=runs, **rest)
    trajectory = simulate(experiment)
    return verdicts(experiment, trajectory), trajectory


def verdict_on(landscape, run, **rest):
    (verdict,), trajectory = race(landscape, run, **rest)
    return verdict, trajectory


CONSTRUCTED = {
    "global_minimum": Experiment("quadratic", runs=(descent(0.03),), steps=1000),
    "local_minimum": Experiment("three_hump_camel", runs=(descent(0.01),), steps=1000),
    "saddle": Experiment("saddle", runs=(descent(0.1),), start=(-1.8, 0.0), steps=300),
    "oscillates": Experiment("quadratic", runs=(descent(LARGEST_STABLE),), steps=1000),
    "moving": Experiment("quadratic", runs=(descent(0.005),), steps=100),
    "crawls": Experiment("rosenbrock", runs=(descent(1e-5),), steps=300),
    "plateau": Experiment("plateau", {"width": 0.2}, runs=(descent(0.01),), start=(-4.0, 3.0), steps=300),
    "diverged": Experiment("rosenbrock", runs=(descent(0.01),), steps=300),
}


def test_every_kind_has_a_constructed_run():
    assert set(CONSTRUCTED) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_constructed_run_gets_the_verdict_that_it_was_made_for(kind):
    experiment = CONSTRUCTED[kind]
    (verdict,) = verdicts(experiment, simulate(experiment))
    assert verdict.kind == kind
    assert verdict.text


def test_verdicts_come_in_the_order_of_the_runs():
    runs = (descent(1e3), descent(1e-5), descent(0.03), descent(LARGEST_STABLE), descent(0.03, start=(0.0, 0.0)))
    found, _ = race("quadratic", *runs, steps=1000)
    assert [verdict.kind for verdict in found] == [
        "diverged",
        "crawls",
        "global_minimum",
        "oscillates",
        "global_minimum",
    ]
    assert found[-1].step == 0


def test_the_step_of_arrival_is_the_first_from_which_it_stays_close():
    """At rate 0.03 the flat coordinate shrinks by 0.97 a step; it starts 2 away and the steep one is long gone."""
    verdict, _ = verdict_on("quadratic", descent(0.03), start=(-2.0, 1.2), steps=1000)
    close = CLOSE * view_diagonal(LANDSCAPES["quadratic"])
    assert verdict.step == int(np.ceil(np.log(close / 2.0) / np.log(0.97)))
    assert verdict.point == (0.0, 0.0)
    assert f"step {verdict.step}" in verdict.text


@pytest.mark.parametrize("minimum", range(4))
def test_the_verdict_names_the_minimum_that_was_reached(minimum):
    himmelblau = LANDSCAPES["himmelblau"]
    start = tuple(np.add(himmelblau.minima[minimum], (0.3, -0.2)))
    verdict, _ = verdict_on("himmelblau", descent(0.01), start=start, steps=200)
    assert (verdict.kind, verdict.point) == ("global_minimum", himmelblau.minima[minimum])


def test_a_shallower_hump_is_a_local_minimum_only():
    camel = LANDSCAPES["three_hump_camel"]
    assert global_minima(camel) == (True, False, False)
    verdict, trajectory = verdict_on("three_hump_camel", descent(0.01), start=(1.6, -0.9), steps=1000)
    assert (verdict.kind, verdict.point) == ("local_minimum", camel.minima[2])
    assert trajectory.losses[0, -1] > 0.1


def test_a_minimum_that_is_not_stated_is_found_all_the_same():
    rastrigin = LANDSCAPES["rastrigin"]
    verdict, _ = verdict_on("rastrigin", descent(0.001), start=(-3.3, 2.7), steps=500)
    assert verdict.kind == "local_minimum"
    assert verdict.point not in rastrigin.minima
    slope = jax.grad(rastrigin.loss)(jnp.array(verdict.point), amplitude=10.0)
    np.testing.assert_allclose(slope, 0.0, atol=1e-9)


def test_a_landscape_without_a_lowest_value_has_no_global_minimum():
    cubic = Landscape(
        slug="cubic",
        label="A pit on a slope",
        family="valley",
        loss=lambda position: position[0] ** 2 + position[1] ** 3 - 3 * position[1],
        formula="x^2 + y^3 - 3y",
        view=((-2.0, 2.0), (-2.0, 2.0)),
        starts=((1.0, 0.5),),
        minimum=None,
        minima=((0.0, 1.0),),
        saddles=((0.0, -1.0),),
        reference="this test",
        teaches="A pit need not be the lowest point.",
    )
    pit, saddle, gone = race(cubic, descent(0.05), descent(0.05, (0.7, -1.0)), descent(0.05, (0.0, -1.5)), steps=100)[0]
    assert (pit.kind, pit.point) == ("local_minimum", (0.0, 1.0))
    assert saddle.kind == "saddle"
    assert gone.kind == "diverged"


def test_a_run_on_the_ridge_sits_at_the_saddle_and_one_beside_it_does_not():
    on_the_ridge, beside = race("saddle", descent(0.1, (-1.8, 0.0)), descent(0.1, (-1.8, 0.001)), steps=300)[0]
    assert (on_the_ridge.kind, beside.kind) == ("saddle", "global_minimum")
    np.testing.assert_allclose(on_the_ridge.point, (0.0, 0.0), atol=1e-9)
    assert beside.point == (0.0, 1.0)


@pytest.mark.parametrize(
    "run",
    [descent(LARGEST_STABLE), Run("rmsprop", {"learning_rate": 0.5}), Run("momentum", {"momentum": 0.9999})],
    ids=["descent-at-the-edge", "rmsprop-too-fast", "momentum-without-friction"],
)
def test_a_run_that_goes_to_and_fro_oscillates(run):
    verdict, trajectory = verdict_on("quadratic", run, start=(-2.0, 1.2), steps=500)
    assert verdict.kind == "oscillates"
    assert np.ptp(trajectory.positions[0, -100:], axis=0).max() > 0.2


@pytest.mark.parametrize("rate", [0.003, 0.01, 0.1, 1e300])
def test_a_divergence_is_dated_by_the_first_number_that_is_not_finite(rate):
    verdict, trajectory = verdict_on("rosenbrock", descent(rate), start=(-2.2, 3.2), steps=300)
    step = int(trajectory.diverged_at[0])
    assert (verdict.kind, verdict.step, verdict.text) == ("diverged", step, f"diverged at step {step}")
    both = np.column_stack([trajectory.positions[0], trajectory.losses[0]])
    assert np.isfinite(both[:step]).all()
    assert not np.isfinite(both[step]).all()


def test_a_run_far_off_the_surface_diverges_though_its_numbers_are_finite():
    """At rate 0.044 the steep coordinate grows by 1.2 a step from 1.2."""
    verdict, trajectory = verdict_on("quadratic", descent(0.044), start=(-2.0, 1.2), steps=1000)
    left = int(np.ceil(np.log(view_diagonal(LANDSCAPES["quadratic"]) / 1.2) / np.log(1.2)))
    assert trajectory.diverged_at[0] == -1
    assert (verdict.kind, verdict.step) == ("diverged", left)


@pytest.mark.parametrize(
    ("landscape", "parameters", "start", "largest_slope", "allowed"),
    [
        ("plateau", {"width": 0.2}, (-4.0, 3.0), 1e-3, {"plateau"}),
        ("plateau", {"width": 0.2}, (-5.0, 5.0), 1e-3, {"plateau"}),
        ("himmelblau", {}, (-0.270844590667209, -0.923038522220962), 1e-5, {"moving", "plateau"}),
        ("saddle", {}, (0.0, 0.0), 0.0, {"saddle"}),
    ],
    ids=["plateau", "corner-of-the-plateau", "maximum", "saddle"],
)
def test_a_small_gradient_alone_is_no_arrival_at_a_minimum(landscape, parameters, start, largest_slope, allowed):
    verdict, trajectory = verdict_on(landscape, descent(1e-4), landscape_parameters=parameters, start=start, steps=100)
    assert np.hypot(*trajectory.gradients[0, -1]) <= largest_slope
    assert verdict.kind in allowed


def test_a_slow_run_down_a_wall_crawls_and_is_on_no_plateau():
    wall, floor = race("rosenbrock", descent(1e-7, (-1.5, 0.0)), descent(1e-4, (-1.5, 2.25)), steps=300)[0]
    assert (wall.kind, floor.kind) == ("crawls", "crawls")


def test_a_run_that_flies_through_the_minimum_has_not_reached_it():
    verdict, trajectory = verdict_on("quadratic", descent(1.0), start=(2.0, 0.0), steps=1)
    np.testing.assert_allclose(trajectory.positions[0, -1], 0.0, atol=1e-12)
    assert verdict.kind == "moving"


def test_the_only_global_minimum_among_several_minima_is_the_one():
    verdict, _ = verdict_on("three_hump_camel", descent(0.01), start=(0.3, -0.2), steps=1000)
    assert verdict.text.startswith("reached the global minimum (0, 0)")


def test_a_run_rests_anywhere_on_a_circle_of_minima():
    """Neither at a saddle nor at a minimum of its own: the curvature along the circle is nothing but rounding."""
    verdict, trajectory = verdict_on("drop_wave", descent(0.0004), steps=300)
    assert verdict.kind == "local_minimum"
    assert "level floor of a valley" in verdict.text
    radius = np.hypot(*trajectory.positions[0, -1])
    assert np.hypot(*verdict.point) == pytest.approx(radius, abs=1e-3)
    assert np.isclose(radius % (np.pi / 6), [0.0, np.pi / 6], atol=0.05).any()


@pytest.mark.parametrize("start", [(0.0, 0.0), (0.01, 0.0)], ids=["on-it", "creeping-towards-it"])
def test_a_run_that_stands_at_a_monkey_saddle_is_said_to_sit_there(start):
    verdict, _ = verdict_on("monkey_saddle", descent(0.01), start=start, steps=200)
    assert (verdict.kind, verdict.point) == ("saddle", (0.0, 0.0))


def test_a_run_that_slides_off_a_monkey_saddle_is_not_said_to_sit_there():
    verdict, _ = verdict_on("monkey_saddle", descent(0.005), start=(1.2, 0.05), steps=200)
    assert verdict.kind in ("moving", "diverged")


def test_a_run_that_began_near_a_saddle_and_hardly_moves_is_not_said_to_sit_there():
    (slow, exact), _ = race(
        "ackley", Run("nadam", {"learning_rate": 1.8e-5}), descent(1e-6, (-0.8747620388753441, -0.5774125352782147)),
        start=(-0.9, -0.6), steps=200,
    )  # fmt: skip
    assert (slow.kind, exact.kind) == ("crawls", "saddle")


def test_a_plain_flat_to_the_last_digit_is_a_plateau():
    verdict, _ = verdict_on("easom", descent(0.1), start=(6.5, 0.5), steps=200)
    assert verdict.kind == "plateau"


def test_a_minimum_outside_the_box_that_is_lower_is_not_called_global():
    eggholder = LANDSCAPES["eggholder"]
    verdict, trajectory = verdict_on("eggholder", descent(0.25), start=(420.0, 330.0), steps=300)
    assert trajectory.losses[0, -1] < eggholder.minimum
    assert verdict.kind == "local_minimum"
    assert "left the box" in verdict.text


def test_bouncing_across_a_crease_is_not_diverging():
    verdict, trajectory = verdict_on("bukin", descent(0.0005), steps=300)
    assert np.abs(trajectory.positions[0]).max() < 20
    assert verdict.kind in ("oscillates", "moving")
    assert "diverge" not in verdict.text


def test_a_cycle_between_two_points_oscillates_where_losses_are_negative_too():
    verdict, trajectory = verdict_on("mccormick", Run("signsgd", {"learning_rate": 0.5}), start=(-1.0, -2.0), steps=200)
    assert trajectory.losses[0, -20:].max() < 0
    np.testing.assert_array_equal(trajectory.positions[0, -1], trajectory.positions[0, -3])
    assert verdict.kind == "oscillates"


def on_a_ridge(curvature):
    """A surface whose slope vanishes along the line y = 0, of which `curvature` says how it bends across x."""
    return Landscape(
        slug="ridge",
        label="A ridge",
        family="saddle",
        loss=lambda position: -(position[1] ** 2) + curvature * position[0] ** 2,
        formula="-y^2",
        view=((-2.0, 2.0), (-2.0, 2.0)),
        starts=((1.0, 0.0),),
        minimum=None,
        minima=(),
        isolated=False,
        reference="this test",
        teaches="A ridge need not have a summit.",
    )


def test_short_words_say_what_the_text_says_on_ridges_maxima_and_plateaus():
    ridge, _ = verdict_on(on_a_ridge(0.0), descent(0.05), start=(1.0, 0.0), steps=50)
    summit, _ = verdict_on(on_a_ridge(-1.0), descent(0.05), start=(0.0, 0.0), steps=50)
    plain, _ = verdict_on("easom", descent(0.1), start=(6.5, 0.5), steps=200)
    assert [verdict.kind for verdict in (ridge, summit, plain)] == ["plateau"] * 3
    assert [verdict.short for verdict in (ridge, summit, plain)] == [
        "on a level ridge",
        "on a maximum",
        "stuck on a plateau",
    ]
    assert ridge.text.startswith("stands on a level ridge")
    assert summit.text.startswith("stands on the maximum")


def test_a_run_that_has_all_but_stopped_is_told_from_one_that_crawls():
    stopped, crawling = race("rosenbrock", descent(1e-9), descent(1e-4), steps=300)[0]
    assert (stopped.kind, crawling.kind) == ("crawls", "crawls")
    assert "all but stopped" in stopped.text
    assert (stopped.short, crawling.short) == ("all but stopped", "crawls")


@pytest.mark.parametrize("kind", KINDS)
def test_short_words_come_with_the_kind_and_those_of_an_arrival_with_its_step(kind):
    verdict, dated = Verdict(kind, "some words"), Verdict(kind, "some words", step=7)
    assert verdict.short
    assert dated.short in (verdict.short, f"{verdict.short}, step 7")
    assert ("step 7" in dated.short) == (kind in ("global_minimum", "local_minimum", "diverged"))
    assert Verdict(kind, "some words", step=7, short="others").short == "others"
