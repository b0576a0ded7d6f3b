"""Every update rule against an oracle: its optax twin, PyTorch's recorded steps, its paper in NumPy, or a closed form."""

import json
from functools import partial
from itertools import combinations
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from experiments import Experiment, Run, simulate
from experiments.simulation import simulate_runs
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from tests.references import REFERENCES, SURFACES_BY_HAND

STEPS = 200
SHORT = 100  # on the floor of Rosenbrock's valley signs alternate, and two ways of rounding drift apart later on
SURFACES = ("rosenbrock", "himmelblau")
RECORDED = json.loads((Path(__file__).parent / "recorded" / "pytorch.json").read_text())
TOUCHY = {"acprop", "adan", "adopt", "lbfgs", "nadam", "polyak", "radam"}  # for some step their last digit decides
TWINS = {slug: optimizer for slug, optimizer in OPTIMIZERS.items() if optimizer.twin is not None}


def one_worker(slug):
    """Keeps the tests of one rule in one process, which compiles it once per surface."""
    return pytest.mark.xdist_group(f"optimizer-{slug}")


def each(optimizers):
    """The optimizers, for parametrize."""
    return pytest.mark.parametrize(
        "optimizer",
        [pytest.param(optimizer, id=slug, marks=one_worker(slug)) for slug, optimizer in optimizers.items()],
    )


EVERY_RULE = each(OPTIMIZERS)
EVERY_RECORDED_CASE = pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=name, marks=one_worker(case["optimizer"])) for name, case in RECORDED["cases"].items()],
)


def odd(name, parameter):
    """A value that nobody would have chosen, so that no default can hide behind it.

    Learning rates are 0.037 of their default, small enough for walls that the default would bounce off. Logarithmic
    numbers are 1.7 times their default, or that much less; others lie a tenth of the way to the farther end. What stands
    for a choice stays: a twin is of the first option, and PyTorch recorded the others.
    """
    if parameter.options:
        return parameter.default
    if name == "learning_rate":
        return 0.037 * parameter.default
    if parameter.log:
        return parameter.default * 1.7 if parameter.default * 1.7 <= parameter.high else parameter.default / 1.7
    farther = max(parameter.low, parameter.high, key=lambda end: abs(end - parameter.default))
    return parameter.default + 0.1 * (farther - parameter.default)


def odd_hyperparameters(optimizer):
    return {name: odd(name, parameter) for name, parameter in optimizer.hyperparameters.items()}


def defaults(optimizer):
    return {name: parameter.default for name, parameter in optimizer.hyperparameters.items()}


def one_run(landscape, slug, hyperparameters, start=None, **rest):
    run = Run(slug, hyperparameters)
    return simulate(Experiment(landscape, start=start, steps=STEPS, runs=(run,), **rest))


def loop_over(rule, landscape, steps, start=None):
    """The positions of a plain loop over an optax rule on the undisturbed gradient of a surface at its defaults.

    With them comes how far each is from where rounding takes it: from a start that differs in its last digit.
    """
    surface = LANDSCAPES[landscape]
    loss = partial(surface.loss, **{name: parameter.default for name, parameter in surface.parameters.items()})
    rule = optax.with_extra_args_support(rule)

    @jax.jit
    def step(position, state):
        value, gradient = jax.value_and_grad(loss)(position)
        extra = {"value": value, "grad": gradient, "value_fn": loss, "grad_fn": jax.grad(loss)}
        update, state = rule.update(gradient, state, position, **extra)
        return optax.apply_updates(position, update), state

    def walk(start):
        position = jnp.array(start)
        state, positions = rule.init(position), [position]
        for _ in range(steps):
            position, state = step(position, state)
            positions.append(position)
        return np.array(positions)

    start = np.array(surface.starts[0] if start is None else start)
    positions = walk(start)
    return positions, np.abs(walk(np.nextafter(start, np.inf)) - positions)


@EVERY_RULE
def test_odd_hyperparameters_differ_from_every_default(optimizer):
    chosen = odd_hyperparameters(optimizer)
    for name, parameter in optimizer.hyperparameters.items():
        assert chosen[name] != parameter.default or parameter.options
        assert parameter.low <= chosen[name] <= parameter.high


