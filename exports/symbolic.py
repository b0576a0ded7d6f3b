"""A function of a few numbers, traced by JAX and written out again as formulas in Python, for any library.

The trace is followed with symbols in the place of numbers: arrays are taken apart into their elements, so that sums and
products of vectors become sums and products of numbers. A symbol is what was done to which other symbols; the same done
to the same is the same symbol.
"""

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.extend.core import Jaxpr, Literal

Symbol = int  # the place of an operation among all of them
Operation = tuple[str, tuple[Any, ...]]  # a name, and symbols or, for "number" and "input", what it is

BINARY: Mapping[str, type[ast.operator]] = {
    "add": ast.Add, "add_any": ast.Add, "sub": ast.Sub, "mul": ast.Mult, "div": ast.Div, "pow": ast.Pow,
}  # fmt: skip
COMPARED: Mapping[str, type[ast.cmpop]] = {
    "lt": ast.Lt, "le": ast.LtE, "gt": ast.Gt, "ge": ast.GtE, "eq": ast.Eq, "ne": ast.NotEq,
}  # fmt: skip
LOGICAL: Mapping[str, type[ast.operator]] = {"and": ast.BitAnd, "or": ast.BitOr, "xor": ast.BitXor}
# Functions of numbers, by JAX's names and as NumPy and everyone after it calls them.
FUNCTIONS: Mapping[str, str] = {
    **{name: name for name in ("exp", "log", "log1p", "expm1", "sqrt", "sin", "cos", "tan", "tanh", "sinh", "cosh")},
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "atan2": "arctan2",
    "abs": "abs",
    "sign": "sign",
    "asinh": "arcsinh",
    "acosh": "arccosh",
    "atanh": "arctanh",
    "floor": "floor",
    "ceil": "ceil",
    "max": "maximum",
    "min": "minimum",
    "is_finite": "isfinite",
    "round": "round",
    "rem": "fmod",
}
GIVEN = {"number", "truth", "input"}
SAME = {"copy", "stop_gradient", "optimization_barrier", "reduce_precision"}
NESTED = {"jit", "pjit", "closed_call", "custom_jvp_call", "custom_vjp_call", "remat", "checkpoint"}


@dataclass
class Formulas:
    """Assignments for what is used more than once, and after them the expressions of the results."""

    assignments: list[ast.stmt]
    results: list[ast.expr]


def formulas(
    function: Callable[..., Any], names: Sequence[str], call: Callable[[str], str], array: str = ""
) -> Formulas:
    """`function` of as many numbers as there are `names`, written out.

    Args:
      function: in JAX; it returns one number, or an array of them.
      names: of its arguments, valid Python expressions.
      call: what the library calls a function of NumPy's name.
      array: what makes an array of a number, where the library's functions of two arrays take nothing else.

    Raises:
      ValueError: it does what can't be written as a formula, such as looping until something holds.
    """
    traced = jax.make_jaxpr(function)(*[0.5] * len(names))
    trace = _Trace()
    given = [np.array(trace.symbol("input", name), object) for name in names]
    (result,) = trace.follow(traced.jaxpr, traced.consts, given)
    return _Writer(trace.operations, call, array).write([int(symbol) for symbol in np.ravel(result)])


