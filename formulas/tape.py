"""A formula as a list of steps, the tape of automatic differentiation: what occurs twice in it is computed once."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from formulas.expression import Call, Condition, Constant, Expression, Negative, Number, Operation, Variable, parts
from formulas.functions import CONSTANTS, FUNCTIONS

MOST_MULTIPLICATIONS = 64  # exponents up to this become products, which exist at negative bases and at 0


class Step(NamedTuple):
    """One part of a formula, where on the tape its own parts are, and its value if x and y are not in it."""

    node: Expression
    parts: tuple[int, ...]
    constant: Any


@lru_cache(maxsize=256)
def tape_of(expression: Expression) -> tuple[Step, ...]:
    """The steps that lead to the value of the formula, which is that of the last one."""
    tape: list[Step] = []
    places: dict[tuple, int] = {}
    _record(expression, tape, places)
    return tuple(tape)


def constant_value(expression: Expression) -> float | None:
    """The value of a formula without x and y, NaN or infinite where it is none; None for any other."""
    constant = tape_of(expression)[-1].constant
    return None if constant is None else float(constant)


def whole_exponent(exponent: Any) -> int | None:
    """The exponent of a power that is a product of few factors, or one over it."""
    whole = isinstance(exponent, float) and exponent.is_integer() and abs(exponent) <= MOST_MULTIPLICATIONS
    return int(exponent) if whole else None


def combined(node: Expression, values: list, arrays: Any) -> Any:
    """The value of an operation, a call or a condition, from those of its parts."""
    match node:
        case Negative():
            return -values[0]
        case Operation(symbol="^"):
            whole = whole_exponent(values[1])
            return arrays.power(*values) if whole is None or isinstance(values[0], float) else values[0] ** whole
        case Operation():
            return OPERATIONS[node.symbol](*values)
        case Condition():
            return COMPARISONS[node.symbol](*values)
        case Call():
            value, first, *others = FUNCTIONS[node.function].value, *values
            if node.function == "where" or len(values) < 3:
                return value(arrays, *values)
            for other in others:
                first = value(arrays, first, other)
            return first
    raise TypeError(node)


OPERATIONS = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
}
COMPARISONS = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "and": lambda left, right: left & right,
    "or": lambda left, right: left | right,
}


def _record(expression: Expression, tape: list[Step], places: dict[tuple, int]) -> int:
    """Adds what is not yet on the tape; returns the place of `expression`."""
    inner = tuple(_record(part, tape, places) for part in parts(expression))
    key = (type(expression), _own(expression), inner)
    if key not in places:
        constant = _constant(expression, [tape[place].constant for place in inner])
        tape.append(Step(expression, inner, constant))
        places[key] = len(tape) - 1
    return places[key]


def _own(expression: Expression) -> Any:
    """What a node is, apart from its parts."""
    match expression:
        case Number():
            return expression.value
        case Variable() | Constant():
            return expression.name
        case Operation() | Condition():
            return expression.symbol
        case Call():
            return expression.function
    return None


def _constant(expression: Expression, values: list) -> Any:
    if isinstance(expression, Number):
        return np.float64(expression.value)
    if isinstance(expression, Constant):
        return np.float64(CONSTANTS[expression.name])
    if isinstance(expression, Variable) or any(value is None for value in values):
        return None
    with np.errstate(all="ignore"):
        return combined(expression, values, np)
