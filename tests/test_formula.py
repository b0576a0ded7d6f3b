"""Formulas of one's own: read as Python would read them, refused where they are none, explored, kept in the link."""

import ast
import json
import time
from dataclasses import replace
from urllib.parse import parse_qs, urlencode

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from experiments import Experiment, Run, formula_landscape, from_query, landscape_of, simulate, to_query, verdicts
from formulas import MAX_LENGTH, MAX_NESTING, FormulaError, differentiable, evaluate, parse, to_latex, to_text
from formulas.expression import Number, Operation, Variable
from formulas.functions import FUNCTIONS
from landscapes import LANDSCAPES
from lessons import FIRST
from player import surface_document
from player.payload import payload
from surfaces.formula_landscape import EXAMPLE, VIEW
from surfaces.grid import steepness
from ui.formula_box import place_of

# What Python's syntax trees are made of; the tests' own evaluation of them, in NumPy, shares nothing with the parser.
OPERATORS = {ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide, ast.Pow: np.power}
SMOOTH = {
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh, "exp": np.exp,
    "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan, "log": np.log, "ln": np.log, "log10": np.log10,
    "sqrt": np.sqrt, "atan2": np.arctan2, "hypot": np.hypot,
}  # fmt: skip
KINKED = {"abs": np.abs, "sign": np.sign, "floor": np.floor, "min": np.minimum, "max": np.maximum}
PAIRS = ("atan2", "hypot", "min", "max")
ARRAY_FUNCTIONS = SMOOTH | KINKED
POINTS = np.array([[0.7, -1.3], [1.9, 0.4], [-2.2, 3.1], [0.15, 0.85], [-0.6, -0.35], [3.3, 2.6]])


def trees(functions) -> st.SearchStrategy[ast.expr]:
    """Expressions as Python's own syntax trees."""
    names = st.sampled_from(["x", "y", "x", "y", "pi", "e"]).map(ast.Name)
    constants = (st.integers(0, 12) | st.sampled_from([0.5, 1e-3, 2.75, 1.5e4])).map(ast.Constant)
    operators = st.sampled_from(list(OPERATORS)).map(lambda kind: kind())

    def larger(smaller):
        return (
            st.builds(ast.BinOp, smaller, operators, smaller)
            | st.builds(ast.UnaryOp, st.just(ast.USub()), smaller)
            | st.builds(call, st.sampled_from(sorted(functions)), smaller, smaller)
        )

    return st.recursive(names | constants, larger, max_leaves=8)


def call(name: str, first: ast.expr, second: ast.expr) -> ast.expr:
    return ast.Call(ast.Name(name), [first, second] if name in PAIRS else [first], [])


def in_numpy(node: ast.expr, x, y):
    """The oracle: the same expression, evaluated by NumPy."""
    match node:
        case ast.Constant(value=value):
            assert isinstance(value, int | float)
            return np.float64(value)
        case ast.Name(id=name):
            return {"x": x, "y": y, "pi": np.float64(np.pi), "e": np.float64(np.e)}[name]
        case ast.UnaryOp(operand=operand):
            return -in_numpy(operand, x, y)
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATORS[type(op)](in_numpy(left, x, y), in_numpy(right, x, y))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return ARRAY_FUNCTIONS[name](*(in_numpy(argument, x, y) for argument in arguments))
    raise AssertionError(ast.dump(node))


def parsed(tree: ast.expr):
    """The tree's text, parsed; what is without a finite value for any x and y is rightly refused."""
    text = ast.unparse(tree)
    assume(len(text) <= MAX_LENGTH)
    formula = parsed_or_refused(text)
    if isinstance(formula, FormulaError):
        assert "is not a finite number" in str(formula), (text, formula)
        assume(False)
    return formula


def parsed_or_refused(text: str):
    try:
        return parse(text)
    except FormulaError as error:
        return error


