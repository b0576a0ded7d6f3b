"""A function of a lane, done for many lanes at once, with every small array taken apart into its components.

What `jax.vmap` makes of a position of two coordinates is an array of pairs, whose vector instructions take every second
number. Here each coordinate is an array of lanes, and what is the same in all lanes stays one number: a step of Adam
then takes a third of the time.
"""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.extend.core import Jaxpr, JaxprEqn, Literal

# The value of a variable is a JAX array if it is the same in all lanes, else an array of objects of the variable's shape,
# each of which is a JAX array: one number, or one per lane.
ELEMENTWISE = {
    *("add", "add_any", "sub", "mul", "div", "rem", "max", "min", "pow", "integer_pow", "square", "neg", "abs", "sign"),
    *("floor", "ceil", "round", "exp", "exp2", "log", "log1p", "expm1", "sqrt", "rsqrt", "cbrt", "logistic", "erf"),
    *("sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh"),
    *("eq", "ne", "lt", "le", "gt", "ge", "and", "or", "not", "xor", "is_finite", "select_n", "clamp", "nextafter"),
    *("convert_element_type", "copy", "stop_gradient"),
}
REDUCTIONS = {
    "reduce_sum": jnp.add,
    "reduce_prod": jnp.multiply,
    "reduce_max": jnp.maximum,
    "reduce_min": jnp.minimum,
    "reduce_and": jnp.logical_and,
    "reduce_or": jnp.logical_or,
}
CALLS = {"jit": "jaxpr", "closed_call": "call_jaxpr", "custom_jvp_call": "call_jaxpr", "custom_vjp_call": "call_jaxpr"}
MOVED: dict[str, Callable[..., np.ndarray]] = {
    "reshape": lambda x, new_sizes, **_: x.reshape(new_sizes),
    "squeeze": lambda x, dimensions, **_: np.squeeze(x, dimensions),
    "transpose": lambda x, permutation, **_: np.transpose(x, permutation),
    "rev": lambda x, dimensions, **_: np.flip(x, dimensions),
    "slice": lambda x, start_indices, limit_indices, strides, **_: x[
        tuple(map(slice, start_indices, limit_indices, strides or [None] * x.ndim))
    ],
    "broadcast_in_dim": lambda x, shape, broadcast_dimensions, **_: np.broadcast_to(
        x.reshape(
            [x.shape[broadcast_dimensions.index(d)] if d in broadcast_dimensions else 1 for d in range(len(shape))]
        ),
        shape,
    ),
}


def by_component(function: Callable, split: Sequence[jax.Array], shared: Sequence[Any]) -> Any:
    """What `jax.vmap(function)` returns, over the leading axis of the arrays `split` and not of those `shared`."""
    of_lane = [jax.ShapeDtypeStruct(array.shape[1:], array.dtype) for array in split]
    traced, shapes = jax.make_jaxpr(function, return_shape=True)(*of_lane, *shared)
    lanes = _Lanes(split[0].shape[0])
    arguments = [*map(lanes.apart, split), *jax.tree.leaves(shared)]
    results = lanes.evaluate(traced.jaxpr, traced.consts, arguments)
    return jax.tree.unflatten(jax.tree.structure(shapes), [lanes.together(result) for result in results])


