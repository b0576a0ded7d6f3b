"""What a student should know about a formula's surface before racing on it, one sentence each."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from formulas import Call, Condition, Expression, Number, Operation, constant_value, evaluate, every_node, to_latex
from surfaces.exploration import Explored, Function, Grid
from surfaces.grid import LARGEST
from surfaces.irregularities import JUMP, KINK, POLE, STEEP, irregularity, zeros

MOST_PLACES = 3
ROUNDING = 1e-14  # of the differences in the view: what may be rounding
ONE = Number(1.0)
COMPARED = ("<", "<=", ">", ">=", "==", "!=")
WHOLE = {"floor": "whole", "ceil": "whole", "mod": "whole", "round": "half-way between two whole numbers"}


def remarks(expression: Expression, grid: Grid, explored: Explored) -> tuple[str, ...]:
    """Where the lowest point was found, and what is missing on the surface: values, slopes, a way down.

    Args:
      grid: the formula on a grid, NaN where it is not finite.
      explored: what the search of the view found.
    """
    function = as_function(expression)
    return (*_found(function, grid, explored), *_missing(expression, function, grid))


def as_function(expression: Expression) -> Function:
    """The formula in NumPy, quiet about what is undefined."""

    def function(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        with np.errstate(all="ignore"):
            return np.broadcast_to(np.asarray(evaluate(expression, x, y), np.float64), np.shape(x))

    return function


def _found(function: Function, grid: Grid, explored: Explored) -> Iterator[str]:
    least = ROUNDING * float(np.ptp(_finite(grid.loss)))  # a lowest value smaller than that is 0
    lowest, minima = explored.minimum, explored.minima
    if least == 0:
        yield "It is the same everywhere in the view: there is no way down."
        return
    if lowest is None:
        yield "No lowest point was found inside the view: it falls towards the edge, or without bound."
        return
    at_a_minimum = bool(minima) and float(function(*np.array(minima[0]))) <= lowest + least
    found = f"Lowest found in the view: {lowest if abs(lowest) > least else 0.0:.4g}"
    places = "" if len(minima) != 1 else f"({_short(minima[0][0])}, {_short(minima[0][1])})"
    if len(minima) > 1:
        yield f"{found}; {len(minima)} minima are marked."
    elif at_a_minimum:
        yield f"{found} at {places}."
    else:
        yield f"{found}." + (f" A minimum that is not as low is marked at {places}." if minima else "")


def _missing(expression: Expression, function: Function, grid: Grid) -> Iterator[str]:
    values = function(grid.x, grid.y)
    undefined, too_large = np.isnan(values), np.abs(values) >= LARGEST
    scale = float(np.ptp(_finite(grid.loss)))
    peculiar: dict[str, list[str]] = {}
    for node in every_node(expression):
        for usual, part, where in _suspects(node):
            what = None if constant_value(part) is not None else irregularity(function, _zeros(part, grid), grid, scale)
            # A true pole is one of a quotient, a power or the like; what looks like one at a length is a sharp needle.
            if what and (usual == POLE or what != POLE):
                # A root or a length has no slope where it is zero, even where it bends like an absolute value.
                peculiar.setdefault(STEEP if (usual, what) == (STEEP, KINK) else what, []).append(where)
        for where in _jumps(node, grid):
            peculiar.setdefault(JUMP, []).append(where)
    if undefined.any():
        yield f"It is undefined {_share(undefined)} of the view, left blank."
    if too_large.mean() > (0.01 if POLE in peculiar else 0):
        yield f"It is infinite or beyond 10³⁰ {_share(too_large)} of the view, left blank."
    for what, places in peculiar.items():
        yield f"{what} where {_listed(list(dict.fromkeys(places)))}."


def _suspects(node: Expression) -> Iterator[tuple[str, Expression, str]]:
    """What one part of the formula may do to the surface where something in it is zero: usually what, what, and where.

    Whether it does is seen from the whole: `sin(x)/x` has no pole, and `abs(x^2)` no kink.
    """
    if isinstance(node, Operation):
        exponent = constant_value(node.right) if node.symbol == "^" else None
        if node.symbol == "/":
            yield POLE, node.right, _equation(node.right)
        elif exponent is not None and exponent < 1 and exponent != 0:
            yield POLE if exponent < 0 else STEEP, node.left, _equation(node.left)
    elif isinstance(node, Condition) and node.symbol in COMPARED:
        yield JUMP, Operation("-", node.left, node.right), _equation(node.left, node.right)
    elif isinstance(node, Call):
        yield from _suspects_of_call(node)


def _suspects_of_call(call: Call) -> Iterator[tuple[str, Expression, str]]:
    first, last = call.arguments[0], call.arguments[-1]
    match call.function:
        case "tan":
            yield POLE, Call("cos", (first,)), _equation(Call("cos", (first,)))
        case "ln" | "log10" | "log2":
            yield POLE, first, _equation(first)
        case "sqrt" | "cbrt":
            yield STEEP, first, _equation(first)
        case "acosh":
            yield STEEP, Operation("-", first, ONE), _equation(first, ONE)
        case "atanh":
            absolute = Call("abs", (first,))
            yield POLE, Operation("-", ONE, absolute), _equation(absolute, ONE)
        case "asin" | "acos":
            absolute = Call("abs", (first,))
            yield STEEP, Operation("-", ONE, absolute), _equation(absolute, ONE)
        case "hypot":
            yield STEEP, call, f"{_equation(first)} and {_equation(last)}"
        case "abs" | "relu":
            yield KINK, first, _equation(first)
        case "min" | "max":
            for one, other in combinations(call.arguments, 2):
                yield KINK, Operation("-", one, other), _equation(one, other)
        case "sign":
            yield JUMP, first, _equation(first)


def _jumps(node: Expression, grid: Grid) -> Iterator[str]:
    """Where a part of the formula jumps though nothing in it is zero."""
    if not isinstance(node, Call):
        return
    first, last = node.arguments[0], node.arguments[-1]
    if node.function == "atan2" and _cuts(first, last, grid):
        yield f"{_equation(first)} and ${to_latex(last)} < 0$"
    if node.function == "mod":
        first = Operation("/", first, last)
    if node.function in WHOLE and np.ptp(_finite(as_function(Call("floor", (first,)))(grid.x, grid.y))) > 0:
        yield f"${to_latex(first)}$ is {WHOLE[node.function]}"


def _zeros(part: Expression, grid: Grid) -> np.ndarray:
    return zeros(as_function(part), grid)


def _cuts(y: Expression, x: Expression, grid: Grid) -> bool:
    ordinate, abscissa = as_function(y)(grid.x, grid.y), as_function(x)(grid.x, grid.y)
    behind = ordinate[abscissa < 0]
    return bool(behind.size and np.nanmin(behind) < 0 <= np.nanmax(behind))


def _finite(values: np.ndarray) -> np.ndarray:
    return values[np.isfinite(values)]


def _equation(left: Expression, right: Expression | None = None) -> str:
    return f"${to_latex(left)} = {'0' if right is None else to_latex(right)}$"


def _share(where: np.ndarray) -> str:
    return f"in {where.mean():.0%}" if where.mean() >= 0.01 else "in less than 1%"


def _listed(places: list[str]) -> str:
    shown = places[:MOST_PLACES] + (["…"] if len(places) > MOST_PLACES else [])
    return ", where ".join(shown[:-1]) + (" and where " if len(shown) > 1 else "") + shown[-1]


def _short(value: float) -> str:
    return f"{round(value, 9) + 0.0:.4g}"