@pytest.mark.parametrize("landscape", SURFACES)
@each(TWINS)
def test_a_rule_does_what_its_twin_does(optimizer, landscape):
    hyperparameters = odd_hyperparameters(optimizer)
    trajectory = one_run(landscape, optimizer.slug, hyperparameters)
    # As in the engine; with bare numbers, which fit into any precision, some of optax's rules count in single.
    double = {name: np.float64(value) for name, value in hyperparameters.items()}
    twin, rounding = loop_over(optimizer.twin(**double), landscape, STEPS)
    comparable = np.logical_and.accumulate((rounding < 1e-10).all(axis=1))  # until rounding decides
    off = np.abs(trajectory.positions[0] - twin)[comparable]
    assert (off <= 1e-11 + 1e-10 * np.abs(twin[comparable]) + 100 * rounding[comparable]).all(), f"off by {off.max()}"
    assert comparable.all() or (optimizer.slug in TOUCHY and comparable.sum() > 9), (
        "the comparison is empty: rounding decides"
    )
    assert np.ptp(twin[comparable], axis=0).max() > 1e-3, "the comparison is empty: nothing moved"


@EVERY_RULE
def test_a_rule_has_an_oracle(optimizer):
    recorded = {case["optimizer"] for case in RECORDED["cases"].values()}
    assert optimizer.twin is not None or optimizer.slug in recorded | set(REFERENCES)


@pytest.mark.parametrize("landscape", SURFACES_BY_HAND)
@each({slug: OPTIMIZERS[slug] for slug in REFERENCES})
def test_a_rule_does_what_its_paper_says(optimizer, landscape):
    hyperparameters = odd_hyperparameters(optimizer)
    start = LANDSCAPES[landscape].starts[0]
    trajectory = one_run(landscape, optimizer.slug, hyperparameters)
    reference = REFERENCES[optimizer.slug](SURFACES_BY_HAND[landscape], start, SHORT, **hyperparameters)
    np.testing.assert_allclose(trajectory.positions[0, : SHORT + 1], reference, rtol=1e-10, atol=1e-11)
    assert np.ptp(reference, axis=0).max() > 1e-3, "the comparison is empty: nothing moved"


@EVERY_RECORDED_CASE
def test_a_rule_does_what_pytorch_recorded(case):
    recorded = np.array(case["positions"])
    trajectory = one_run(case["landscape"], case["optimizer"], case["hyperparameters"], start=case["positions"][0])
    np.testing.assert_allclose(trajectory.positions[0, RECORDED["steps"]], recorded, rtol=1e-10, atol=1e-12)


@EVERY_RECORDED_CASE
def test_pytorch_was_recorded_away_from_every_default(case):
    standard = OPTIMIZERS[case["optimizer"]].hyperparameters
    assert set(case["hyperparameters"]) == set(standard)
    assert all(value != standard[name].default for name, value in case["hyperparameters"].items())


@EVERY_RULE
def test_every_option_of_a_rule_has_an_oracle(optimizer):
    for name, parameter in optimizer.hyperparameters.items():
        of_this_rule = [case for case in RECORDED["cases"].values() if case["optimizer"] == optimizer.slug]
        recorded = {case["hyperparameters"][name] for case in of_this_rule}
        assert set(range(1, len(parameter.options))) <= recorded
        assert not parameter.options or optimizer.twin is not None


@pytest.mark.parametrize("landscape", SURFACES)
@pytest.mark.parametrize(
    ("slug", "inside_the_root"),
    [("adagrad", partial(optax.adagrad, initial_accumulator_value=0.0)), ("rmsprop", optax.rmsprop)],
    ids=["adagrad", "rmsprop"],
)
def test_epsilon_inside_the_root_is_not_what_pytorch_recorded(slug, inside_the_root, landscape):
    case = RECORDED["cases"][f"{slug}-large-eps-{landscape}"]
    positions, _ = loop_over(inside_the_root(**case["hyperparameters"]), landscape, STEPS, start=case["positions"][0])
    assert np.abs(positions[RECORDED["steps"]] - case["positions"]).max() > 1e-3