@settings(deadline=None, max_examples=300)
@given(trees(ARRAY_FUNCTIONS))
def test_a_formula_is_worth_what_numpy_says(tree):
    formula = parsed(tree)
    x, y = POINTS.T
    with np.errstate(all="ignore"):
        expected = np.broadcast_to(in_numpy(tree, x, y), x.shape)
        moved = np.broadcast_to(in_numpy(tree, x * (1 + 1e-13), y * (1 - 1e-13)), x.shape)
        found = np.broadcast_to(evaluate(formula, x, y), x.shape)
    # Where the last digits of x decide the result, two right answers may differ.
    comparable = np.isclose(expected, moved, rtol=1e-7, atol=1e-12) & np.isfinite(expected)
    np.testing.assert_allclose(
        found[comparable], expected[comparable], rtol=1e-6, atol=1e-11, err_msg=ast.unparse(tree)
    )
    compiled = np.broadcast_to(np.asarray(evaluate(formula, jnp.asarray(x), jnp.asarray(y), jnp)), x.shape)
    np.testing.assert_allclose(
        compiled[comparable], expected[comparable], rtol=1e-6, atol=1e-11, err_msg=ast.unparse(tree)
    )


@settings(deadline=None, max_examples=60)
@given(trees(SMOOTH))
@example(ast.parse("sqrt(x**15000.0)", mode="eval").body)
def test_gradients_are_the_differences(tree):
    formula = parsed(tree)
    gradients = np.asarray(jax.vmap(jax.grad(differentiable(formula)))(jnp.asarray(POINTS)))
    with np.errstate(all="ignore"):
        heights = in_numpy(tree, *POINTS.T)
        for axis, direction in enumerate(np.eye(2)):
            coarse, fine = (difference(tree, direction * step) for step in (2e-4, 1e-4))
            comparable = np.isfinite(fine) & np.isclose(coarse, fine, rtol=1e-5, atol=1e-7) & (np.abs(fine) < 1e6)
            # The root of what is too small to be told from 0 has no slope.
            comparable &= ~(np.isnan(gradients[:, axis]) & (fine == 0) & (heights == 0))
            np.testing.assert_allclose(
                gradients[comparable, axis], fine[comparable], rtol=1e-3, atol=1e-5, err_msg=ast.unparse(tree)
            )


def difference(tree: ast.expr, step: np.ndarray) -> np.ndarray:
    ahead, behind = (np.broadcast_to(in_numpy(tree, *(POINTS + s).T), len(POINTS)) for s in (step, -step))
    return (ahead - behind) / (2 * np.hypot(*step))


@settings(deadline=None, max_examples=300)
@given(trees(ARRAY_FUNCTIONS))
def test_text_and_formula_are_one(tree):
    formula = parsed(tree)
    text = to_text(formula)
    assume(len(text) <= MAX_LENGTH)
    assert parse(text) == formula
    assert to_text(parse(text)) == text


@settings(deadline=None, max_examples=300)
@given(trees(ARRAY_FUNCTIONS))
def test_latex_is_balanced_and_only_latex(tree):
    latex = to_latex(parsed(tree))
    depth = 0
    for character in latex:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
    assert latex.count(r"\left") - latex.count(r"\lefteqn") == latex.count(r"\right")
    assert not set("$<>&") & set(latex)


READINGS = [
    ("-x^2", "-(x^2)"),
    ("2^3^2", "2^(3^2)"),
    ("x**2", "x^2"),
    ("2^-x", "2^(-x)"),
    ("2x", "2*x"),
    ("xy", "x*y"),
    ("x y", "x*y"),
    ("3sin(x)", "3*sin(x)"),
    ("2x^2", "2*(x^2)"),
    ("-2x", "(-2)*x"),
    ("(x+1)(y-2)", "(x + 1)*(y - 2)"),
    ("x(y+1)", "x*(y + 1)"),
    ("1/(2x)", "1/(2*x)"),
    ("x/2*y", "(x/2)*y"),
    ("x-y-1", "(x - y) - 1"),
    ("2e", "2*e"),
    ("2e3x", "2000*x"),
    ("exp(x)exp(y)", "exp(x)*exp(y)"),
    ("π x", "pi*x"),
    ("2·x − y×3", "2*x - y*3"),
    ("+x", "x"),
    ("log(x)", "ln(x)"),
    ("arcsin(x)", "asin(x)"),
]


@pytest.mark.parametrize(("typed", "meant"), READINGS)
def test_what_students_write_is_read_as_meant(typed, meant):
    assert parse(typed) == parse(meant)


