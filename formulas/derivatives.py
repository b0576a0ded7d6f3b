"""The value, slopes and curvatures of a formula at a point: in NumPy on grids, in JAX where it is compiled.

They are handed on from part to part by the chain rule, all in one pass, so that what is computed grows with the length
of a formula and not with how deep things lie in it. Every part has finite slopes wherever it has a value: 0 where there
is none, as for abs(x) at 0 (the subgradient of PyTorch), or an infinite one, as for sqrt(u) at 0. So a run that comes to
such a point stays there, and sqrt(x^2 + y^2)^2 has at (0, 0) the slope 0 that it should have.
"""

from collections.abc import Callable, Sequence
from functools import reduce
from operator import add, mul
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from formulas.expression import Call, Condition, Expression, Negative, Operation, Variable, every_node
from formulas.functions import FUNCTIONS, inverse
from formulas.rounding import ROUNDED, rounded_off
from formulas.tape import Step, combined, constant_value, tape_of, whole_exponent

PAIRS = ((0, 0), (0, 1), (1, 1))  # the curvatures xx, xy and yy
BESIDE = (7e-10, 3e-10)  # how far beside a corner, in units of its larger coordinate or of 1, its curvature is taken


class Jet(NamedTuple):
    """A value, its slopes by x and y, and its curvatures xx, xy and yy; None for one that is zero everywhere."""

    value: Any
    slopes: tuple[Any, ...] = (None, None)
    curvatures: tuple[Any, ...] = (None, None, None)


def evaluate(expression: Expression, x: Any, y: Any, arrays: Any = np) -> Any:
    """The value at x and y, arrays of one shape; NaN or infinite where it is undefined.

    Args:
      arrays: numpy, or jax.numpy to compile it.
    """
    return _jet(tape_of(expression), _coordinates(x, y, arrays), arrays, order=0).value


def slopes(expression: Expression, x: Any, y: Any, arrays: Any = np) -> Any:
    """The slopes by x and y, stacked along a new last axis."""
    return _stacked(_jet(tape_of(expression), _coordinates(x, y, arrays), arrays, order=1).slopes, x, arrays)


def curvatures(expression: Expression, x: Any, y: Any, arrays: Any = np) -> Any:
    """The curvatures xx, xy and yy, stacked along a new last axis; 0 for one that is not finite.

    In a formula with corners they are those a hair's breadth beside the point: so those of cos(sqrt(x^2 + y^2)) at
    (0, 0) are those of a summit.
    """
    if has_corners(expression):
        unit = arrays.maximum(1.0, arrays.maximum(arrays.abs(x), arrays.abs(y)))
        x, y = x + BESIDE[0] * unit, y + BESIDE[1] * unit
    found = _stacked(_jet(tape_of(expression), _coordinates(x, y, arrays), arrays, order=2).curvatures, x, arrays)
    return arrays.where(arrays.isfinite(found), found, 0.0)


