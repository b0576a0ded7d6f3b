"""What a function makes of what is given to it, and what is a number and what a condition."""

from collections.abc import Sequence

from catalogue import DECIMAL_POINT
from formulas.expression import Call, Condition, Expression, Negative, Number, Operation
from formulas.functions import CONSTANTS, FUNCTIONS
from formulas.refusals import FormulaError
from formulas.tape import constant_value
from formulas.writing import to_text

# Functions that are written out in others, and how many arguments they take.
OF_ONE_NUMBER = ("square", "exp2", "reciprocal", "sec", "csc", "cot", "log1p", "expm1", "sigmoid")
ABBREVIATIONS = dict.fromkeys(OF_ONE_NUMBER, (1, 1)) | {
    "log": (1, 2),
    "pow": (2, 2),
}
RECIPROCALS = {"sec": "cos", "csc": "sin", "cot": "tan"}
LOGARITHMS: dict[float | None, str] = {CONSTANTS["e"]: "ln", 10.0: "log10", 2.0: "log2"}


def limits(function: str) -> tuple[int, int]:
    """The fewest and the most arguments that it takes."""
    return ABBREVIATIONS.get(function) or (FUNCTIONS[function].fewest, FUNCTIONS[function].most)


def call_of(function: str, arguments: Sequence[Expression], at: int) -> Expression:
    """The call of a function that is written at a place, or what it is short for.

    Raises:
      FormulaError: it takes more or fewer arguments, or a condition.
    """
    fewest, most = limits(function)
    if not fewest <= len(arguments) <= most:
        count = f"{fewest}" if fewest == most else f"{fewest} to {most}"
        hint = f"; {DECIMAL_POINT}" if len(arguments) > most else ""
        reason = f"{len(arguments)} given to {function}; allowed: {count}, separated by commas{hint}"
        raise FormulaError(reason, at + 1)
    if function == "where":
        return Call("where", (as_condition(arguments[0]), *map(as_number, arguments[1:])), at)
    numbers = tuple(map(as_number, arguments))
    return _written_out(function, *numbers, at=at) if function in ABBREVIATIONS else Call(function, numbers, at)


def operation(symbol: str, left: Expression, right: Expression) -> Operation:
    """An operation on numbers."""
    return Operation(symbol, as_number(left), as_number(right), left.at)


def as_number(expression: Expression) -> Expression:
    """A comparison among numbers is 1 where it holds and 0 elsewhere, as in NumPy."""
    if isinstance(expression, Condition):
        return Call("where", (expression, Number(1.0, expression.at), Number(0.0, expression.at)), expression.at)
    return expression


def as_condition(expression: Expression) -> Condition:
    """The same, if it is a condition."""
    if isinstance(expression, Condition):
        return expression
    text = to_text(expression)
    raise FormulaError(f"{text} is no condition; allowed: a comparison, such as {text} < 0", expression.at + 1)


def _written_out(function: str, first: Expression, second: Expression | None = None, *, at: int) -> Expression:
    one = Number(1.0, at)
    match function:
        case "log":
            return _logarithm(first, second, at)
        case "pow" | "square":
            return Operation("^", first, second or Number(2.0, at), at)
        case "log1p":
            return Call("ln", (Operation("+", one, first, at),), at)
        case "expm1":
            return Operation("-", Call("exp", (first,), at), one, at)
        case "sigmoid":
            decay = Call("exp", (Negative(first, at),), at)
            return Operation("/", one, Operation("+", one, decay, at), at)
        case "exp2":
            return Operation("^", Number(2.0, at), first, at)
        case "reciprocal":
            return Operation("/", one, first, at)
    return Operation("/", one, Call(RECIPROCALS[function], (first,), at), at)


def _logarithm(number: Expression, base: Expression | None, at: int) -> Expression:
    """To e without a base; to any other by its name, or as a quotient."""
    if base is None:
        return Call("ln", (number,), at)
    name = LOGARITHMS.get(constant_value(base))
    if name:
        return Call(name, (number,), at)
    return Operation("/", Call("ln", (number,), at), Call("ln", (base,), base.at), at)
