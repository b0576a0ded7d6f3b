"""A function of a few numbers, taken down step by step while JAX traces it, so that a browser can follow it."""

from collections.abc import Callable, Sequence
from typing import Any

import jax
from jax.extend.core import Jaxpr, Literal

# What the browser knows (web/program.js), by JAX's names.
OPERATIONS = (
    *("add", "sub", "mul", "div", "max", "min", "neg", "abs"),
    *("exp", "log", "sqrt", "sin", "cos", "tanh", "logistic"),
)
SAME_NUMBER = ("convert_element_type", "copy")


def program(function: Callable[..., Any], arguments: int) -> dict[str, Any]:
    """The steps from `arguments` numbers to `function` of them.

    The registers hold the arguments, then the result of every step: of a number itself, or of a list the operation that
    it begins with, of the registers that follow. `result` is the register of the answer.

    Raises:
      ValueError: the function does what the browser does not know.
    """
    traced = jax.make_jaxpr(function)(*[0.0] * arguments)
    recorder = _Recorder(arguments)
    (result,) = recorder.follow(traced.jaxpr, traced.consts, list(range(arguments)))
    return {"steps": recorder.steps, "result": result}


class _Recorder:
    def __init__(self, arguments: int) -> None:
        self.arguments = arguments
        self.steps: list[float | list[str | int]] = []

    def record(self, step: float | list[str | int]) -> int:
        """The register of the step's result."""
        self.steps.append(step)
        return self.arguments + len(self.steps) - 1

    def follow(self, jaxpr: Jaxpr, constants: Sequence[Any], given: list[int]) -> list[int]:
        """Takes down what JAX has traced, functions inside it included; the registers of its results."""
        known = dict(zip(jaxpr.invars, given, strict=True))
        known |= {
            variable: self.record(float(value)) for variable, value in zip(jaxpr.constvars, constants, strict=True)
        }

        def register(atom: Any) -> int:
            return self.record(float(atom.val)) if isinstance(atom, Literal) else known[atom]

        for equation in jaxpr.eqns:
            operands = [register(atom) for atom in equation.invars]
            results = self.perform(equation.primitive.name, operands, equation.params.get("jaxpr"))
            known.update(zip(equation.outvars, results, strict=True))
        return [register(atom) for atom in jaxpr.outvars]

    def perform(self, name: str, operands: list[int], inner: Any) -> list[int]:
        """One operation, or all those of a function inside."""
        if inner is not None:
            return self.follow(inner.jaxpr, inner.consts, operands)
        if name in SAME_NUMBER:
            return operands
        if name not in OPERATIONS:
            raise ValueError(f"{name} is not an operation that the player knows; allowed: {', '.join(OPERATIONS)}")
        return [self.record([name, *operands])]