def softened(
    expression: Expression, x: np.ndarray, y: np.ndarray, radius: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Value, slopes and curvatures of the formula with its corners rounded off over about `radius`, in NumPy."""
    found = _jet(tape_of(expression), _coordinates(x, y, np), np, order=2, radius=radius)
    value = np.broadcast_to(np.asarray(found.value, np.float64), np.shape(x))
    return value, _stacked(found.slopes, x, np), _stacked(found.curvatures, x, np)


def operations(expression: Expression) -> int:
    """How many operations its curvatures take: what its compilation takes, known before it."""
    return len(jax.make_jaxpr(lambda at: curvatures(expression, at[0], at[1], jnp))(np.zeros(2)).eqns)


def has_corners(expression: Expression) -> bool:
    """Whether the value or a slope may jump somewhere, or have no end, where there is a value."""
    return any(
        FUNCTIONS[node.function].corners if isinstance(node, Call) else _is_root(node)
        for node in every_node(expression)
    )


def differentiable(expression: Expression) -> Callable[[jax.Array], jax.Array]:
    """The formula as a loss in JAX of a position of shape (2,), which can be differentiated twice."""

    @jax.custom_jvp
    def loss(position):
        value = evaluate(expression, *position, arrays=jnp)
        return jnp.asarray(value, position.dtype)

    @jax.custom_jvp
    def gradient(position):
        return slopes(expression, *position, arrays=jnp)

    def hessian(position):
        xx, xy, yy = curvatures(expression, *position, arrays=jnp)
        return jnp.array([[xx, xy], [xy, yy]])

    loss.defjvp(lambda at, along: (loss(*at), jnp.dot(gradient(*at), *along)))
    gradient.defjvp(lambda at, along: (gradient(*at), jnp.dot(hessian(*at), *along)))
    return loss


def _coordinates(x: Any, y: Any, arrays: Any) -> dict[str, Jet]:
    return {"x": Jet(arrays.asarray(x), (1.0, None)), "y": Jet(arrays.asarray(y), (None, 1.0))}


def _sum(terms: Any) -> Any:
    present = [term for term in terms if term is not None]
    return reduce(add, present) if present else None


def _product(*factors: Any) -> Any:
    return None if any(factor is None for factor in factors) else reduce(mul, factors)


def _vanishing(arrays: Any) -> Callable[..., Any]:
    """The product, but 0 where its first factor is, even if others have overflowed: a sigmoid is level far out."""

    def product(first: Any, *others: Any) -> Any:
        whole = _product(first, *others)
        return None if whole is None else arrays.where(first == 0, 0.0, whole)

    return product


def _outlasts_overflow(node: Expression) -> bool:
    """Whether it may be a number where a part of it has overflowed to infinity, as 1/(1 + exp(-x)) is far to the left."""
    quotient = isinstance(node, Operation) and node.symbol in "/^"
    return (quotient or isinstance(node, Call)) and any(map(_may_overflow, every_node(node)[:-1]))


def _may_overflow(node: Expression) -> bool:
    """Whether it may do so in a picture."""
    if isinstance(node, Call):
        return node.function in ("exp", "sinh", "cosh")
    return isinstance(node, Operation) and node.symbol == "^" and constant_value(node.right) is None


def _jet(tape: tuple[Step, ...], coordinates: dict[str, Jet], arrays: Any, order: int, radius: float = 0.0) -> Jet:
    """Value and derivatives up to `order`, those of every part of the formula in turn."""
    jets: list[Jet] = []
    for step in tape:
        if step.constant is not None:
            jets.append(Jet(step.constant))
        elif isinstance(step.node, Variable):
            jets.append(coordinates[step.node.name])
        else:
            jets.append(_of_part(step.node, [jets[place] for place in step.parts], arrays, order, radius))
    return jets[-1]


def _of_part(node: Expression, parts: list[Jet], arrays: Any, order: int, radius: float) -> Jet:
    if isinstance(node, Call) and radius and node.function in ROUNDED:
        tape, others = tape_of(rounded_off(node.function, radius)), parts[1:] or [parts[0]]
        return reduce(lambda x, y: _jet(tape, {"x": x, "y": y}, arrays, order), others, parts[0])
    value = combined(node, [part.value for part in parts], arrays)
    if order == 0 or isinstance(node, Condition):
        return Jet(value)
    if isinstance(node, Call) and node.function == "where":
        condition, first, second = parts
        return _chosen(value, condition.value, first, second, arrays)
    if isinstance(node, Call) and node.function in ("min", "max"):
        return reduce(lambda first, second: _extreme(node.function, first, second, arrays), parts)
    derivatives = _slopes_of(node, value, [part.value for part in parts], arrays)
    return _chained(value, parts, derivatives, order, _vanishing(arrays) if _outlasts_overflow(node) else _product)


def _slopes_of(node: Expression, value: Any, values: list, arrays: Any) -> Sequence[Any]:
    """The derivatives of one part by its own parts, in the order of `Function.slopes`."""
    match node:
        case Negative():
            return -1.0, None
        case Call():
            return FUNCTIONS[node.function].slopes(arrays, value, *values)
        case Operation(symbol="^"):
            return _power_slopes(value, values[0], values[1], arrays)
        case Operation(symbol="*"):
            return values[1], values[0], None, 1.0, None
        case Operation(symbol="/"):
            over = 1 / values[1]
            return over, -value * over, None, -over * over, 2 * value * over * over
        case Operation(symbol="-"):
            return 1.0, -1.0, None, None, None
    return 1.0, 1.0, None, None, None


def _power_slopes(value: Any, base: Any, exponent: Any, arrays: Any) -> Sequence[Any]:
    whole = whole_exponent(exponent)
    if whole is not None:
        first = whole * base ** (whole - 1) if whole else None
        second = whole * (whole - 1) * base ** (whole - 2) if whole not in (0, 1) else None
        return first, None, second, None, None
    zero, positive = base == 0, base > 0
    root = arrays.where(zero, 0.0, arrays.power(arrays.where(zero, 1.0, base), exponent - 1))  # infinite there, or 0
    logarithm = arrays.log(arrays.where(positive, base, 1.0))  # 0 where it is none
    by_base, by_exponent = exponent * root, value * logarithm
    return (
        by_base,
        by_exponent,
        (exponent - 1) * by_base * inverse(arrays, base),
        root * (1 + exponent * logarithm),
        by_exponent * logarithm,
    )


def _chained(
    value: Any, parts: list[Jet], derivatives: Sequence[Any], order: int, product: Callable[..., Any] = _product
) -> Jet:
    """The chain rule, with `product` for the product of a derivative and the slopes of parts."""
    count = len(parts)
    first, second = derivatives[:count], derivatives[count:]
    inner = [part.slopes for part in parts]
    outer = tuple(_sum(product(first[k], inner[k][i]) for k in range(count)) for i in (0, 1))
    if order == 1:
        return Jet(value, outer)
    curved = []
    for place, (i, j) in enumerate(PAIRS):
        terms = [product(first[k], part.curvatures[place]) for k, part in enumerate(parts)]
        terms += [product(second[2 * k], inner[k][i], inner[k][j]) for k in range(count)]
        if count == 2:
            both = _sum([_product(inner[0][i], inner[1][j]), _product(inner[0][j], inner[1][i])])
            terms.append(product(second[1], both))
        curved.append(_sum(terms))
    return Jet(value, outer, tuple(curved))


def _extreme(function: str, first: Jet, second: Jet, arrays: Any) -> Jet:
    """The smaller or the larger of two; between equal ones the mean of their slopes."""
    value = FUNCTIONS[function].value(arrays, first.value, second.value)
    is_first = first.value < second.value if function == "min" else first.value > second.value
    halves = _chained(value, [first, second], (0.5, 0.5, None, None, None), order=2)
    either = _chosen(value, first.value == second.value, halves, second, arrays)
    return _chosen(value, is_first, first, either, arrays)


def _chosen(value: Any, condition: Any, first: Jet, second: Jet, arrays: Any) -> Jet:
    def choose(one: Any, other: Any) -> Any:
        if one is None and other is None:
            return None
        return arrays.where(condition, 0.0 if one is None else one, 0.0 if other is None else other)

    return Jet(
        value,
        tuple(map(choose, first.slopes, second.slopes)),
        tuple(map(choose, first.curvatures, second.curvatures)),
    )


def _is_root(node: Expression) -> bool:
    """Whether it is a power that may have no end to its slopes at zero."""
    if not isinstance(node, Operation) or node.symbol != "^":
        return False
    exponent = tape_of(node.right)[-1].constant
    if constant_value(node.left) is not None or whole_exponent(exponent) is not None:
        return False
    return exponent is None or exponent < 2


def _stacked(components: Sequence[Any], like: Any, arrays: Any) -> Any:
    zero = arrays.zeros_like(like)
    return arrays.stack([zero if part is None else zero + part for part in components], axis=-1)