def test_the_text_is_the_shortest_that_means_the_same():
    assert to_text(parse("((sin(x)) * (y)) + (0.10)*(((x^2)) + y**2)")) == EXAMPLE
    assert parse("sin(x)*y") == Operation("*", parse("sin(x)"), Variable("y"))
    assert to_text(Number(1e-7)) == "1e-07"


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        (EXAMPLE, r"\sin(x) \cdot y + 0.1\left(x^{2} + y^{2}\right)"),
        ("x/(2y)", r"\frac{x}{2y}"),
        ("sin(x)^2", r"\sin^{2}(x)"),
        ("(x+1)(y-2)", r"(x + 1)\,(y - 2)"),
        ("e^(-x^2)", r"\mathrm{e}^{-x^{2}}"),
        ("sqrt(abs(x))", r"\sqrt{\left|x\right|}"),
        ("1e-7x", r"10^{-7}x"),
        ("x - -y", "x - (-y)"),
    ],
)
def test_formulas_are_typeset_as_in_a_book(text, latex):
    assert to_latex(parse(text)) == latex


MISTAKES = [
    ("", 1, "empty"),
    ("   ", 1, "empty"),
    ("x + ", 4, "ends too early; allowed: a number"),
    ("x + foo(y)", 5, "“foo” is not known; allowed: x, y, pi, e, sin"),
    ("xyz", 1, "“xyz” is not known"),
    ("x2 + x", 1, "“x2” beside other names can be read in several ways; allowed: x and y, or x1 and x2 alone; x^2"),
    ("(x + 1", 7, "ends too early; allowed: one of + - * / ^ or )"),
    ("x)", 2, "“)” does not fit here; allowed: one of + - * / ^"),
    ("2 3", 3, "“3” does not fit here"),
    ("0,5*x", 2, "with a point, as in 0.5"),
    ("sin + x", 5, "allowed: ( after sin, as in sin(x)"),
    ("max x", 5, "allowed: ( after max, as in max(x, y)"),
    ("sin^-1(x)", 1, "can be read in two ways; allowed: asin(x) or sin(x)^-1"),
    ("1/2x", 2, "can be read in two ways; allowed: /(2*x) or /2*x"),
    ("min(x)", 1, "1 given to min; allowed: 2 to 9"),
    ("y + sin(x, y)", 5, "2 given to sin; allowed: 1"),
    ("x.real", 2, "“.” is not allowed"),
    ("x.__class__.__bases__", 2, "“.” is not allowed"),
    ("__import__('os').system('ls')", 1, "“__import__” is not known"),
    ("x[0]", 2, "“[” is not allowed"),
    ("lambda: x", 1, "“lambda” is not known"),
    ("x if y else 1", 6, "y is no condition; allowed: a comparison, such as y < 0"),
    ("x = y", 3, "“=” is not allowed"),
    ("'x'", 1, "“'” is not allowed"),
    ("{x}", 1, "“{” is not allowed"),
    (r"\frac{x}", 9, "the formula ends too early; allowed: { after"),
    ("<img src=x onerror=alert(1)>", 1, "“<” is not allowed"),
    ("٣*x", 1, "“٣” is not allowed; allowed: the digits 0 to 9"),
    ("x + １", 5, "“１” is not allowed"),
    ("²x", 1, "“²” does not fit here"),
    ("x\x00", 2, "is not allowed"),
    ("9**9**9**9", 4, "9^9^9 is not a finite number"),
    ("x + 1e999", 5, "is not a finite number"),
    ("x + 1/0", 5, "1/0 is not a finite number"),
    ("x*ln(-1)", 3, "is not a finite number"),
    ("(" * 10**6 + "x" + ")" * 10**6, MAX_LENGTH + 1, "2000001 characters long; allowed: up to 300"),
    ("x+" * 500_000 + "x", MAX_LENGTH + 1, "characters long"),
    ("(" * 100 + "x" + ")" * 100, MAX_NESTING + 1, "parentheses are open"),
    ("-" * 299 + "x", MAX_NESTING + 1, "nested too deeply"),
    ("^".join("x" * 150), 2 * MAX_NESTING + 1, "nested too deeply"),
    ("y" * 200, 151, "written out in full, the formula is 399 characters long; allowed: up to 300"),
    ("exp(x)" * 40 + "y + log(3.0x) + " + "x" * 40, 260, "written out in full, the formula is"),
    ("x" * 134 + "*sin(sin(sin(sin(sin(sin(sin(x)))))))", 164, "the formula is 304 characters long"),
    ("sin(" * 21 + "x" + ")" * 21, 84, "allowed: 20"),
]


