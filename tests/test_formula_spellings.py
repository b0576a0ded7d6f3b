"""What people type, paste and copy: understood as meant, or refused at its place with what to write instead."""

import numpy as np
import pytest
from hypothesis import assume, given, settings

from catalogue import parse_number
from formulas import FormulaError, evaluate, parse, to_latex, to_text
from surfaces import formula_landscape
from tests.test_formula import ARRAY_FUNCTIONS, parsed, trees

X, Y = np.random.default_rng(11).uniform(-2.5, 2.5, (2, 200))


def sigmoid(u):
    return 1 / (1 + np.exp(-u))


# What is typed, and the same in NumPy.
TYPED = {
    # raised and lowered signs, fractions, signs of books
    "x²+y⁴": X**2 + Y**4,
    "½x²": 0.5 * X**2,
    "⅔xy + ¾": 2 / 3 * X * Y + 0.75,
    "x⁻²y³": X**-2 * Y**3,
    "x¹⁰": X**10,
    "2ˣ": 2**X,
    "e⁻ˣ": np.exp(-X),
    "√(x²+y²)": np.sqrt(X**2 + Y**2),
    "√2 + √5·x": np.sqrt(2) + np.sqrt(5) * X,
    "∛x": np.cbrt(X),
    "2⋅x÷3 − y": 2 * X / 3 - Y,
    "2·x×y∗3": 6 * X * Y,
    "x – y — 1": X - Y - 1,
    "πx": np.pi * X,
    # bars
    "|x|": np.abs(X),
    "||x|-1|": np.abs(np.abs(X) - 1),
    "|x-|y||": np.abs(X - np.abs(Y)),
    "|x||y|": np.abs(X) * np.abs(Y),
    "|x| + 2|y|": np.abs(X) + 2 * np.abs(Y),
    "2|x|y - 3|y|x": 2 * np.abs(X) * Y - 3 * np.abs(Y) * X,
    "|x|^2|y|": X**2 * np.abs(Y),
    "(|x|-1)|y|": (np.abs(X) - 1) * np.abs(Y),
    "|2*|x|-1|": np.abs(2 * np.abs(X) - 1),
    "sqrt|x|": np.sqrt(np.abs(X)),
    "⌊x⌋ + ⌈y⌉": np.floor(X) + np.ceil(Y),
    # functions without parentheses, and their powers
    "sin x": np.sin(X),
    "sin 2x + 1": np.sin(2 * X) + 1,
    "sin x²": np.sin(X**2),
    "sin x cos y": np.sin(X) * np.cos(Y),
    "sin x * y": np.sin(X) * Y,
    "sinx + cosy": np.sin(X) + np.cos(Y),
    "xsiny": X * np.sin(Y),
    "sin2x": np.sin(2 * X),
    "sin²(x)": np.sin(X) ** 2,
    "sin^2(x)": np.sin(X) ** 2,
    "sin^2 x + cos² x": np.ones_like(X),
    "tan(x)²": np.tan(X) ** 2,
    "exp -x²": np.exp(-(X**2)),
    "ln|x|": np.log(np.abs(X)),
    "ln cosh x": np.log(np.cosh(X)),
    # names
    "X^2 + Y^2": X**2 + Y**2,
    "Sin(X) + COS(y)": np.sin(X) + np.cos(Y),
    "x1^2 + x2^2": X**2 + Y**2,
    "x1 x2": X * Y,
    "2x1x2": 2 * X * Y,
    "x_1 + 3x_2": X + 3 * Y,
    "x_{1}^2 + x₂": X**2 + Y,
    "x0 + x1^2": X + Y**2,
    "w1^2 w2": X**2 * Y,
    "(θ0 - 1)^2 + θ1^2": (X - 1) ** 2 + Y**2,
    "theta1*theta2": X * Y,
    "f(x,y) = x² - y²": X**2 - Y**2,
    "f(x1, x2) := x1*x2^2": X * Y**2,
    "L(w, b) = (w - 1)² + wb": (X - 1) ** 2 + X * Y,
    "J(θ_0, θ_1) = θ_0^2 + 2θ_1": X**2 + 2 * Y,
    "f(t) = t^2": X**2,
    "f(a, b) = a*sin b": X * np.sin(Y),
    "z = xy": X * Y,
    "= x + y": X + Y,
    "lambda x, y: x**2 + y": X**2 + Y,
    "def f(x, y): return x*y": X * Y,
    "@(x,y) x.^2 .* y ./ 3": X**2 * Y / 3,
    "(x, y) => x*y": X * Y,
    # functions
    "x mod 2": np.mod(X, 2),
    "mod(x, 2) + x % 3": np.mod(X, 2) + np.mod(X, 3),
    "cbrt(x) + cbrt(-8)": np.cbrt(X) - 2,
    "log(x², 3)": np.log(X**2) / np.log(3),
    "log(x^2, 10) + log(x^2, 2) + log(x^2, e)": np.log10(X**2) + np.log2(X**2) + np.log(X**2),
    "log(x^2) - ln x²": 0 * X,
    "log_2(x^2) + log₁₀(y²)": np.log2(X**2) + np.log10(Y**2),
    "relu(x) + relu(-y)": np.maximum(X, 0) + np.maximum(-Y, 0),
    "max(0,x)": np.maximum(0, X),
    "max(0, x, y) - min(x,y,1)": np.maximum(np.maximum(0, X), Y) - np.minimum(np.minimum(X, Y), 1),
    "arctan(x) + arctan2(y, x) + arsinh x": np.arctan(X) + np.arctan2(Y, X) + np.arcsinh(X),
    "sgn(x)*ceil(y) + round(x)": np.sign(X) * np.ceil(Y) + np.round(X),
    "acosh(1 + x²) + atanh(tanh(y))": np.arccosh(1 + X**2) + Y,
    "pow(x, 3) + square(y)": X**3 + Y**2,
    "sec(x) + csc(y) + cot(x)": 1 / np.cos(X) + 1 / np.sin(Y) + 1 / np.tan(X),
    "sigmoid(3x) + softplus(y)": sigmoid(3 * X) + np.log1p(np.exp(Y)),
    "log1p(x^2) + expm1(y)": np.log1p(X**2) + np.expm1(Y),
    # products without signs
    "3xy": 3 * X * Y,
    "2(x+1)(y-1)": 2 * (X + 1) * (Y - 1),
    "x(y+1)": X * (Y + 1),
    "xe^(-x²-y²)": X * np.exp(-(X**2) - Y**2),
    "x e^x": X * np.exp(X),
    "2pix": 2 * np.pi * X,
    "sin(2πx)": np.sin(2 * np.pi * X),
    "-x^2": -(X**2),
    "1e-1x": 0.1 * X,
    # conditions
    "where(x<0, x^2, 3x)": np.where(X < 0, X**2, 3 * X),
    "where(x≤y and y≥0, x, -y)": np.where((X <= Y) & (Y >= 0), X, -Y),
    "where(-1 < x < 1, x², 2|x| - 1)": np.where(np.abs(X) < 1, X**2, 2 * np.abs(X) - 1),
    "np.where((x > 0) & (y > 0), x*y, 0)": np.where((X > 0) & (Y > 0), X * Y, 0),
    "where(x < 0 or y != 1, x, 7)": X,
    "where(x<0, -1, where(x=0, 0, 1))": np.sign(X),
    "x^2 if x < 0 else 3x": np.where(X < 0, X**2, 3 * X),
    "(x>0)*x + (x <= 0)*0.1x": np.where(X > 0, X, 0.1 * X),
    # Python, LaTeX, and what a paste brings along
    "np.sin(x)**2 + numpy.exp(-y**2)": np.sin(X) ** 2 + np.exp(-(Y**2)),
    "math.sqrt(x**2 + 1) + np.abs(y) + np.pi": np.sqrt(X**2 + 1) + np.abs(Y) + np.pi,
    "Math.pow(x, 2) + Math.PI;": X**2 + np.pi,
    "np.maximum(0, 1 - x) + np.power(y, 2)": np.maximum(0, 1 - X) + Y**2,
    r"\frac{x^2}{2} + \sin\left(x\right)\,y": X**2 / 2 + np.sin(X) * Y,
    r"\frac12 x^{2} + \tfrac{1}{3}y": X**2 / 2 + Y / 3,
    r"e^{-x^2 - y^2}": np.exp(-(X**2) - Y**2),
    r"\sqrt{x^2+1} - \sqrt[3]{y}": np.sqrt(X**2 + 1) - np.cbrt(Y),
    r"\left|x\right| + \lfloor y \rfloor \cdot \pi": np.abs(X) + np.floor(Y) * np.pi,
    r"$\ln(1 + x^2) \times \cos^2 y$": np.log(1 + X**2) * np.cos(Y) ** 2,
    r"\theta_1^2 + \theta_2^2": X**2 + Y**2,
    r"\operatorname{sign}(x) + \log_{10}(1 + y^2)": np.sign(X) + np.log10(1 + Y**2),
    r"\left[1 + \bigl(x - \tfrac12\bigr)^2\right]^{2} + \Big[ y \Big]": (1 + (X - 0.5) ** 2) ** 2 + Y,
    r"\max\left\{x, 0\right\} + \min\{x, y\} + max{x, 1}": np.maximum(X, 0) + np.minimum(X, Y) + np.maximum(X, 1),
    r"\(x^2 + {y}^{2}\)": X**2 + Y**2,
    r"\[ \operatorname*{max}(x, y) \cdot \cfrac{x}{2}. \]": np.maximum(X, Y) * X / 2,
    r"\cos 2\pi x + \sin^{2}3\pi y": np.cos(2 * np.pi * X) + np.sin(3 * np.pi * Y) ** 2,
    r"\sin^{2}{\left(x \right)} + \left|{y}\right| + e^{- x^{2}}": np.sin(X) ** 2 + np.abs(Y) + np.exp(-(X**2)),
    # copied from Wikipedia, MathJax and Word, with the stop of the sentence
    r"{\displaystyle f(x,y)=-20\exp \left[-0.2{\sqrt {0.5\left(x^{2}+y^{2}\right)}}\,\right]+{\frac {x^{6}}{6}}.\quad }": (
        -20 * np.exp(-0.2 * np.sqrt((X**2 + Y**2) / 2)) + X**6 / 6
    ),
    "{\\displaystyle f(x,y)=\\left(1.5-x+xy\\right)^{2}}\n\n{\\displaystyle +x\\sin {\\sqrt {\\left|y\\right|}}}": (
        (1.5 - X + X * Y) ** 2 + X * np.sin(np.sqrt(np.abs(Y)))
    ),
    "𝑓(𝑥,𝑦)=𝑥²+𝜋𝑦": X**2 + np.pi * Y,
    "∣x∣ + 〖(y+1)〗^2": np.abs(X) + (Y + 1) ** 2,
    "x^2 + y^2,": X**2 + Y**2,
    # other languages and libraries
    "f = lambda x, y: x*y": X * Y,
    "f = @(x,y) x.^2 + y;": X**2 + Y,
    "const f = (x, y) => x*y;": X * Y,
    "x => x**2": X**2,
    "f <- function(x, y) x^2 + y": X**2 + Y,
    "f: (x, y) ↦ xy": X * Y,
    "jax.nn.relu(x) + torch.nn.functional.softplus(y) + F.sigmoid(x)": (
        np.maximum(X, 0) + np.log1p(np.exp(Y)) + sigmoid(X)
    ),
    "scipy.special.expit(x) + np.exp2(y) + np.fmax(x, y)": sigmoid(X) + 2**Y + np.maximum(X, Y),
    "softplus(1000x) + sigmoid(1000y)": np.logaddexp(0, 1000 * X) + (1 + np.tanh(500 * Y)) / 2,
    "e^-x² y + e^x sin y": np.exp(-(X**2)) * Y + np.exp(X) * np.sin(Y),
    "x^2\n  + y^2\r\n\t- 1": X**2 + Y**2 - 1,
    "x\u00a0+\u2009y\u200b²": X + Y**2,
}


