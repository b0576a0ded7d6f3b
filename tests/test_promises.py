"""What the papers promise of the rules that need more than a formula to be believed: one property each that could fail."""

import inspect
import re
from itertools import pairwise

import jax.numpy as jnp
import numpy as np
import pytest

from experiments import Experiment, Run, simulate
from landscapes import LANDSCAPES, Landscape
from optimizers import OPTIMIZERS

KEPT: set[str] = set()
TINY = 1e-10


def promise(*slugs):
    """Marks a test as one that proves a promise of these rules, and keeps them in one process."""
    KEPT.update(slugs)
    return pytest.mark.xdist_group(f"optimizer-{slugs[0]}")


def surface(loss, start, name="drawn_up"):
    """A surface of this test: only its loss and its start count."""
    return Landscape(
        slug=name,
        label=name,
        family="bowl",
        loss=loss,
        formula="f",
        view=((-3.0, 3.0), (-3.0, 3.0)),
        starts=(start,),
        minimum=None,
        minima=(),
        reference="this test",
        teaches="It is made up.",
    )


def paraboloid(matrix, start):
    matrix = np.array(matrix)
    return surface(lambda position: position @ matrix @ position / 2, start)


RAVINE = paraboloid([[1.0, 0.0], [0.0, 37.0]], (-1.7, 1.3))
PLANE = surface(lambda position: 3.0 * position[0] - 0.2 * position[1], (0.0, 0.0))


def run(slug, landscape=RAVINE, steps=60, start=None, **hyperparameters):
    return simulate(Experiment(landscape, start=start, steps=steps, runs=(Run(slug, hyperparameters),)))


def lengths(vectors):
    return np.linalg.norm(vectors, axis=-1)


def test_every_rule_that_optax_computes_keeps_a_promise():
    """Its twin is optax as well, so that it alone would not notice a rule that is wrong on both sides."""
    calls = re.compile(r"optax\.(?!GradientTransformationExtraArgs|EmptyState)[\w.]+\(")
    adopted = {slug for slug, rule in OPTIMIZERS.items() if calls.search(inspect.getsource(rule.make))}
    assert {"lbfgs", "lamb", "prodigy"} <= adopted <= KEPT


@promise("lbfgs")
def test_lbfgs_arrives_in_a_ravine_within_ten_steps():
    assert lengths(run("lbfgs", steps=10).positions[0, -1]) < TINY
    assert lengths(run("gradient_descent", steps=10, learning_rate=0.05).positions[0, -1]) > 0.5


@promise("line_search")
@pytest.mark.parametrize("rate", [1e-3, 0.1, 10.0, 1e3])
@pytest.mark.parametrize("landscape", ["rosenbrock", "himmelblau", "rastrigin"])
def test_line_search_never_climbs_and_keeps_its_share_of_the_slope(landscape, rate):
    trajectory = run("line_search", landscape, 80, learning_rate=rate, shrink=0.6, slope=0.2)
    losses, updates, gradients = trajectory.losses[0], trajectory.updates[0], trajectory.gradients[0]
    promised = 0.2 * np.sum(updates * gradients, axis=1)
    assert (promised <= 0).all()
    assert (losses[1:] <= losses[:-1] + promised + 1e-12 * np.abs(losses[:-1])).all()
    assert (lengths(updates) <= rate * lengths(gradients) * (1 + 1e-12)).all()


@promise("adan")
def test_adan_on_an_even_slope_steps_by_its_rate_alone():
    """Nothing changes there, so its look-ahead is zero and its scale the slope itself."""
    updates = run("adan", PLANE, learning_rate=0.03).updates[0]
    np.testing.assert_allclose(updates, np.tile([-0.03, 0.03], (60, 1)), rtol=1e-6)


@promise("lamb")
def test_every_step_of_lamb_is_its_share_of_the_distance_from_the_origin():
    trajectory = run("lamb", "himmelblau", learning_rate=0.023)
    expected = 0.023 * lengths(trajectory.positions[0, :-1])
    np.testing.assert_allclose(lengths(trajectory.updates[0]), expected, rtol=1e-9)