@dataclass
class _Trace:
    """The operations so far, each once."""

    operations: list[Operation] = field(default_factory=list)
    known: dict[Operation, Symbol] = field(default_factory=dict)

    def symbol(self, name: str, *parts: Any) -> Symbol:
        """The symbol of an operation."""
        operation = (name, parts)
        if operation not in self.known:
            self.known[operation] = len(self.operations)
            self.operations.append(operation)
        return self.known[operation]

    def numbers(self, values: Any) -> np.ndarray:
        """The symbols of known numbers, in the same shape."""
        array = np.asarray(values)
        kind = "truth" if array.dtype == bool else "number"  # True and 1 are equal
        symbols = [self.symbol(kind, value) for value in array.ravel().tolist()]
        return np.array(symbols, object).reshape(array.shape)

    def follow(self, jaxpr: Jaxpr, constants: Sequence[Any], given: Sequence[np.ndarray]) -> list[np.ndarray]:
        """The symbols of a trace's results."""
        known = dict(zip(jaxpr.invars, given, strict=True))
        known |= {name: self.numbers(value) for name, value in zip(jaxpr.constvars, constants, strict=True)}

        def symbols(atom: Any) -> np.ndarray:
            return self.numbers(atom.val) if isinstance(atom, Literal) else known[atom]

        for equation in jaxpr.eqns:
            operands = [symbols(atom) for atom in equation.invars]
            known.update(zip(equation.outvars, self.perform(equation, operands), strict=True))
        return [symbols(atom) for atom in jaxpr.outvars]

    def perform(self, equation: Any, operands: list[np.ndarray]) -> list[np.ndarray]:
        """The results of one operation of a trace."""
        name, parameters = equation.primitive.name, equation.params
        if name in NESTED:
            inner = parameters.get("call_jaxpr") or parameters.get("jaxpr") or parameters["fun_jaxpr"]
            return self.follow(inner.jaxpr, inner.consts, operands)
        if name in SAME:
            return operands
        if name == "convert_element_type":
            return [self._converted(operands[0], equation.invars[0].aval.dtype, parameters["new_dtype"])]
        if name in ELEMENTWISE:
            return [self._elementwise(name, operands, parameters)]
        if name in REARRANGED:
            return [np.asarray(REARRANGED[name](operands, parameters), object)]
        if name in REDUCED:
            return [self._reduced(REDUCED[name], operands[0], parameters["axes"])]
        if name == "dot_general":
            return [self._dot(operands[0], operands[1], parameters["dimension_numbers"])]
        raise ValueError(f"{name} is no operation that can be written as a formula")

    def _converted(self, symbols: np.ndarray, before: Any, after: Any) -> np.ndarray:
        if before != np.dtype(bool) or after == np.dtype(bool):
            return symbols
        one, zero = self.symbol("number", 1.0), self.symbol("number", 0.0)
        return _each(lambda symbol: self.symbol("where", symbol, one, zero), symbols)

    def _elementwise(self, name: str, operands: list[np.ndarray], parameters: Mapping[str, Any]) -> np.ndarray:
        operation = ELEMENTWISE[name]
        arguments = np.broadcast_arrays(*operands)
        return _each(lambda *symbols: operation(self, symbols, parameters), *arguments)

    def _reduced(self, name: str, symbols: np.ndarray, axes: Sequence[int]) -> np.ndarray:
        kept = [axis for axis in range(symbols.ndim) if axis not in axes]
        rows = symbols.transpose([*kept, *axes]).reshape([*(symbols.shape[axis] for axis in kept), -1])
        total = [
            reduce(lambda one, other: self.symbol(name, one, other), row) for row in rows.reshape(-1, rows.shape[-1])
        ]
        return np.array(total, object).reshape(rows.shape[:-1])

    def _dot(self, left: np.ndarray, right: np.ndarray, dimensions: Any) -> np.ndarray:
        _, batch = dimensions
        if left.ndim != 1 or right.ndim != 1 or batch != ((), ()):
            raise ValueError("a product of matrices is not written as a formula")
        products = _each(lambda one, other: self.symbol("mul", one, other), left, right)
        return self._reduced("add", products, (0,))


def _each(function: Callable[..., Symbol], *arrays: np.ndarray) -> np.ndarray:
    """The function of every element, in an array of the same shape."""
    shape = np.shape(arrays[0])
    rows = zip(*(np.ravel(array) for array in arrays), strict=True)
    return np.array([function(*row) for row in rows], object).reshape(shape)


def _plain(name: str) -> Callable[[_Trace, tuple[Symbol, ...], Mapping[str, Any]], Symbol]:
    return lambda trace, symbols, _: trace.symbol(name, *symbols)


def _whole_power(trace: _Trace, symbols: tuple[Symbol, ...], parameters: Mapping[str, Any]) -> Symbol:
    return trace.symbol("pow", symbols[0], trace.symbol("number", int(parameters["y"])))


def _chosen(trace: _Trace, symbols: tuple[Symbol, ...], _: Mapping[str, Any]) -> Symbol:
    which, otherwise, chosen = symbols
    return trace.symbol("where", which, chosen, otherwise)


def _clamped(trace: _Trace, symbols: tuple[Symbol, ...], _: Mapping[str, Any]) -> Symbol:
    low, value, high = symbols
    return trace.symbol("min", trace.symbol("max", value, low), high)


def _logistic(trace: _Trace, symbols: tuple[Symbol, ...], _: Mapping[str, Any]) -> Symbol:
    one = trace.symbol("number", 1.0)
    return trace.symbol("div", one, trace.symbol("add", one, trace.symbol("exp", trace.symbol("neg", symbols[0]))))


def _inverse_root(trace: _Trace, symbols: tuple[Symbol, ...], _: Mapping[str, Any]) -> Symbol:
    return trace.symbol("div", trace.symbol("number", 1.0), trace.symbol("sqrt", symbols[0]))


ELEMENTWISE: Mapping[str, Callable] = {
    **{name: _plain(name) for name in (*BINARY, *COMPARED, *LOGICAL, *FUNCTIONS, "neg", "not")},
    "integer_pow": _whole_power,
    "square": lambda trace, symbols, _: trace.symbol("pow", symbols[0], trace.symbol("number", 2)),
    "select_n": _chosen,
    "clamp": _clamped,
    "logistic": _logistic,
    "rsqrt": _inverse_root,
}
REDUCED = {"reduce_sum": "add", "reduce_prod": "mul", "reduce_max": "max", "reduce_min": "min"}


