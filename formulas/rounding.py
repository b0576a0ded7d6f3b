"""Functions with their corners rounded off, so that the floor of a kinked valley can be followed as a smooth one is."""

from functools import lru_cache

from formulas.expression import Call, Condition, Expression, Number, Operation, Variable

X, Y, ZERO, HALF = Variable("x"), Variable("y"), Number(0.0), Number(0.5)
ROUNDED = ("abs", "relu", "min", "max", "hypot", "sqrt")


@lru_cache(maxsize=256)
def rounded_off(function: str, radius: float) -> Expression:
    """One of ROUNDED, of x, or of x and y, with its corner rounded off over about `radius`; defined where it is itself."""
    around = Number(radius)
    match function:
        case "abs":
            return Call("hypot", (X, around))
        case "hypot":
            return Call("hypot", (Call("hypot", (X, Y)), around))
        case "relu":
            return _mean(Operation("+", X, Call("hypot", (X, around))))
        case "max":
            return _mean(Operation("+", Operation("+", X, Y), Call("hypot", (Operation("-", X, Y), around))))
        case "min":
            return _mean(Operation("-", Operation("+", X, Y), Call("hypot", (Operation("-", X, Y), around))))
    above = Call("sqrt", (Operation("+", X, Number(radius**2)),))
    return Call("where", (Condition("<", X, ZERO), Call("sqrt", (X,)), above))


def _mean(total: Expression) -> Expression:
    return Operation("*", HALF, total)