@pytest.mark.parametrize(("text", "position", "message"), MISTAKES, ids=lambda value: repr(value)[:24])
def test_what_is_no_formula_is_refused_at_once_and_at_its_place(text, position, message):
    begun = time.process_time()
    with pytest.raises(FormulaError) as caught:
        formula_landscape(text)
    assert time.process_time() - begun < 1
    assert message in str(caught.value)
    assert caught.value.position == position
    assert str(caught.value).startswith(f"at character {position}: ")


@settings(deadline=1000)
@given(st.text(max_size=400) | st.text("xy0123456789.+-*/^(), esincoplaxp", max_size=60))
def test_any_text_is_a_formula_or_is_refused(text):
    formula = parsed_or_refused(text)
    if isinstance(formula, FormulaError):
        assert "; allowed: " in str(formula)
        assert formula.position is not None
        assert 1 <= formula.position <= max(len(text), MAX_LENGTH) + 1
    else:
        assert parse(to_text(formula)) == formula or len(to_text(formula)) > MAX_LENGTH


def test_the_longest_and_deepest_formulas_are_accepted():
    long = "+".join(["x"] * 150)
    assert len(long) == MAX_LENGTH - 1
    assert evaluate(parse(long), 2.0, 0.0) == 300.0
    deep = "sin(" * (MAX_NESTING - 1) + "x" + ")" * (MAX_NESTING - 1)
    assert np.isfinite(evaluate(parse(deep), 1.0, 0.0))


def test_a_mark_stands_below_the_mistake():
    for text, position in (("x + foo(y)", 5), ("x+" * 100 + "?" + "+x" * 20, 201), ("x + ", 5)):
        piece, mark = place_of(text, position)
        index = mark.index("^")
        assert (piece[index] if index < len(piece) else "") == text[position - 1 : position]
        assert len(piece) < 40


def test_two_of_the_same_are_equal_and_another_view_is_another():
    one, other = formula_landscape("x^2+y^2"), formula_landscape(" x**2 +  y**2 ", ((-6, 6), (-6.0, 6.0)))
    assert one == other
    assert hash(one) == hash(other)
    remade = replace(one, teaches=one.teaches)
    assert remade is not one
    assert {remade: 1}[one] == 1
    assert formula_landscape("x^2+y^2", ((-1, 1), (-1, 1))) != one
    assert one != LANDSCAPES["quadratic"]


@pytest.mark.parametrize(
    "view", [((1, 1), (0, 1)), ((0, 1), (2, 1)), ((0, 1e9), (0, 1)), ((0, float("nan")), (0, 1)), 3]
)
def test_a_view_that_is_none_is_named(view):
    with pytest.raises(ValueError, match="allowed: "):
        formula_landscape("x", view)


def test_the_search_finds_what_is_known_of_himmelblau():
    known = LANDSCAPES["himmelblau"]
    found = formula_landscape("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", known.view)
    assert found.minimum == pytest.approx(0, abs=1e-12)
    for kind in ("minima", "saddles"):
        stated, discovered = (np.array(sorted(getattr(entry, kind))) for entry in (known, found))
        np.testing.assert_allclose(discovered, stated, atol=1e-9)


KNOWN = [
    ("abs(x) + abs(y - 1)", 0.0, [(0, 1)], "It has a kink where $x = 0$ and where $y - 1 = 0$."),
    ("sqrt(x^2 + y^2)", 0.0, [(0, 0)], "It has no slope where $x^{2} + y^{2} = 0$."),
    ("x^4 + y^4", 0.0, [(0, 0)], "Lowest found in the view: 0 at (0, 0)."),
    ("x^2", 0.0, [], "Lowest found in the view: 0."),
    ("(x - y/3)^2", 0.0, [], "Lowest found in the view: 0."),
    ("max(x^2, y)", 0.0, [], "It has a kink where $x^{2} = y$."),
    ("5", None, [], "It is the same everywhere in the view: there is no way down."),
    ("x + y", None, [], "No lowest point was found inside the view"),
    ("x^3 - 3x + y^2", None, [(1, 0)], "No lowest point was found inside the view"),
    ("1/x", None, [], "It has a pole where $x = 0$."),
    ("ln(x^2 + y^2)", None, [], "It has a pole where $x^{2} + y^{2} = 0$."),
    ("ln(x) + y^2", None, [], "It is undefined in 50% of the view, left blank."),
    ("x^y", None, [], "It is undefined in 48% of the view, left blank."),
    ("exp(exp(x + y))", None, [], "It is infinite or beyond 10³⁰ in 21% of the view, left blank."),
    ("floor(x) + y^2", -6.0, [], "It jumps where $x$ is whole."),
    ("tan(x)", None, [], r"It has a pole where $\cos(x) = 0$."),
    ("1e29*(x^2 + y^2)", 0.0, [(0, 0)], "It is infinite or beyond 10³⁰ in 78% of the view, left blank."),
    ("1e-12*(x^2 + y^2)", 0.0, [(0, 0)], "Lowest found in the view: 0 at (0, 0)."),
]