@pytest.mark.parametrize("text", TYPED, ids=repr)
def test_what_people_type_is_worth_what_numpy_says(text):
    formula = parse(text)
    with np.errstate(all="ignore"):
        found = np.broadcast_to(evaluate(formula, X, Y), X.shape)
    np.testing.assert_allclose(found, TYPED[text], rtol=1e-9, atol=1e-12)
    assert parse(to_text(formula)) == formula
    assert to_text(formula).isascii()


REFUSED = [
    ("|2|x|-1|", 5, "can be read in two ways; allowed: abs(x) for |x|"),
    ("|x|y|x|", 5, "can be read in two ways"),
    ("|x", 3, "or |"),
    ("sin x y", 7, "can be read in two ways; allowed: sin(x)*… or sin(x*…)"),
    ("sin x/2", 6, "can be read in two ways; allowed: sin(x)/… or sin(x/…)"),
    ("sin 2(x+1)", 6, "can be read in two ways"),
    ("sin^-1(x)", 1, "can be read in two ways; allowed: asin(x) or sin(x)^-1"),
    ("cos⁻¹ x", 1, "can be read in two ways; allowed: acos(x) or cos(x)^-1"),
    ("√2x", 3, "can be read in two ways; allowed: sqrt(2)… or sqrt(2…)"),
    ("√x²", 3, "can be read in two ways"),
    ("2½", 2, "can be read in two ways"),
    (r"3\frac{1}{2}", 2, "can be read in two ways"),
    ("x²^3", 3, "can be read in two ways"),
    ("x÷2y", 2, "can be read in two ways; allowed: ÷(2*y) or ÷2*y"),
    ("x mod 2y", 3, "can be read in two ways; allowed:  mod (2*y) or  mod 2*y"),
    ("log2x", 1, "can be read in two ways; allowed: log2(x) or log(2*x)"),
    ("log(2,5)", 5, "“2,5” can be read in two ways; allowed: 2.5 or 2, 5"),
    ("max(x,0,5)", 7, "“0,5” can be read in two ways; allowed: 0.5 or 0, 5"),
    ("0,5*x", 2, "a decimal is written with a point, as in 0.5"),
    ("sin(0,5x)", 1, "2 given to sin; allowed: 1, separated by commas; a decimal is written with a point"),
    ("x(1)^2 + x(2)^2", 1, "x(1) can be read in two ways; allowed: x1 or 1*x"),
    ("x[0]**2 + x[1]**2", 2, "allowed: ( instead of [; x for x[0] and y for x[1]"),
    ("x + x2", 5, "“x2” beside other names can be read in several ways; allowed: x and y, or x1 and x2 alone"),
    ("x1 + w2", 1, "“x1” beside other names"),
    ("x1*x2*x3", 7, "“x3” beside other names"),
    ("f(x, y, z) = x", 3, "“x, y, z” can't be the variables; allowed: two different names"),
    ("w^2 + b^2", 1, "“w” is not known; allowed: x and y; others if they are named first, as in f(w, b) ="),
    ("x*ex", 3, "“ex” is not known; allowed: e^x or e*x"),
    ("sinn(x)", 1, "“sinn” is not known; allowed: sin, if that is meant"),
    ("sqr(x)", 1, "allowed: sqrt, if that is meant"),
    ("lg(x)", 1, "allowed: log10(x) or log2(x)"),
    ("heaviside(x, 0)", 1, "allowed: where(x < 0, 0, 1)"),
    ("r^2", 1, "allowed: hypot(x, y)"),
    (r"\begin{cases} x \end{cases}", 1, "allowed: where(x < 0, x^2, 3x)"),
    (r"\alpha x", 1, "is not known; allowed"),
    ("x > 0 ? x : 0", 7, "allowed: where(x < 0, x^2, 3x)"),
    ("where(x, 1, 2)", 7, "x is no condition; allowed: a comparison, such as x < 0"),
    ("where(x < 0, 1)", 1, "2 given to where; allowed: 3"),
    ("where(x < y and 3, 1, 2)", 17, "3 is no condition"),
    ("x < y", 3, "“<” is not allowed here; allowed: f(x, y) = before the formula, where(x < y, 1, 0) for a step"),
    ("y = x^2", 3, "“=” is not allowed here; allowed: f(x, y) = before the formula"),
    ("x^2 if x < 0", 13, "allowed: else and what holds otherwise"),
    ("(x < (y < x < y) < x)", 18, "a chain of comparisons in another"),
    ("x!", 2, "“!” is not allowed; allowed"),
    ("sin(30°)", 7, "allowed: radians"),
    ("[x+1]^2", 1, "allowed: ( instead of ["),
    ("{x+1}^2", 1, "“{” is not allowed here"),
    (r"x + {x+1}^{2}\,y", 5, "“{” is not allowed here; allowed: ( instead of {"),
    ("e^xy", 4, "an exponent can be read in two ways; allowed: e^x*… or e^(x*…)"),
    ("xe^-2x", 6, "an exponent can be read in two ways; allowed: e^-2*… or e^(-2*…)"),
    ("2^xy", 4, "an exponent can be read in two ways"),
    ("x//2", 2, "allowed: floor(x/2) for a whole quotient"),
    (r"x + \sqrt[4]{y}", 5, "allowed: (…)^(1/4) for another root"),
    ("‖x‖", 1, "allowed: hypot(x, y) for a length, abs(x) for a size"),
    (r"\lVert x \rVert", 1, "allowed: hypot(x, y) for a length, abs(x) for a size"),
    ("np.linalg.norm([x, y])", 11, "allowed: hypot(x, y)"),
    ("“x^2”", 1, "allowed: the formula without quotation marks"),
    ("x + y  # a plane", 8, "allowed: the formula alone, without a comment"),
    ("x.abs()", 2, "allowed: a function around what it is applied to, as abs(x) for x.abs()"),
    ("x ＋ y", 3, "“＋” is not allowed; allowed: the plain +"),
    ("5!", 2, "allowed: a product for a factorial, as 3*2*1 for 3!"),
    ("sinc(x)", 1, "allowed: sin(x)/x"),
    ("logsumexp(x, y)", 1, "allowed: ln(exp(x) + exp(y))"),
    ("atan2(y; x)", 8, "allowed: a comma between two arguments"),
    ("x:2", 2, "allowed: / for a division"),
    ("х + 1", 1, "allowed: the Latin x; this one is Cyrillic"),
    ("x + １", 5, "“１” is not allowed; allowed: the plain 1"),
    ("x 2", 3, "“2” does not fit here; allowed: one of + - * / ^"),
    ("(x+1)2", 6, "“2” does not fit here"),
    ("max x", 5, "allowed: ( after max, as in max(x, y)"),
    ("sin", 4, "the formula ends too early; allowed: ( after sin, as in sin(x)"),
    ("sin^x(y)", 5, "allowed: a number, as in sin^2(x), or sin(x)^(…)"),
    ("x and y", 1, "x is no condition"),
    ("2 < x", 3, "is not allowed here"),
]


