"""A formula in LaTeX: with fractions, roots and bars, and no sign where a product needs none."""

import re

from formulas.expression import Call, Condition, Constant, Expression, Negative, Number, Operation, Variable
from formulas.functions import FUNCTIONS
from formulas.writing import COMPARISON, PRODUCT, SIGNED, SUM, binding

MIXED = re.compile(r"\\frac\{[\d.]+\}\{[\d.]+\}")  # after a number it would be read as a part of it
TALL = (r"\frac", r"\sqrt", "^", r"\left", r"\begin")
COMPARED = {
    "<": r"\lt",
    "<=": r"\le",
    ">": r"\gt",
    ">=": r"\ge",
    "==": "=",
    "!=": r"\ne",
    "and": r"\land",
    "or": r"\lor",
}
ENCLOSED = ("abs", "floor", "ceil", "sqrt", "cbrt")  # calls that stand between marks of their own


def to_latex(expression: Expression) -> str:
    """The formula as it is typeset."""
    match expression:
        case Number():
            return _number(expression.value)
        case Variable():
            return expression.name
        case Constant():
            return r"\pi" if expression.name == "pi" else r"\mathrm{e}"
        case Negative():
            return "-" + _within(expression.operand, PRODUCT)
        case Call():
            return _cases(expression) if expression.function == "where" else _call(expression)
        case Condition():
            return _condition(expression)
        case Operation(symbol="/"):
            return rf"\frac{{{to_latex(expression.left)}}}{{{to_latex(expression.right)}}}"
        case Operation(symbol="^"):
            return _power(expression)
        case Operation(symbol="*"):
            return _product(expression)
    left, right = _within(expression.left, SUM, leads=True), _within(expression.right, PRODUCT)
    return f"{left} {expression.symbol} {right}"


def _within(expression: Expression, bound: int, leads: bool = False) -> str:
    """The LaTeX of an operand, in parentheses where it binds less tightly; a sign between two signs always gets them.

    Args:
      leads: whether it is the first of its formula, so that a sign stands between no others.
    """
    latex = to_latex(expression)
    held = binding(expression) >= bound and not _is_split(expression)
    return (
        latex if (held or _is_fraction(expression)) and (leads or not latex.startswith("-")) else _parenthesised(latex)
    )


def _is_split(expression: Expression) -> bool:
    """Whether it is written in several lines, which nothing closes on the right."""
    return isinstance(expression, Call) and expression.function == "where"


def _is_fraction(expression: Expression) -> bool:
    return isinstance(expression, Operation) and expression.symbol == "/"


def _parenthesised(latex: str) -> str:
    """In parentheses as tall as their content, which can't be broken over lines: plain ones where those do."""
    return rf"\left({latex}\right)" if any(mark in latex for mark in TALL) else f"({latex})"


def _number(value: float) -> str:
    digits, _, exponent = repr(value).removesuffix(".0").partition("e")
    if not exponent:
        return digits
    power = f"10^{{{int(exponent)}}}"
    return power if digits == "1" else rf"{digits} \cdot {power}"


def _condition(condition: Condition) -> str:
    left, right = condition.left, condition.right
    if condition.symbol in ("and", "or"):
        sides = [
            _parenthesised(to_latex(side)) if binding(side) < COMPARISON else to_latex(side) for side in (left, right)
        ]
    else:
        sides = [to_latex(left), to_latex(right)]
    return f" {COMPARED[condition.symbol]} ".join(sides)


def _cases(call: Call) -> str:
    condition, first, second = map(to_latex, call.arguments)
    return rf"\begin{{cases}} {first} \;\text{{if }} {condition} \\ {second} \;\text{{otherwise}} \end{{cases}}"


def _call(call: Call) -> str:
    latex = FUNCTIONS[call.function].latex
    arguments = r",\, ".join(map(to_latex, call.arguments))
    return latex.replace("*", arguments) if "*" in latex else latex + _parenthesised(arguments)


def _power(power: Operation) -> str:
    base, exponent = power.left, to_latex(power.right)
    if isinstance(base, Call) and "*" not in FUNCTIONS[base.function].latex and isinstance(power.right, Number):
        name = FUNCTIONS[base.function].latex
        if "_" not in name and r"\operatorname" not in name:
            return _call(base).replace(name, f"{name}^{{{exponent}}}", 1)
    simple = isinstance(base, Variable | Constant) or (isinstance(base, Number) and "e" not in repr(base.value))
    enclosed = isinstance(base, Call) and base.function in ENCLOSED
    return (to_latex(base) if simple or enclosed else _parenthesised(to_latex(base))) + f"^{{{exponent}}}"


def _product(product: Operation) -> str:
    left, right = _within(product.left, PRODUCT, leads=True), _within(product.right, SIGNED)
    ends_open = isinstance(product.left, Call) or r"\cdot 10^" in left
    is_mixed = left[-1].isdigit() and MIXED.match(right)
    if right[0].isdigit() or is_mixed or ends_open or _last_is_call(product.left):
        return rf"{left} \cdot {right}"
    close = isinstance(product.left, Number) or (
        isinstance(product.left, Variable) and isinstance(product.right, Variable)
    )
    return left + right if close else rf"{left}\,{right}"


def _last_is_call(expression: Expression) -> bool:
    return isinstance(expression, Operation) and expression.symbol == "*" and isinstance(expression.right, Call)
