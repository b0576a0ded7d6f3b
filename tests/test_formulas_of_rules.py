"""The formula of a rule, read from its LaTeX and computed, holds of the numbers that are shown of a step."""

import re
from functools import cache

import jax
import numpy as np
import pytest

from experiments import simulate
from experiments.step_in_numbers import shown, step_in_numbers, step_values
from tests.latex_values import Surroundings, compact, equations, value_of
from tests.test_step_in_numbers import BY_HAND, STEPS, asked_of_the_loss, earlier, experiment

HALF_A_DIGIT = 5e-6  # of a number with six significant digits, at most


def table(rule, values):
    """What every symbol stands for that is shown at a step, in compact LaTeX."""
    symbols = {parameter.symbol: values[name] for name, parameter in rule.hyperparameters.items()}
    symbols |= {r"\eta_t": values["learning_rate"], "g_t": values["g"], r"\theta_t": values["theta"], "t": values["t"]}
    lines = values.keys() - {"t", "theta", "g", "update", *rule.hyperparameters}
    for name in sorted(lines):
        latex = rule.symbol(name.removesuffix("_before")).latex
        symbols[earlier(latex) if name.endswith("_before") else latex] = values[name]
    if values["t"] == 1:  # where the formula says how something begins
        begins = {re.sub(r"_\{t-1\}$", "_0", re.sub("_t$", "_1", latex)): value for latex, value in symbols.items()}
        symbols = {**begins, **symbols}
    return {compact(latex): value for latex, value in symbols.items()}


def claims(rule, symbols, functions):
    """What the formula says of each symbol of a step, by symbol: the value of its right side.

    A line whose symbol stands left of no equals sign, such as a norm, is what its symbol says.
    """
    says = dict(equations(rule.formula))
    begun = {left.removesuffix("_1") + "_t" for left in says if left in symbols and left.endswith("_1")}
    wanted = {left: right for left, right in says.items() if left in {*symbols, r"\theta_{t+1}"} - begun}
    for left, right in says.items():
        if left not in symbols and not re.search(r"_([01]|\{t\+1\})$", left):  # a name for a part of another line
            symbols = {**symbols, left: value_of(right, Surroundings(symbols, *functions))}
    computed = {left: value_of(right, Surroundings(symbols, *functions)) for left, right in wanted.items()}
    for latex in lines_of(rule) - says.keys():
        others = {symbol: value for symbol, value in symbols.items() if symbol != latex}
        computed[latex] = value_of(latex, Surroundings(others, *functions))
    return computed


def lines_of(rule):
    """The symbols of all lines of a rule but the step, in compact LaTeX; not the gradient's, which is given."""
    return {compact(rule.symbol(name).latex) for name in line_names(rule)} - {"g_t"}


@cache
def line_names(rule):
    values = step_values(experiment(rule.slug), simulate(experiment(rule.slug)), 1, 0)
    known = {"t", "theta", "g", "update", *rule.hyperparameters}
    return {name for name in values if name not in known and not name.endswith("_before")}


def functions_of(made, values):
    """The loss of a step, its gradient and its Hessian, compiled: a search along a line asks for it a thousand times."""
    loss = jax.jit(asked_of_the_loss(made, values)["value_fn"])
    return loss, jax.jit(jax.grad(loss)), jax.jit(jax.hessian(loss))


@pytest.mark.parametrize("slug", BY_HAND)
def test_the_numbers_satisfy_the_formula(slug):
    """The formula that is shown, read and computed, gives every line and the next position."""
    made, rule = experiment(slug), BY_HAND[slug]
    trajectory = simulate(made)
    for step in STEPS:
        values = step_values(made, trajectory, 1, step)
        symbols = {**table(rule, values), r"\theta_{t+1}": trajectory.positions[1, step + 1]}
        with np.errstate(all="ignore"):
            computed = claims(rule, table(rule, values), functions_of(made, values))
        said = {re.sub("_1$", "_t", latex) for latex in computed}
        assert said >= lines_of(rule) | {r"\theta_{t+1}"}
        for latex, value in computed.items():
            if np.isfinite(symbols[latex]).all():  # what is not known yet is shown as a dash
                np.testing.assert_allclose(value, symbols[latex], rtol=1e-9, atol=1e-300)


def each_number_off(value):
    """A number, or a pair with one of its two numbers, off by half a digit: rounding may move x and y apart."""
    return [value + HALF_A_DIGIT * value * which for which in (np.eye(2) if np.ndim(value) else (1.0,))]


@pytest.mark.parametrize("slug", BY_HAND)
def test_the_shown_numbers_satisfy_the_formula_to_the_digits_shown(slug):
    """What the formula says, computed from the rounded numbers, differs from what is shown by no more than rounding does."""
    made, rule = experiment(slug), BY_HAND[slug]
    trajectory = simulate(made)
    for step in (0, 7, 39):
        values = step_values(made, trajectory, 1, step)
        functions = functions_of(made, values)
        exact = {**table(rule, values), r"\theta_{t+1}": trajectory.positions[1, step + 1]}
        rounded = {latex: np.vectorize(shown)(value) for latex, value in exact.items()}
        again = claims(rule, rounded, functions)
        allowed = {latex: HALF_A_DIGIT * np.abs(rounded[latex]) + 1e-300 for latex in again}
        for part in rounded.keys() - {"t", r"\theta_{t+1}"}:
            for off in each_number_off(rounded[part]):
                for latex, moved in claims(rule, {**rounded, part: off}, functions).items():
                    allowed[latex] = allowed[latex] + 1.1 * np.abs(moved - again[latex])
        for latex, value in again.items():
            off = np.abs(value - rounded[latex])
            assert np.all(np.isnan(rounded[latex]) | (off <= allowed[latex])), (latex, step)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"2 a \cdot b + 1", 7.0),
        (r"\frac{b}{2}\, b - 1", 3.5),
        (r"\left(1 - \beta_1^{t+1}\right) b / 3", 0.875),
        (r"\begin{cases} a & b > 2 \\ -a & \text{otherwise} \end{cases}", 1.0),
        (r"|a - b| \sqrt{\lVert 4 \rVert}", 4.0),
        (r"\max\left(a,\, \mathrm{sign}(-b)\right)", 1.0),
        (r"f(a)\, \nabla f(b)", 6.0),
    ],
)
def test_a_formula_is_read_as_a_person_reads_it(latex, expected):
    symbols = {"a": 1.0, "b": 3.0, "t": 2, r"\beta_1": 0.5}
    read = value_of(latex, Surroundings(symbols, lambda x: x**2, lambda x: 2 * x, lambda x: 2 * np.eye(1)))
    np.testing.assert_allclose(read, expected)


def test_a_formula_with_an_unknown_symbol_is_refused():
    with pytest.raises(KeyError, match="q"):
        value_of("a + q", Surroundings({"a": 1.0}, np.sin, np.cos, np.sin))


@pytest.mark.parametrize("slug", BY_HAND)
def test_every_symbol_of_the_lines_is_shown_once(slug):
    made = experiment(slug)
    rows = step_in_numbers(made, simulate(made), 1, 7)
    symbols = [row.symbol for row in rows]
    assert len(set(symbols)) == len(symbols)
    assert all(compact(line) in map(compact, symbols) for line in lines_of(BY_HAND[slug]))
    assert {"t", r"\eta_t", r"\theta_t", "g_t", r"\theta_{t+1}"} <= set(symbols)