@promise("lars")
def test_a_gradient_moves_lars_by_its_share_whatever_its_size():
    trajectory = run("lars", "himmelblau", learning_rate=3.0, trust=0.004, momentum=0.83)
    updates, distances = trajectory.updates[0], lengths(trajectory.positions[0, :-1])
    pushes = updates - 0.83 * np.vstack([np.zeros(2), updates[:-1]])
    np.testing.assert_allclose(lengths(pushes), 3.0 * 0.004 * distances, rtol=1e-9)


def turned(angle, matrix, start):
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return turn, paraboloid(turn @ np.array(matrix) @ turn.T, tuple(turn @ start))


@promise("novograd")
@pytest.mark.parametrize(("slug", "follows"), [("novograd", True), ("adam", False)])
def test_novograd_turns_with_the_surface_and_adam_does_not(slug, follows):
    turn, landscape = turned(0.7, [[1.0, 0.0], [0.0, 37.0]], np.array([-1.7, 1.3]))
    straight = run(slug, learning_rate=0.05).positions[0]
    oblique = run(slug, landscape, learning_rate=0.05).positions[0]
    assert (np.abs(oblique - straight @ turn.T).max() < 1e-9) == follows


@promise("fromage")
def test_fromage_keeps_its_distance_from_the_origin_where_the_slope_leads_across():
    around = surface(lambda position: jnp.arctan2(position[1], position[0]), (1.0, 0.4))
    positions = run("fromage", around, learning_rate=0.03).positions[0]
    np.testing.assert_allclose(lengths(positions), lengths(positions[0]), rtol=1e-12)
    assert lengths(positions[-1] - positions[0]) > 1