def quadratic_run(slug, hyperparameters):
    start = (-1.7, 1.3)
    trajectory = one_run(
        "quadratic", slug, hyperparameters, start=start, landscape_parameters={"condition_number": 37.0}
    )
    return np.array(start), np.array([1.0, 37.0]), trajectory.positions[0]


def test_gradient_descent_shrinks_each_coordinate_by_one_factor():
    rate = 0.0413
    start, curvatures, positions = quadratic_run("gradient_descent", {"learning_rate": rate})
    steps = np.arange(STEPS + 1)[:, None]
    np.testing.assert_allclose(positions, (1 - rate * curvatures) ** steps * start, rtol=1e-10)


@pytest.mark.parametrize("momentum", [0.0, 0.31, 0.83, 0.97])
def test_momentum_follows_the_powers_of_its_matrix(momentum):
    """Goh, Why Momentum Really Works, Distill 2017: (m, x) is multiplied by one matrix per eigenvalue."""
    rate = 0.0271
    start, curvatures, positions = quadratic_run("momentum", {"learning_rate": rate, "momentum": momentum})
    for axis, curvature in enumerate(curvatures):
        matrix = np.array([[momentum, curvature], [-rate * momentum, 1 - rate * curvature]])
        powers = [np.linalg.matrix_power(matrix, step) @ (0.0, start[axis]) for step in range(STEPS + 1)]
        np.testing.assert_allclose(positions[:, axis], np.array(powers)[:, 1], rtol=1e-10, atol=1e-12)


@EVERY_RULE
def test_what_a_rule_shows_is_recorded_at_every_step(optimizer):
    trajectory = one_run("rosenbrock", optimizer.slug, odd_hyperparameters(optimizer))
    assert set(trajectory.states[0]) == set(optimizer.shows)
    assert all(len(values) == STEPS and np.isfinite(values).all() for values in trajectory.states[0].values())


@EVERY_RULE
def test_a_rule_survives_a_schedule_that_starts_at_zero(optimizer):
    """On the surface of the test above, compiled already: a schedule is data."""
    for schedule, parameters in (("warmup_linear", {}), ("warmup_cosine", {}), ("cyclic", {"alpha": 0.0})):
        run = Run(optimizer.slug, odd_hyperparameters(optimizer), schedule, parameters)
        trajectory = simulate(Experiment("rosenbrock", steps=40, runs=(run,)))
        assert trajectory.learning_rates[0, 0] == 0
        assert np.isfinite(trajectory.positions).all()
        assert np.ptp(trajectory.positions[0], axis=0).max() > 0, "it never set off"


