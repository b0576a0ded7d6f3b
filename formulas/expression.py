"""What a formula is made of: a tree of numbers, variables, operations and calls, and the table of what can be called.

Nodes are equal if they mean the same; `at`, where a node begins in the text, is for messages only.
"""

import math
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Number:
    """A number without a sign, as typed."""

    value: float
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Variable:
    """x or y."""

    name: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Constant:
    """One of CONSTANTS."""

    name: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Negative:
    """Minus something."""

    operand: "Expression"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Operation:
    """Two operands and one of + - * / ^ between them."""

    symbol: str
    left: "Expression"
    right: "Expression"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Call:
    """One of FUNCTIONS and what it is applied to."""

    function: str
    arguments: tuple["Expression", ...]
    at: int = field(default=0, compare=False)


Expression = Number | Variable | Constant | Negative | Operation | Call


@dataclass(frozen=True)
class Function:
    """What can be called.

    Args:
      array_name: what NumPy and JAX call it; with more than two arguments it is applied from the left.
      latex: the name in LaTeX; or, with an asterisk for the arguments, how the whole call is written.
      fewest, most: numbers of arguments.
    """

    array_name: str
    latex: str
    fewest: int = 1
    most: int = 1


CONSTANTS = {"pi": math.pi, "e": math.e}
FUNCTIONS = {
    "sin": Function("sin", r"\sin"),
    "cos": Function("cos", r"\cos"),
    "tan": Function("tan", r"\tan"),
    "asin": Function("arcsin", r"\arcsin"),
    "acos": Function("arccos", r"\arccos"),
    "atan": Function("arctan", r"\arctan"),
    "sinh": Function("sinh", r"\sinh"),
    "cosh": Function("cosh", r"\cosh"),
    "tanh": Function("tanh", r"\tanh"),
    "exp": Function("exp", r"e^{*}"),
    "ln": Function("log", r"\ln"),
    "log10": Function("log10", r"\log_{10}"),
    "sqrt": Function("sqrt", r"\sqrt{*}"),
    "abs": Function("abs", r"\left|*\right|"),
    "sign": Function("sign", r"\operatorname{sign}"),
    "floor": Function("floor", r"\left\lfloor *\right\rfloor"),
    "min": Function("minimum", r"\min", fewest=2, most=9),
    "max": Function("maximum", r"\max", fewest=2, most=9),
    "atan2": Function("arctan2", r"\operatorname{atan2}", fewest=2, most=2),
    "hypot": Function("hypot", r"\operatorname{hypot}", fewest=2, most=2),
}
# Other names for the same. A plain log is the natural one, as in NumPy; it is shown as ln, so that nobody has to guess.
SYNONYMS = {"log": "ln", "arcsin": "asin", "arccos": "acos", "arctan": "atan"}


def parts(expression: Expression) -> tuple[Expression, ...]:
    """What a node is directly made of."""
    if isinstance(expression, Operation):
        return expression.left, expression.right
    if isinstance(expression, Negative):
        return (expression.operand,)
    return expression.arguments if isinstance(expression, Call) else ()


def every_node(expression: Expression) -> list[Expression]:
    """The node and all below it, from left to right, what a node is made of before the node itself."""
    return [node for part in parts(expression) for node in every_node(part)] + [expression]


def nesting(expression: Expression) -> int:
    """How deep things lie within one another; a long sum or product is not deep."""
    if isinstance(expression, Operation) and expression.symbol != "^":
        return max(nesting(expression.left), 1 + nesting(expression.right))
    return 1 + max(map(nesting, parts(expression)), default=0)