@pytest.mark.parametrize(("text", "position", "message"), REFUSED, ids=lambda value: repr(value)[:24])
def test_what_is_ambiguous_or_unknown_is_refused_with_a_suggestion(text, position, message):
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert caught.value.position == position, str(caught.value)
    assert message in str(caught.value)
    assert "allowed: " in str(caught.value)


@settings(deadline=None, max_examples=200)
@given(trees(ARRAY_FUNCTIONS))
def test_what_is_typeset_can_be_pasted_back(tree):
    """Copied from the page, the LaTeX of a formula is the formula."""
    formula = parsed(tree)
    latex = to_latex(formula)
    assume(len(latex) <= 300)
    pasted = parse(latex)
    with np.errstate(all="ignore"):
        expected, found = (np.broadcast_to(evaluate(one, X, Y), X.shape) for one in (formula, pasted))
        told = np.isfinite(expected) & np.isfinite(found)
    assert (np.isnan(expected) == np.isnan(found)).mean() > 0.9
    np.testing.assert_allclose(found[told], expected[told], rtol=1e-6, atol=1e-9, err_msg=latex)


def test_a_comparison_is_written_and_typeset_as_one():
    formula = parse("where((x<=0 or y!=2) and x==y, 1, (x>0)*x)")
    assert to_text(formula) == "where((x <= 0 or y != 2) and x == y, 1, where(x > 0, 1, 0)*x)"
    assert to_latex(parse("where(x<0, x^2, 3x)")) == (
        r"\begin{cases} x^{2} \;\text{if } x \lt 0 \\ 3x \;\text{otherwise} \end{cases}"
    )
    assert to_latex(parse("x + where(x<0, 1, 2)")).startswith(r"x + \left(\begin{cases}")


def test_the_names_of_the_variables_are_x_and_y_on_the_page():
    assert formula_landscape("L(w, b) = w^2 + b^2").text == "x^2 + y^2"
    assert formula_landscape("x1^2 + |x2|").text == "x^2 + abs(y)"


def test_a_number_with_a_comma_is_told_of_the_point_as_a_formula_is():
    with pytest.raises(ValueError, match=r"Start x is “0,05”.*a decimal is written with a point, as in 0\.5"):
        parse_number("Start x", "0,05")