class _Lanes:
    """So many lanes, for which a traced function is done operation by operation."""

    def __init__(self, count: int) -> None:
        self.count = count

    def evaluate(self, jaxpr: Jaxpr, consts: Sequence[Any], arguments: Sequence[Any]) -> list[Any]:
        """The results of a traced function."""
        known = dict(zip((*jaxpr.constvars, *jaxpr.invars), (*consts, *arguments), strict=True))

        def value(atom: Any) -> Any:
            return jnp.asarray(atom.val, _kind(atom).dtype) if isinstance(atom, Literal) else known[atom]

        for equation in jaxpr.eqns:
            results = self.perform(equation, [value(atom) for atom in equation.invars])
            known.update(zip(equation.outvars, results, strict=True))
        return [value(atom) for atom in jaxpr.outvars]

    def perform(self, equation: JaxprEqn, operands: list[Any]) -> list[Any]:
        """The results of one operation."""
        if not any(map(_is_apart, operands)):
            return _bind(equation, *operands)
        name, parameters = equation.primitive.name, equation.params
        if name in CALLS:
            inner = parameters[CALLS[name]]
            return self.evaluate(inner.jaxpr, inner.consts, operands)
        if name == "while" and (results := self.loop(equation, operands)):
            return results
        parts = [self.parted(operand) for operand in operands]
        if name in MOVED:
            return [MOVED[name](*parts, **parameters)]
        if name == "concatenate":
            return [np.concatenate(parts, parameters["dimension"])]
        if name in REDUCTIONS:
            return [_reduced(REDUCTIONS[name], parts[0], parameters["axes"])]
        if name == "dot_general" and parameters["dimension_numbers"][1] == ((), ()):
            return [_product(parts[0], parts[1], *parameters["dimension_numbers"][0])]
        if name in ELEMENTWISE:
            return [self.each(equation, parts)]
        return self.whole(equation, operands)

    def each(self, equation: JaxprEqn, parts: list[np.ndarray]) -> np.ndarray:
        """An operation that is done for every component by itself."""
        shape = _kind(equation.outvars[0]).shape
        numbers = [np.broadcast_to(part, shape) for part in parts]  # a condition may be one for all components
        results = [self.one(equation, [number[place] for number in numbers]) for place in np.ndindex(shape)]
        return _arranged(results, shape)

    def one(self, equation: JaxprEqn, numbers: list[jax.Array]) -> jax.Array:
        """An operation on numbers, of which some differ between lanes."""
        if not any(number.ndim for number in numbers):
            return _bind(equation, *numbers)[0]
        if equation.primitive.name == "div" and not numbers[1].ndim and numbers[1].dtype == jnp.float32:
            return numbers[0] * (1 / numbers[1])  # within a rounding, and one division for all lanes
        return _bind(equation, *(jnp.broadcast_to(number, (self.count,)) for number in numbers))[0]

    def whole(self, equation: JaxprEqn, operands: list[Any]) -> list[Any]:
        """Any other operation, by vmap."""
        axes = [0 if _is_apart(operand) else None for operand in operands]
        arrays = [self.together(operand) if _is_apart(operand) else operand for operand in operands]
        return list(map(self.apart, jax.vmap(lambda *of_lane: _bind(equation, *of_lane), axes)(*arrays)))

    def loop(self, equation: JaxprEqn, operands: list[Any]) -> list[Any]:
        """A loop that all lanes leave together; nothing if each has an end of its own."""
        asked, given = equation.params["cond_nconsts"], equation.params["body_nconsts"]
        condition, body = equation.params["cond_jaxpr"], equation.params["body_jaxpr"]
        carry = operands[asked + given :]
        shapes = [_kind(variable).shape for variable in equation.outvars]

        def goes_on(packed: Any) -> Any:
            values = [*operands[:asked], *map(_unpacked, packed, shapes)]
            return self.evaluate(condition.jaxpr, condition.consts, values)[0]

        def go(packed: Any) -> list[Any]:
            values = [*operands[asked : asked + given], *map(_unpacked, packed, shapes)]
            return self.evaluate(body.jaxpr, body.consts, values)

        apart = [_is_apart(value) for value in carry]
        while True:  # until what is apart after a step is so before it, too
            start = [self.packed(value) if is_apart else value for value, is_apart in zip(carry, apart, strict=True)]
            after, ends_apart = _told_apart(lambda packed: [*go(packed), goes_on(packed)], start)
            if ends_apart:
                return []
            if after == [before and now for before, now in zip(apart, after, strict=True)]:
                break
            apart = [before or now for before, now in zip(apart, after, strict=True)]

        def step(packed: Any) -> list[Any]:
            return [
                self.packed(value) if is_apart else value for value, is_apart in zip(go(packed), apart, strict=True)
            ]

        return list(map(_unpacked, jax.lax.while_loop(goes_on, step, start), shapes))

    def apart(self, array: jax.Array) -> np.ndarray:
        """An array over lanes, taken apart."""
        shape = array.shape[1:]
        return _arranged([array[(slice(None), *place)] for place in np.ndindex(shape)], shape)

    def parted(self, value: Any) -> np.ndarray:
        """A value by components, whether it is the same in all lanes or not."""
        if _is_apart(value):
            return value
        return _arranged([value[place] for place in np.ndindex(np.shape(value))], np.shape(value))

    def packed(self, value: Any) -> tuple[jax.Array, ...]:
        """The components of a value in a row, one number per lane each."""
        return tuple(jnp.broadcast_to(part, (self.count,)) for part in self.parted(value).ravel())

    def together(self, value: Any) -> jax.Array:
        """A value as an array over lanes."""
        if not _is_apart(value):
            return jnp.broadcast_to(value, (self.count, *np.shape(value)))
        return jnp.stack(self.packed(value), axis=1).reshape(self.count, *value.shape)


def _kind(variable: Any) -> Any:
    """Shape and type of a variable."""
    return variable.aval


def _is_apart(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype == object


def _unpacked(value: Any, shape: tuple[int, ...]) -> Any:
    """The inverse of `packed`; what was the same in all lanes still is."""
    return _arranged(value, shape) if isinstance(value, tuple) else value


def _told_apart(function: Callable[[list[Any]], list[Any]], start: list[Any]) -> tuple[list[bool], bool]:
    """Which of the results of `function`, and whether the last one, differ between lanes; nothing is computed."""
    told: list[bool] = []

    def note(packed: list[Any]) -> None:
        told.extend(map(_is_apart, function(packed)))

    jax.eval_shape(note, start)
    return told[:-1], told[-1]


def _reduced(operation: Callable, parts: np.ndarray, axes: Sequence[int]) -> np.ndarray:
    """Components combined along axes."""
    rest = [axis for axis in range(parts.ndim) if axis not in axes]
    rows = np.transpose(parts, [*rest, *axes]).reshape(*(parts.shape[axis] for axis in rest), -1)
    return _arranged([reduce(operation, rows[place]) for place in np.ndindex(rows.shape[:-1])], rows.shape[:-1])


def _product(left: np.ndarray, right: np.ndarray, of_left: Sequence[int], of_right: Sequence[int]) -> np.ndarray:
    """The sums of products over axes of both."""
    product = np.tensordot(left, right, (of_left, of_right))
    return product if _is_apart(product) else _arranged([product], ())


def _arranged(parts: Sequence[Any], shape: tuple[int, ...]) -> np.ndarray:
    """Components in a row as an array of that shape."""
    row = np.empty(len(parts), object)
    for place, part in enumerate(parts):  # NumPy would look into each of them otherwise
        row[place] = part
    return row.reshape(shape)


def _bind(equation: JaxprEqn, *operands: Any) -> list[Any]:
    """The results of an operation on whole arrays."""
    results = equation.primitive.bind(*operands, **equation.primitive.get_bind_params(equation.params))
    return list(results) if equation.primitive.multiple_results else [results]