@pytest.mark.parametrize(
    "text",
    [
        "sin(x)/x + y^2", "abs(x^2) + y^2", "x*abs(x) + y^2", "sqrt(x^4) + y^2", "x^2/(x^2 + 1)", "1/(2 + cos(x))",
        "x/x + y", "cos(9*x) + abs(x)^2 + y^2", "(x^2 - y^2)/(x - y)", "ln(exp(x + y))", "abs(5)*x",
        "max(x, x - 1) + y^2", "sqrt(x^2 + y^2 + 1)",
    ],
)  # fmt: skip
def test_what_looks_peculiar_and_is_smooth_is_not_spoken_of(text):
    said = formula_landscape(text).teaches
    assert not any(word in said for word in ("pole", "kink", "slope", "jumps")), said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x*y/(x^2 + y^2)", "It jumps where $x^{2} + y^{2} = 0$."),
        ("1/(x - 0.123)^2", "It has a pole where"),
        ("sign(x) + y^2", "It jumps where $x = 0$."),
        ("x*sign(x) + y^2", "It has a kink where $x = 0$."),
        ("sqrt(abs(x)) + y^2", "It has no slope where"),
        ("hypot(x, y)", "It has no slope where $x = 0$ and $y = 0$."),
        ("x^(1/3) + y^2", "It has no slope where $x = 0$."),
        ("x^2 + 1e-3*abs(y)", "It has a kink where $y = 0$."),
        ("1/(x^2 + y^2 - 4)", "It has a pole where"),
        ("1e6*abs(x) + y", "It has a kink where $x = 0$."),
    ],
)
def test_what_is_peculiar_is_named(text, sentence):
    assert sentence in formula_landscape(text).teaches


@pytest.mark.parametrize(("text", "minimum", "minima", "sentence"), KNOWN, ids=[row[0] for row in KNOWN])
def test_what_is_found_and_what_is_missing_is_said_and_the_race_is_run(text, minimum, minima, sentence):
    landscape = formula_landscape(text)
    assert landscape.minimum == (None if minimum is None else pytest.approx(minimum, abs=1e-9))
    assert len(landscape.minima) == len(minima)
    np.testing.assert_allclose(np.reshape(landscape.minima, (-1, 2)), np.reshape(minima, (-1, 2)), atol=1e-6)
    assert sentence in landscape.teaches
    drawn_and_raced(Experiment(landscape, steps=20, runs=(Run("momentum"),)))


@pytest.mark.parametrize(
    ("text", "start", "rate", "said"),
    [
        ("sqrt(x^2 + y^2)", (0.0, 0.0), 0.01, "reached the lowest minimum found in the view, (0, 0) at step 0"),
        ("ln(x)", (-1.0, 0.0), 0.2, "starts where the loss is undefined or infinite"),
        ("ln(x)", (0.3, 0.0), 0.2, "ran off the defined part of the surface at step 1"),
        ("x^2", (2.0, 1.0), 0.2, "came to rest at (0, 1) on the level floor of a valley"),
        ("x^2 + y^2", (2.0, 1.0), 0.2, "reached the lowest minimum found in the view, (0, 0) at step"),
        ("(x^2-9)^2 + x + y^2", (2.0, 1.0), 0.01, "reached a local minimum (2.99, 0)"),
        ("5", (1.0, 1.0), 0.01, "stuck on a plateau"),
    ],
)
def test_a_verdict_claims_no_more_than_is_known(text, start, rate, said):
    landscape = formula_landscape(text)
    experiment = Experiment(landscape, start=start, steps=200, runs=(Run("gradient_descent", {"learning_rate": rate}),))
    assert said in drawn_and_raced(experiment)[0].text


