"""Slopes and curvatures of formulas: those of JAX and of finite differences, and told also where a root or a kink hides."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings

from experiments import Experiment, Run, simulate, verdicts
from formulas import curvatures, differentiable, evaluate, parse, slopes
from formulas.functions import FUNCTIONS
from optimizers import OPTIMIZERS
from surfaces import formula_landscape
from tests.test_formula import SMOOTH, parsed, trees

PLACES = np.random.default_rng(5).uniform(-2.4, 2.4, (60, 2))
CALLS = {
    "where": "where(x < y, x^2*y, y^3)", "min": "min(x^2, y, x*y)", "max": "max(x, y^2, 1)", "mod": "mod(x*y, 1.3)",
    "atan2": "atan2(x, y^2 + x)", "hypot": "hypot(x, x*y)", "acosh": "acosh(1.5 + x^2 + y^2)", "asin": "asin(x*y/9)",
    "acos": "acos(x*y/9)", "atanh": "atanh(x*y/9)",
}  # fmt: skip
POWERS = ("x^y", "(x^2 + 1)^(x*y)", "2^(x*y)", "x^2.5", "(x^2 + y^2)^1.5", "x^-2*y", "1/x^3", "x^7/y", "x^0*y^1")


@pytest.mark.parametrize("text", [*(CALLS.get(name, f"{name}(x*y + x)") for name in FUNCTIONS), *POWERS])
def test_slopes_and_curvatures_are_those_of_jax(text):
    formula = parse(text)

    def plain(position):
        return jnp.asarray(evaluate(formula, position[0], position[1], jnp), jnp.float64)

    loss = differentiable(formula)
    told = np.isfinite(np.asarray(jax.vmap(plain)(PLACES)))
    assert told.sum() > 10
    for ours, theirs in ((jax.grad(loss), jax.grad(plain)), (jax.hessian(loss), jax.hessian(plain))):
        found, expected = (np.asarray(jax.vmap(derivative)(PLACES))[told] for derivative in (ours, theirs))
        known = np.isfinite(expected)
        np.testing.assert_allclose(found[known], expected[known], rtol=1e-5, atol=1e-7)
        assert np.isfinite(found).all()


@settings(deadline=None, max_examples=60)
@given(trees(SMOOTH))
def test_numpy_and_jax_tell_the_same_slopes(tree):
    formula = parsed(tree)
    loss = differentiable(formula)
    with np.errstate(all="ignore"):
        gradients = slopes(formula, *PLACES.T)
        xx, xy, yy = curvatures(formula, *PLACES.T).T
    hessians = np.stack([np.stack([xx, xy], -1), np.stack([xy, yy], -1)], -2)
    for ours, theirs in ((gradients, jax.grad(loss)), (hessians, jax.hessian(loss))):
        found = np.asarray(jax.vmap(theirs)(PLACES))
        told = np.isfinite(ours) & np.isfinite(found) & (np.abs(ours) < 1e12)
        np.testing.assert_allclose(found[told], ours[told], rtol=1e-6, atol=1e-6)


# Where the slope is 0, or none, at (0, 0); and the curvatures xx, xy, yy there, where they are known.
AT_THE_ORIGIN = [
    ("sqrt(x^2 + y^2)^2", (2, 0, 2)),
    ("hypot(x, y)^2", (2, 0, 2)),
    ("abs(x)^2 + y^2", (2, 0, 2)),
    ("cos(sqrt(x^2 + y^2))", (-1, 0, -1)),
    ("(x^2 + y^2)^1.5", (0, 0, 0)),
    ("sqrt(x^2)*sqrt(x^2) + (y^2)^1.0", (2, 0, 2)),
    ("abs(x) + 2abs(y)", (0, 0, 0)),
    ("relu(x) + relu(y)", (0, 0, 0)),
    ("acos(cos(x)) + y^2", (0, 0, 2)),
    ("where(x < 0, x^2, 3x^2) + y^2", (6, 0, 2)),
    ("sqrt(x^2 + y^2)", None),
    ("sqrt(abs(x)) + y^2", None),
    ("(x^2)^(1/3) + abs(y)^0.5", None),
    ("sqrt(x) + sqrt(y)", None),
    ("cbrt(x*y)", None),
    ("x*sqrt(x) + abs(y)", None),
    ("exp(-hypot(x, y))", None),
    ("20*(1 - exp(-0.2*sqrt((x^2 + y^2)/2))) + e - exp((cos(2pi*x) + cos(2pi*y))/2)", None),
    ("atan2(y, x)*x*y", None),
    ("max(x, -x) + min(abs(x), abs(y))", None),
    ("floor(x) + sign(y)", (0, 0, 0)),
]


@pytest.mark.parametrize(("text", "known"), AT_THE_ORIGIN, ids=[row[0] for row in AT_THE_ORIGIN])
def test_where_a_root_or_a_kink_hides_the_slope_is_zero_and_the_curvature_is_a_number(text, known):
    formula = parse(text)
    loss, origin = differentiable(formula), jnp.zeros(2)
    for gradient in (jax.grad(loss)(origin), jax.jacfwd(loss)(origin), slopes(formula, np.zeros(1), np.zeros(1))[0]):
        np.testing.assert_array_equal(gradient, 0)
    hessian = np.asarray(jax.hessian(loss)(origin))
    assert np.isfinite(hessian).all()
    if known is not None:
        np.testing.assert_allclose([hessian[0, 0], hessian[0, 1], hessian[1, 1]], known, atol=1e-6)


@pytest.mark.parametrize(
    "text", ["where(x > 0, sqrt(x), x^2) + y", "where(x < 0, x, ln(x + 1))*y", "where(x < 1, -(-x)^1.5, x)"]
)
def test_a_branch_that_is_not_taken_does_not_spoil_the_slope_of_the_other(text):
    loss = differentiable(parse(text))
    for position in ((-1.5, 2.0), (1.5, 2.0)):
        assert np.isfinite(jax.grad(loss)(jnp.array(position))).all()
        assert np.isfinite(jax.hessian(loss)(jnp.array(position))).all()


@pytest.mark.parametrize(
    "text",
    [
        "1/(1 + exp(-200x))", "sigmoid(200x)*(1 + sigmoid(-300x))", "tanh(exp(200x))", "exp(-exp(200x))",
        "atan(sinh(200x))", "1/cosh(200x)", "(1 + e^(200x))^-1", "softplus(-200x)*sigmoid(200x)", "2^(-2^(40x))",
    ],
)  # fmt: skip
def test_where_something_overflows_and_the_value_is_a_number_the_surface_is_level(text):
    loss = differentiable(parse(f"{text} + 3x*y"))
    for x in (-5.0, -3.6, 3.6, 5.0):
        position = jnp.array([x, 2.0])
        assert np.isfinite(loss(position))
        np.testing.assert_allclose(jax.grad(loss)(position), (6.0, 3 * x), atol=1e-9)
        np.testing.assert_allclose(jax.hessian(loss)(position), [(0, 3), (3, 0)], atol=1e-9)


@pytest.mark.parametrize("rule", ["gradient_descent", "newton", "conjugate_gradient", "adam", "lbfgs", "line_search"])
@pytest.mark.parametrize("start", [(0.0, 0.0), (1.5, 2.0), (0.0, -1.0)])
def test_a_run_that_comes_exactly_to_the_tip_of_a_root_stays(rule, start):
    """Newton and conjugate gradient are there after a step or two: half a bowl, in which a root hides."""
    landscape = formula_landscape("sqrt(x^2 + y^2)^2/2")
    rate = (
        1.0 if "learning_rate" in OPTIMIZERS[rule].hyperparameters and rule in ("newton", "gradient_descent") else 0.1
    )
    experiment = Experiment(landscape, start=start, steps=300, runs=(Run(rule, {"learning_rate": rate}),))
    trajectory = simulate(experiment)
    assert trajectory.diverged_at[0] == -1
    np.testing.assert_allclose(trajectory.positions[0, -1], 0, atol=0.05)
    assert verdicts(experiment, trajectory)[0].kind == "global_minimum"


@pytest.mark.parametrize(
    "text", ["abs(x) + abs(y)", "hypot(x, y)", "sqrt(abs(x)) + abs(y)", "relu(x) + relu(-x) + y^2"]
)
@pytest.mark.parametrize("rule", ["gradient_descent", "newton", "conjugate_gradient", "adam"])
def test_a_run_that_starts_on_a_kinked_minimum_stays(text, rule):
    experiment = Experiment(formula_landscape(text), start=(0.0, 0.0), steps=50, runs=(Run(rule),))
    trajectory = simulate(experiment)
    np.testing.assert_array_equal(trajectory.positions[0], 0)
    assert verdicts(experiment, trajectory)[0].kind == "global_minimum"


@pytest.mark.parametrize("text", ["floor(x)", "floor(x) + floor(y)", "sign(x)"])
def test_steps_of_a_staircase_start_above_the_lowest(text):
    landscape = formula_landscape(text)
    experiment = Experiment(landscape, steps=50, runs=(Run("gradient_descent"),))
    verdict = verdicts(experiment, simulate(experiment))[0]
    assert landscape.minimum is not None
    assert float(landscape.loss(jnp.array(experiment.start))) > landscape.minimum
    assert verdict.kind == "plateau"
