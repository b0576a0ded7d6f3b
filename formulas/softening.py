"""A formula with its corners rounded off, so that what is smooth can be followed along the floor of a kinked valley."""

from dataclasses import replace
from functools import reduce

from formulas.expression import Call, Condition, Expression, Negative, Number, Operation

HALF = Number(0.5)


def softened(expression: Expression, radius: float) -> Expression:
    """The formula with the corners of abs, sqrt, hypot, relu, min and max rounded off over about `radius`.

    It is defined where the formula is, and the closer to it the smaller the radius.
    """
    match expression:
        case Negative():
            return Negative(softened(expression.operand, radius))
        case Operation() | Condition():
            left, right = softened(expression.left, radius), softened(expression.right, radius)
            return replace(expression, left=left, right=right)
        case Call():
            arguments = tuple(softened(argument, radius) for argument in expression.arguments)
            return _softened_call(replace(expression, arguments=arguments), Number(radius))
    return expression


def _softened_call(call: Call, radius: Number) -> Expression:
    first = call.arguments[0]
    match call.function:
        case "abs":
            return Call("hypot", (first, radius))
        case "hypot":
            return Call("hypot", (call, radius))
        case "relu":
            return _larger(first, Number(0.0), radius)
        case "max":
            return reduce(lambda one, other: _larger(one, other, radius), call.arguments)
        case "min":
            opposites: list[Expression] = [Negative(argument) for argument in call.arguments]
            return Negative(reduce(lambda one, other: _larger(one, other, radius), opposites))
        case "sqrt":
            undefined = Condition("<", first, Number(0.0))
            above = Operation("+", first, Operation("*", radius, radius))
            return Call("where", (undefined, call, Call("sqrt", (above,))))
    return call


def _larger(first: Expression, second: Expression, radius: Number) -> Expression:
    total, apart = Operation("+", first, second), Operation("-", first, second)
    return Operation("*", HALF, Operation("+", total, Call("hypot", (apart, radius))))