def drawn_and_raced(experiment: Experiment):
    """Everything that the page does with an experiment; what can't be sent as JSON raises."""
    trajectory = simulate(experiment)
    said = verdicts(experiment, trajectory)
    for scale in ("log", "linear"):
        payload(experiment, trajectory, said, scale)
        drawing = surface_document(landscape_of(experiment), experiment.landscape_parameters, scale, "light", None)
        json.dumps(drawing, allow_nan=False)
    return said


def test_a_formula_without_a_number_in_the_view_says_so():
    for text in ("sqrt(-1 - x^2)", "1e200*(x^2 + y^2)", "sqrt(-x^2)"):
        with pytest.raises(FormulaError, match="can be drawn nowhere in the view; allowed: "):
            formula_landscape(text)
    assert formula_landscape("ln(x - 10)", ((5, 15), (0, 1))).starts


@pytest.mark.parametrize("text", ["abs(x)*y", "1/x + y", "ln(x*y)", "x^x + y", "sqrt(x) + sqrt(y)", "asin(x) + y"])
def test_starts_lie_where_there_is_a_slope(text):
    landscape = formula_landscape(text)
    points = np.array(landscape.starts)
    assert np.isfinite(np.array([landscape.loss(jnp.asarray(point)) for point in points])).all()
    assert np.isfinite(steepness(landscape, {}, points)[0]).all()


LINKED = ["x+y", "x^2*y - 3", "x**2 + 1e-3y", "π*x", "2·x − y", "min(x, y)", "e^x/(1 + y^2)", "((x))  +  ((y))"]


@pytest.mark.parametrize("text", LINKED)
def test_a_formula_survives_its_link(text):
    experiment = Experiment(formula_landscape(text, ((-2.5, 3), (0, 1e-2))), steps=10)
    query = urlencode(to_query(experiment), doseq=True)
    assert from_query(parse_qs(query), FIRST.experiment) == (experiment, ())


def test_the_text_as_somebody_types_it_into_a_link_is_read_too():
    query = {**to_query(Experiment(formula_landscape("x*y"))), "formula": ["x y"]}
    del query["view"]
    experiment, problems = from_query(query, FIRST.experiment)
    assert experiment.landscape == formula_landscape("x*y", VIEW)
    assert problems == ()


BROKEN = [
    ("formula", "x+foo", "formula “x+foo”: at character 3: “foo” is not known"),
    ("formula", "x&<b>~", "at character 1: x is no condition"),
    ("formula", "", "at character 1: the formula is empty"),
    ("formula", "(" * 10**6, "1000000 characters long"),
    ("formula", "sqrt(-1-x^2)", "can be drawn nowhere in the view"),
    ("view", "1_2", "view is “1_2”; allowed: four numbers"),
    ("view", "2_1_0_1", "view is “2_1_0_1”; allowed: from a lower to a higher number"),
    ("view", "a_b_c_d", "view is “a_b_c_d”; allowed: a finite number"),
]


@pytest.mark.parametrize(("name", "text", "message"), BROKEN, ids=[row[1][:12] for row in BROKEN])
def test_a_broken_formula_is_named_and_the_rest_of_its_link_survives(name, text, message):
    link = to_query(Experiment(formula_landscape("x*y"), start=(0.5, 1.0), steps=77, seed=5, runs=(Run("adam"),)))
    experiment, problems = from_query({**link, name: [text]}, FIRST.experiment)
    assert any(message in problem for problem in problems), problems
    assert (experiment.steps, experiment.seed, experiment.runs) == (77, 5, (Run("adam"),))
    assert experiment.start == (0.5, 1.0)
    if name == "formula":
        assert experiment.landscape == FIRST.experiment.landscape


@pytest.mark.parametrize("formula", [{}, {"formula": []}, {"formula": ["x", "y"]}, {"formula": ["x"], "view": []}])
def test_a_link_with_parts_missing_or_twice_raises_nothing(formula):
    experiment, _ = from_query({"landscape": ["formula"], **formula}, FIRST.experiment)
    assert isinstance(experiment, Experiment)


def test_every_function_is_declared_for_numpy_and_jax():
    for name, function in FUNCTIONS.items():
        arguments = [True, 0.25, 0.75] if name == "where" else [0.75, 0.25][: function.fewest]
        with np.errstate(invalid="ignore"):
            expected = function.value(np, *arguments)
        found = function.value(jnp, *map(jnp.asarray, arguments))
        np.testing.assert_allclose(found, expected, rtol=1e-14, err_msg=name)