def test_the_moments_of_adam_are_those_of_its_formula():
    trajectory = one_run("rosenbrock", "adam", {"learning_rate": 0.013, "b1": 0.7, "b2": 0.96})
    mu, nu = np.zeros(2), np.zeros(2)
    for step, gradient in enumerate(trajectory.gradients[0]):
        mu, nu = 0.7 * mu + 0.3 * gradient, 0.96 * nu + 0.04 * gradient**2
        np.testing.assert_allclose(trajectory.states[0]["mu"][step], mu, rtol=1e-10, atol=1e-12)
        np.testing.assert_allclose(trajectory.states[0]["nu"][step], nu, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("landscape", SURFACES)
def test_the_first_step_of_adam_is_the_learning_rate_in_size(landscape):
    trajectory = one_run(landscape, "adam", {"learning_rate": 0.037})
    first, gradient = trajectory.updates[0, 0], trajectory.gradients[0, 0]
    np.testing.assert_allclose(first, -0.037 * np.sign(gradient), rtol=1e-6)


def arguments_of_update(position):
    """The gradient of Himmelblau's function, and the keyword arguments that every rule can count on."""
    loss = LANDSCAPES["himmelblau"].loss
    value, gradient = jax.value_and_grad(loss)(position)
    return gradient, {"value": value, "grad": gradient, "value_fn": loss, "grad_fn": jax.grad(loss)}


@EVERY_RULE
def test_a_rule_passes_over_what_it_does_not_know(optimizer):
    rule, position = optimizer.make(**defaults(optimizer)), jnp.array([0.3, -0.7])
    gradient, extra = arguments_of_update(position)
    plain, _ = rule.update(gradient, rule.init(position), position, **extra)
    chatty, _ = rule.update(gradient, rule.init(position), position, **extra, weather="fair")
    np.testing.assert_array_equal(plain, chatty)


@EVERY_RULE
def test_the_first_move_of_a_rule_goes_downhill(optimizer):
    """At a place where the surface is convex: elsewhere Newton's method rightly heads for a maximum.

    A rule may spend a gradient on looking before it moves.
    """
    rule, position = optimizer.make(**defaults(optimizer)), jnp.array([2.8, 1.7])
    assert (jnp.linalg.eigvalsh(jax.hessian(LANDSCAPES["himmelblau"].loss)(position)) > 0).all()
    gradient, extra = arguments_of_update(position)
    update, state = rule.update(gradient, rule.init(position), position, **extra)
    if not update.any():
        update, _ = rule.update(gradient, state, position, **extra)
    assert jnp.dot(update, gradient) < 0


def kinds(state):
    return [(leaf.shape, leaf.dtype) for leaf in jax.tree.leaves(state)]


@EVERY_RULE
def test_the_state_starts_the_same_at_every_rate_and_keeps_its_kind(optimizer):
    """The rate is passed anew at every step, so a state that began with one would keep a rate that no longer holds."""
    position = jnp.array([0.3, -0.7])
    gradient, extra = arguments_of_update(position)
    states = []
    for rate in (1e-3, 0.2):
        rule = optimizer.make(**{**defaults(optimizer), "learning_rate": jnp.float64(rate)})
        states.append(rule.init(position))
        _, later = rule.update(gradient, states[-1], position, **extra)
        assert kinds(later) == kinds(states[-1])
        assert str(jax.tree.structure(later)) == str(jax.tree.structure(states[-1]))
        assert all(leaf.dtype.kind in "fiub" for leaf in jax.tree.leaves(later))
    jax.tree.map(np.testing.assert_array_equal, *states)


@EVERY_RULE
def test_a_zero_gradient_is_survived(optimizer):
    rule, minimum = optimizer.make(**defaults(optimizer)), jnp.array(LANDSCAPES["himmelblau"].minima[0])
    state = rule.init(minimum)
    for _ in range(3):
        gradient, extra = arguments_of_update(minimum)
        update, state = rule.update(gradient, state, minimum, **extra)
        np.testing.assert_array_equal(gradient, 0.0)
        assert jnp.isfinite(update).all()


def apart(path, other):
    """Whether two paths from one start differ, by a thousandth of their length or by one that diverges earlier."""
    finite = np.isfinite(path).all(axis=1)
    if not np.array_equal(finite, np.isfinite(other).all(axis=1)):
        return True
    path, other = path[finite], other[finite]
    return np.abs(path - other).max() > 1e-3 * np.abs(path - path[0]).max()


def test_no_two_rules_are_the_same_in_two_dimensions():
    """At one rate two may take the same steps, as signs do whatever they are taken of; not at every rate."""
    experiment = Experiment("booth", start=(-2.0, 1.3), steps=30)  # its minimum is not where a penalty pulls to
    rules = [(slug, optimizer.pictured_with) for slug, optimizer in OPTIMIZERS.items()]
    alike = set(combinations(OPTIMIZERS, 2))
    for rate in (0.002, 0.03, 0.5):
        runs = [Run(slug, {**telling, "learning_rate": rate}) for slug, telling in rules]
        paths = dict(zip(OPTIMIZERS, simulate_runs(experiment, runs).positions, strict=True))
        alike = {(one, other) for one, other in alike if not apart(paths[one], paths[other])}
    assert alike == set()
    assert len(OPTIMIZERS) >= 32
