"""What a formula is worth at a point: in NumPy on grids, in JAX where it is differentiated and compiled."""

from functools import reduce
from types import ModuleType
from typing import Any

import numpy as np

from formulas.expression import (
    CONSTANTS,
    FUNCTIONS,
    Call,
    Constant,
    Expression,
    Negative,
    Number,
    Operation,
    Variable,
    parts,
)

MOST_MULTIPLICATIONS = 64  # exponents up to this become products, whose derivatives exist at negative bases and at 0


def evaluate(expression: Expression, x: Any, y: Any, arrays: ModuleType = np) -> Any:
    """The value at x and y, arrays of one shape; NaN or infinite where it is undefined.

    Args:
      arrays: numpy, or jax.numpy to compile and differentiate it.
    """
    constant = constant_value(expression)
    if constant is not None:
        return constant
    if isinstance(expression, Variable):
        return x if expression.name == "x" else y
    values = [evaluate(part, x, y, arrays) for part in parts(expression)]
    if isinstance(expression, Negative):
        return -values[0]
    if isinstance(expression, Call):
        return _called(getattr(arrays, FUNCTIONS[expression.function].array_name), values)
    assert isinstance(expression, Operation)
    return _combined(expression.symbol, values[0], values[1], arrays)


def constant_value(expression: Expression) -> float | None:
    """The value of a formula without x and y, NaN or infinite where it is none; None for any other."""
    if isinstance(expression, Number):
        return expression.value
    if isinstance(expression, Constant):
        return CONSTANTS[expression.name]
    if isinstance(expression, Variable):
        return None
    values = [constant_value(part) for part in parts(expression)]
    if None in values:
        return None
    numbers = [np.float64(value) for value in values if value is not None]
    with np.errstate(all="ignore"):
        if isinstance(expression, Negative):
            return float(-numbers[0])
        if isinstance(expression, Call):
            return float(_called(getattr(np, FUNCTIONS[expression.function].array_name), numbers))
        assert isinstance(expression, Operation)
        return float(_combined(expression.symbol, numbers[0], numbers[1], np))


def _called(function: Any, values: list) -> Any:
    return function(values[0]) if len(values) == 1 else reduce(function, values)


def _combined(symbol: str, left: Any, right: Any, arrays: ModuleType) -> Any:
    if symbol == "+":
        return left + right
    if symbol == "-":
        return left - right
    if symbol == "*":
        return left * right
    if symbol == "/":
        return left / right
    whole = isinstance(right, float) and right == int_or_nan(right) and abs(right) <= MOST_MULTIPLICATIONS
    return left ** int(right) if whole and not isinstance(left, float) else arrays.power(left, right)


def int_or_nan(value: float) -> float:
    """The whole number that `value` is, NaN if it is none."""
    return value if value.is_integer() else float("nan")