@promise("sophia")
def test_sophia_never_steps_farther_than_its_rate_and_finds_the_curvatures_of_a_ravine():
    trajectory = run("sophia", learning_rate=0.02, b2=0.8, steps=200)
    assert np.abs(trajectory.updates).max() <= 0.02 * (1 + 1e-12)
    # Along the axes the random signs cancel: after n estimates the average of h is 1 - β₂ⁿ of it.
    expected = (1 - 0.8 ** (1 + np.arange(200) // 10))[:, None] * (1.0, 37.0)
    np.testing.assert_allclose(trajectory.states[0]["nu"], expected, rtol=1e-9)


@promise("d_adaptation", "prodigy")
@pytest.mark.parametrize("guess", [1e-7, 1e-5, 1e-3])
@pytest.mark.parametrize("slug", ["d_adaptation", "prodigy"])
def test_from_any_guess_the_distance_grows_to_that_of_the_goal_and_hardly_beyond(slug, guess):
    trajectory = run(slug, steps=400, d0=guess)
    estimates, start = trajectory.states[0]["estim_lr"], np.abs(trajectory.positions[0, 0])
    assert (np.diff(estimates) >= 0).all()
    assert 0.1 * start.max() < estimates[-1] < 1.5 * start.sum()
    assert lengths(trajectory.positions[0, -1]) < 0.1


@promise("optimistic_gradient_descent")
def test_optimistic_descent_follows_its_recurrence_on_a_ravine():
    positions = run("optimistic_gradient_descent", learning_rate=0.011, optimism=0.7).positions[0]
    curvatures, expected = np.array([1.0, 37.0]), [positions[0], positions[0]]
    for _ in range(60):
        last, before = expected[-1], expected[-2]
        expected.append(last - 0.011 * curvatures * (1.7 * last - 0.7 * before))
    np.testing.assert_allclose(positions, expected[1:], rtol=1e-10, atol=1e-12)


@promise("schedule_free_sgd", "schedule_free_adam")
@pytest.mark.parametrize("slug", ["schedule_free_sgd", "schedule_free_adam"])
def test_the_drawn_point_is_the_mean_of_all_hidden_ones_weighted_by_squared_rates(slug):
    schedule = Run(slug, {"learning_rate": 0.02}, "cosine")
    trajectory = simulate(Experiment("himmelblau", steps=80, runs=(schedule,)))
    weights = trajectory.learning_rates[0][:, None] ** 2
    means = np.cumsum(weights * trajectory.states[0]["z"], axis=0) / np.cumsum(weights, axis=0)
    np.testing.assert_allclose(trajectory.positions[0, 1:], means, rtol=1e-10)


@promise("ademamix")
def test_ademamix_without_its_long_memory_is_adam():
    shared = {"learning_rate": 0.03, "b1": 0.84, "b2": 0.97, "eps": 1e-5}
    mixed = run("ademamix", "rosenbrock", alpha=0.0, **shared).positions
    np.testing.assert_allclose(mixed, run("adam", "rosenbrock", **shared).positions, rtol=1e-10)


@promise("adopt")
def test_adopt_only_looks_at_first_and_never_trusts_a_jump():
    trajectory = run("adopt", "himmelblau", learning_rate=0.07)
    limits = 0.07 * np.arange(60)[:, None] ** 0.25
    assert (np.abs(trajectory.updates[0]) <= limits * (1 + 1e-12)).all()
    assert (trajectory.updates[0, 1] != 0).all()


@promise("madgrad")
def test_madgrad_is_drawn_to_the_start_plus_all_gradients():
    trajectory = run("madgrad", "himmelblau", learning_rate=0.02, momentum=0.8, eps=1e-12)
    positions, gradients = trajectory.positions[0], trajectory.gradients[0]
    rates = 0.02 * np.sqrt(np.arange(1, 61))[:, None]
    sums, squares = np.cumsum(rates * gradients, axis=0), np.cumsum(rates * gradients**2, axis=0)
    targets = positions[0] - sums / np.cbrt(squares)
    np.testing.assert_allclose((positions[1:] - 0.8 * positions[:-1]) / 0.2, targets, rtol=1e-5)


@promise("momo")
def test_momo_without_momentum_is_polyaks_step_and_stands_still_below_its_bound():
    shared = {"learning_rate": 0.3, "f_min": 0.2}
    plain = run("momo", "himmelblau", momentum=0.0, **shared).positions
    np.testing.assert_allclose(plain, run("polyak", "himmelblau", **shared).positions, rtol=1e-9)
    assert (run("momo", "himmelblau", f_min=1e6).updates == 0).all()


@promise("dog")
def test_the_rate_of_dog_is_the_distance_covered_over_all_gradients():
    trajectory = run("dog", "himmelblau", learning_rate=0.7, first=0.03)
    positions, gradients = trajectory.positions[0], trajectory.gradients[0]
    reach = np.maximum.accumulate(np.maximum(lengths(positions - positions[0]), 0.03 * (1 + lengths(positions[0]))))
    rates = 0.7 * reach[:-1] / np.sqrt(np.cumsum(lengths(gradients) ** 2))
    np.testing.assert_allclose(trajectory.updates[0], -rates[:, None] * gradients, rtol=1e-6)


@promise("adafactor")
def test_adafactor_moves_by_no_more_than_its_share_of_the_weights():
    trajectory = run("adafactor", "himmelblau", learning_rate=0.05, clip=0.6)
    shares = lengths(trajectory.updates[0]) / lengths(trajectory.positions[0, :-1])
    assert shares.max() <= 0.05 * 0.6 * (1 + 1e-9)
    assert shares.max() > 0.05 * 0.59


@promise("acprop")
def test_acprop_scales_by_what_it_knew_before():
    trajectory = run("acprop", "himmelblau", learning_rate=0.02, b2=0.9)
    known = trajectory.states[0]["nu"][:-1] / (1 - 0.9 ** np.arange(1, 60))[:, None]
    gradients, updates = trajectory.gradients[0], trajectory.updates[0]
    np.testing.assert_allclose(updates[0], -0.02 * gradients[0], rtol=1e-9)
    np.testing.assert_allclose(updates[1:], -0.02 * gradients[1:] / np.sqrt(known), rtol=1e-9)


@promise("conjugate_gradient")
def test_conjugate_gradient_crosses_a_paraboloid_in_two_steps():
    _, oblique = turned(0.7, [[1.0, 0.0], [0.0, 37.0]], np.array([-1.7, 1.3]))
    positions = run("conjugate_gradient", oblique, steps=2).positions[0]
    assert lengths(positions[1]) > 0.1
    assert lengths(positions[2]) < TINY


@promise("newton")
def test_newton_crosses_a_paraboloid_in_one_step_and_is_drawn_to_saddles():
    assert lengths(run("newton", learning_rate=1.0, damping=1e-13, steps=1).positions[0, 1]) < TINY
    end = run("newton", "saddle", start=(-0.3, 0.2), learning_rate=1.0, damping=1e-9).positions[0, -1]
    assert min(lengths(end - np.array(saddle)) for saddle in LANDSCAPES["saddle"].saddles) < 1e-6


@promise("newton")
def test_a_strongly_damped_newton_is_gradient_descent():
    damped = run("newton", learning_rate=1e6, damping=1e8).positions
    np.testing.assert_allclose(damped, run("gradient_descent", learning_rate=0.01).positions, rtol=1e-4)


@promise("polyak")
def test_polyaks_step_never_leads_away_from_the_minimum_of_a_paraboloid():
    distances = lengths(run("polyak", learning_rate=100.0).positions[0])
    assert (np.diff(distances) < 0).all()
    assert (run("polyak", f_min=1e6).updates == 0).all()


@promise("sam")
def test_sam_takes_the_slope_of_a_ravine_a_radius_uphill():
    positions, matrix = run("sam", learning_rate=0.01, radius=0.3).positions[0], np.diag([1.0, 37.0])
    for before, after in pairwise(positions):
        uphill = before + 0.3 * matrix @ before / lengths(matrix @ before)
        np.testing.assert_allclose(after, before - 0.01 * matrix @ uphill, rtol=1e-10)


@promise("rprop")
def test_rprop_goes_the_same_way_however_steep_the_surface_is():
    steep = surface(lambda position: 1e4 * RAVINE.loss(position), RAVINE.starts[0])
    np.testing.assert_array_equal(run("rprop", steep).positions, run("rprop").positions)


@promise("rprop")
def test_a_scheduled_rate_scales_the_steps_of_rprop():
    halved = run("rprop", PLANE, steps=8, learning_rate=0.05).updates
    np.testing.assert_allclose(2 * halved, run("rprop", PLANE, steps=8, learning_rate=0.1).updates, rtol=1e-12)
    np.testing.assert_allclose(halved[0, :, 0], -0.05 * np.minimum(1.2 ** np.arange(8), 1e3), rtol=1e-12)


@promise("centered_rmsprop")
def test_the_variance_of_centered_rmsprop_is_the_mean_square_less_the_squared_mean():
    trajectory = run("centered_rmsprop", "himmelblau", decay=0.8)
    weights = np.array([[0.2 * 0.8 ** (now - then) if then <= now else 0.0 for then in range(60)] for now in range(60)])
    squares, means = weights @ trajectory.gradients[0] ** 2, weights @ trajectory.gradients[0]
    np.testing.assert_allclose(trajectory.states[0]["variance"], squares - means**2, rtol=1e-6, atol=1e-12)


@promise("qhm")
@pytest.mark.parametrize(
    ("nu", "slug", "same"),
    [
        (0.0, "gradient_descent", {"learning_rate": 0.01}),
        (1.0, "heavy_ball_ema", {"learning_rate": 0.01, "momentum": 0.8}),
        (0.8, "nesterov", {"learning_rate": 0.002, "momentum": 0.8}),
    ],
)
def test_qhm_contains_plain_descent_momentum_and_nesterov(nu, slug, same):
    mixed = run("qhm", learning_rate=0.01, momentum=0.8, nu=nu).positions
    np.testing.assert_allclose(mixed, run(slug, **same).positions, rtol=1e-10, atol=1e-12)


@promise("qhadam")
def test_qhadam_contains_adam():
    shared = {"learning_rate": 0.03, "b1": 0.84, "b2": 0.97, "eps": 1e-5}
    np.testing.assert_allclose(
        run("qhadam", nu1=1.0, nu2=1.0, **shared).positions, run("adam", **shared).positions, rtol=1e-10
    )
