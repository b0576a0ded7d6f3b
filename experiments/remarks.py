"""What a student should know about a formula's surface before racing on it, one sentence each."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from experiments.exploration import Explored, Function, Grid, compass_search
from experiments.surface import LARGEST
from formulas import Call, Expression, Number, Operation, evaluate, to_latex
from formulas.evaluation import constant_value
from formulas.expression import every_node

MOST_PLACES = 3
POLE, STEEP = "It has a pole", "It has no slope"
KINK, JUMP = "It has a kink", "It jumps"
ONE = Number(1.0)


def remarks(expression: Expression, grid: Grid, explored: Explored) -> tuple[str, ...]:
    """Where the lowest point was found, and what is missing on the surface: values, slopes, a way down.

    Args:
      grid: the formula on a grid, NaN where it is not finite.
      explored: what the search of the view found.
    """
    return (*_found(grid, explored), *_missing(expression, grid))


def as_function(expression: Expression) -> Function:
    """The formula in NumPy, quiet about what is undefined."""

    def function(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        with np.errstate(all="ignore"):
            return np.broadcast_to(np.asarray(evaluate(expression, x, y), np.float64), np.shape(x))

    return function


def _found(grid: Grid, explored: Explored) -> Iterator[str]:
    scale = float(np.ptp(_finite(grid.loss)))
    lowest = (
        "" if explored.minimum is None else f"{explored.minimum if abs(explored.minimum) > 1e-9 * scale else 0.0:.4g}"
    )
    if scale == 0:
        yield "It is the same everywhere in the view: there is no way down."
    elif explored.minimum is None:
        yield "No lowest point was found inside the view: it falls towards the edge, or without bound."
    elif not explored.minima:
        yield f"Lowest found in the view: {lowest}."
    elif len(explored.minima) == 1:
        x, y = explored.minima[0]
        yield f"Lowest found in the view: {lowest} at ({_short(x)}, {_short(y)})."
    else:
        yield f"Lowest found in the view: {lowest}; {len(explored.minima)} minima are marked."


def _missing(expression: Expression, grid: Grid) -> Iterator[str]:
    values = as_function(expression)(grid.x, grid.y)
    undefined, too_large = np.isnan(values), np.abs(values) >= LARGEST
    peculiar: dict[str, list[str]] = {}
    for node in every_node(expression):
        for what, where in _of_node(node, grid):
            peculiar.setdefault(what, []).append(where)
    if undefined.any():
        yield f"It is undefined {_share(undefined)} of the view, left blank."
    if too_large.mean() > (0.01 if POLE in peculiar else 0):
        yield f"It is infinite or beyond 10³⁰ {_share(too_large)} of the view, left blank."
    for what, places in peculiar.items():
        yield f"{what} where {_listed(list(dict.fromkeys(places)))}."


def _of_node(node: Expression, grid: Grid) -> Iterator[tuple[str, str]]:
    """What one part of the formula does to the surface somewhere in the view, and where."""
    if isinstance(node, Operation):
        exponent = constant_value(node.right) if node.symbol == "^" else None
        if node.symbol == "/" and _reaches_zero(node.right, grid):
            yield POLE, _equation(node.right)
        elif exponent is not None and exponent < 1 and exponent != 0 and _reaches_zero(node.left, grid):
            yield POLE if exponent < 0 else STEEP, _equation(node.left)
    elif isinstance(node, Call):
        yield from _of_call(node, grid)


def _of_call(call: Call, grid: Grid) -> Iterator[tuple[str, str]]:
    first, last = call.arguments[0], call.arguments[-1]
    match call.function:
        case "tan" if _reaches_zero(Call("cos", (first,)), grid):
            yield POLE, _equation(Call("cos", (first,)))
        case "ln" | "log10" if _reaches_zero(first, grid):
            yield POLE, _equation(first)
        case "sqrt" if _reaches_zero(first, grid):
            yield STEEP, _equation(first)
        case "asin" | "acos" if _reaches_zero(Operation("-", ONE, Call("abs", (first,))), grid):
            yield STEEP, _equation(Call("abs", (first,)), ONE)
        case "hypot" if _reaches_zero(call, grid):
            yield STEEP, f"{_equation(first)} and {_equation(last)}"
        case "abs" if _reaches_zero(first, grid):
            yield KINK, _equation(first)
        case "min" | "max":
            for one, other in combinations(call.arguments, 2):
                if _reaches_zero(Operation("-", one, other), grid):
                    yield KINK, _equation(one, other)
        case "sign" if _reaches_zero(first, grid):
            yield JUMP, _equation(first)
        case "floor" if np.ptp(_finite(as_function(call)(grid.x, grid.y))) > 0:
            yield JUMP, f"${to_latex(first)}$ is whole"
        case "atan2" if _cuts(first, last, grid):
            yield JUMP, f"{_equation(first)} and ${to_latex(last)} < 0$"


def _reaches_zero(expression: Expression, grid: Grid) -> bool:
    """Whether a part of the formula is zero somewhere in the view: it changes sign, or comes down to it."""
    if constant_value(expression) is not None:
        return False
    function = as_function(expression)
    values = function(grid.x, grid.y)
    finite = _finite(values)
    if not finite.size:
        return False
    if finite.min() <= 0 <= finite.max():
        return True
    index = np.unravel_index(np.nanargmin(np.abs(values)), values.shape)
    closest = np.array([[grid.x[index], grid.y[index]]])
    ends = compass_search(lambda x, y: np.abs(function(x, y)), closest, grid.spacing)
    return bool(np.abs(function(*ends.T))[0] < 1e-12 * np.abs(finite).max())


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