def _broadcast(operands: list[np.ndarray], parameters: Mapping[str, Any]) -> np.ndarray:
    shape = [1] * len(parameters["shape"])
    for axis, size in zip(parameters["broadcast_dimensions"], operands[0].shape, strict=True):
        shape[axis] = size
    return np.broadcast_to(operands[0].reshape(shape), parameters["shape"])


def _slice(operands: list[np.ndarray], parameters: Mapping[str, Any]) -> np.ndarray:
    strides = parameters["strides"] or [None] * operands[0].ndim
    ends = zip(parameters["start_indices"], parameters["limit_indices"], strides, strict=True)
    return operands[0][tuple(slice(*end) for end in ends)]


REARRANGED: Mapping[str, Callable[[list[np.ndarray], Mapping[str, Any]], np.ndarray]] = {
    "broadcast_in_dim": _broadcast,
    "slice": _slice,
    "reshape": lambda operands, parameters: operands[0].reshape(parameters["new_sizes"]),
    "squeeze": lambda operands, parameters: np.squeeze(operands[0], tuple(parameters["dimensions"])),
    "expand_dims": lambda operands, parameters: np.expand_dims(operands[0], tuple(parameters["dimensions"])),
    "transpose": lambda operands, parameters: operands[0].transpose(parameters["permutation"]),
    "concatenate": lambda operands, parameters: np.concatenate(operands, axis=parameters["dimension"]),
    "stack": lambda operands, parameters: np.stack(operands, axis=parameters["axis"]),
    "rev": lambda operands, parameters: np.flip(operands[0], parameters["dimensions"]),
}


class _Writer:
    """Writes symbols as Python: what is used once where it is used, what is used more often as an assignment before."""

    def __init__(self, operations: list[Operation], call: Callable[[str], str], array: str) -> None:
        self.operations, self.call, self.array = operations, call, array
        self.named: dict[Symbol, str] = {}
        self.assignments: list[ast.stmt] = []
        self.uses: dict[Symbol, int] = {}

    def write(self, results: list[Symbol]) -> Formulas:
        """The formulas of `results`."""
        needed: set[Symbol] = set(results)
        for symbol in range(max(results), -1, -1):
            if symbol in needed:
                for part in self._parts(symbol):
                    needed.add(part)
                    self.uses[part] = self.uses.get(part, 0) + 1
        for symbol in sorted(needed):
            if self.uses.get(symbol, 0) > 1 and self._parts(symbol) and self.operations[symbol][0] != "neg":
                expression = self.expression(symbol)
                name = f"part_{len(self.assignments) + 1}"
                self.assignments.append(ast.parse(f"{name} = 0").body[0])
                self.assignments[-1].value = expression  # type: ignore[attr-defined]
                self.named[symbol] = name
        return Formulas(self.assignments, [self.expression(symbol) for symbol in results])

    def _parts(self, symbol: Symbol) -> tuple[Symbol, ...]:
        name, parts = self.operations[symbol]
        return () if name in GIVEN else parts

    def expression(self, symbol: Symbol) -> ast.expr:
        """A symbol as it is written where it is used."""
        if symbol in self.named:
            return ast.Name(self.named[symbol])
        name, parts = self.operations[symbol]
        if name == "number":
            return _number(parts[0])
        if name == "truth":
            return ast.Constant(parts[0])
        if name == "input":
            return _parsed(parts[0])
        written = [self.expression(part) for part in parts]
        if name in BINARY:
            return ast.BinOp(written[0], BINARY[name](), written[1])
        if name in LOGICAL:
            return ast.BinOp(written[0], LOGICAL[name](), written[1])
        if name in COMPARED:
            return ast.Compare(written[0], [COMPARED[name]()], [written[1]])
        if name in ("neg", "not"):
            return ast.UnaryOp(ast.USub() if name == "neg" else ast.Invert(), written[0])
        if name in ("max", "min") and self.array:
            written = [
                ast.Call(_parsed(self.array), [one], []) if self.operations[part][0] == "number" else one
                for part, one in zip(parts, written, strict=True)
            ]
        return ast.Call(_parsed(self.call(FUNCTIONS.get(name, name))), written, [])


def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _number(value: Any) -> ast.expr:
    """A number as it is written: a whole one without a point, as it then is exact in any precision."""
    if not np.isfinite(value):
        return _parsed(f"float('{value}')")
    written = int(value) if value == int(value) and abs(value) < 2**53 else value
    return ast.UnaryOp(ast.USub(), ast.Constant(-written)) if written < 0 else ast.Constant(written)


def as_vector(function: Callable[[jax.Array], Any], dimension: int) -> Callable[..., Any]:
    """A function of a vector as one of its numbers."""

    def of_numbers(*numbers):
        return function(jnp.stack(numbers[:dimension]))

    return of_numbers
