"""What is minimized, as code: the loss written out, the examples, and what a step's gradient is made of."""

import ast
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import jax.numpy as jnp
import numpy as np

from experiments import Experiment, batch_members, draws_batches, landscape_of
from exports.source import Definitions, add_function
from exports.symbolic import formulas
from landscapes import Examples

WIDTH = 100  # of lines of numbers
POINT = ("x", "y")


@dataclass(frozen=True)
class Library:
    """How a library writes what NumPy has too.

    Args:
      slug, label: its name in `to_code`, and as it is written.
      functions: where the functions of NumPy's names are.
      array: makes an array of numbers.
      needs_arrays: whether its functions of two arrays take no plain numbers.
      arguments: what makes an optimizer of it.
    """

    slug: str
    label: str
    functions: str
    array: str
    needs_arrays: bool = False
    arguments: str = "rate"

    def call(self, name: str) -> str:
        """What it calls a function of NumPy."""
        return f"{self.functions}.{name}"


@dataclass(frozen=True)
class ProblemCode:
    """Pieces of text: numbers and functions that come before the loop, and the loss that one step goes by.

    `of_step` is an expression of `at`, the place, and `step`; None where every step goes by the loss itself.
    """

    parts: tuple[str, ...]
    of_step: str | None


def problem_code(experiment: Experiment, library: Library, definitions: Definitions) -> ProblemCode:
    """The loss as a function `loss(point)`, with all numbers of the landscape put in."""
    landscape = landscape_of(experiment)
    values = dict(experiment.landscape_parameters)
    if landscape.training is not None and landscape.example_loss is not None:
        example_loss = partial(_example_loss, landscape.example_loss, values, _features(landscape.training))
        names = [*POINT, *_inputs(landscape.training), "targets"]
        body = _function("example_losses", names, example_loss, library)
        loss = f"def loss(point):\n    return {library.call('mean')}(example_losses(point))"
        parts = [*_data(landscape.training, library), body, loss]
        if draws_batches(experiment):
            return ProblemCode(
                (*parts, _batches(experiment, library, definitions)), "weights[step] @ example_losses(at)"
            )
        return ProblemCode(tuple(parts), None)
    if landscape.turns is not None:
        turns = partial(_of_point, landscape.turns, values)
        loss = f"def loss(point):\n    return {library.call('mean')}(turns(point))"
        return ProblemCode((_function("turns", POINT, turns, library), loss), f"turns(at)[step % {landscape.period}]")
    return ProblemCode((_function("loss", POINT, partial(_of_point, landscape.loss, values), library),), None)


def noise_code(experiment: Experiment, library: Library) -> str:
    """The noise on the gradient of every step; empty where there is none."""
    if experiment.noise == 0:
        return ""
    drawn = f"np.random.default_rng({experiment.seed}).standard_normal((STEPS, 2))"
    return f"noise = {library.array}({experiment.noise!r} * {drawn})"


def _of_point(function: Callable, values: dict[str, float], x: Any, y: Any) -> Any:
    return function(jnp.stack([x, y]), **values)


def _example_loss(function: Callable, values: dict[str, float], features: int, x: Any, y: Any, *example: Any) -> Any:
    *inputs, target = example
    return function(jnp.stack([x, y]), jnp.stack(inputs) if features else inputs[0], target, **values)


def _features(examples: Examples) -> int:
    """How many inputs an example has; 0 where it is one number and not a row of them."""
    return 0 if examples.inputs.ndim == 1 else examples.inputs.shape[1]


def _inputs(examples: Examples) -> list[str]:
    return [f"inputs_{index + 1}" for index in range(_features(examples))] or ["inputs"]


def _function(name: str, names: Sequence[str], function: Callable, library: Library) -> str:
    """`function` written out as a function of a point, whose coordinates are the first two of `names`."""
    written = formulas(function, names, library.call, library.array if library.needs_arrays else "")
    results = [ast.unparse(ast.fix_missing_locations(result)) for result in written.results]
    returned = results[0] if len(results) == 1 else f"{library.call('stack')}([{', '.join(results)}])"
    assignments = [ast.unparse(ast.fix_missing_locations(node)) for node in written.assignments]
    lines = [f"{', '.join(POINT)} = point", *assignments, f"return {returned}"]
    return f"def {name}(point):\n" + textwrap.indent("\n".join(lines), "    ")


def _data(examples: Examples, library: Library) -> list[str]:
    columns = examples.inputs.reshape(len(examples), -1).T
    named = [*zip(_inputs(examples), columns, strict=True), ("targets", examples.targets)]
    return [f"{name} = {library.array}([\n{_numbers(values)}\n])" for name, values in named]


def _numbers(values: np.ndarray) -> str:
    text = ", ".join(map(repr, np.asarray(values, np.float64).tolist()))
    return textwrap.fill(text, WIDTH, initial_indent="    ", subsequent_indent="    ")


def _batches(experiment: Experiment, library: Library, definitions: Definitions) -> str:
    """The share of every example in the gradient of every step."""
    add_function(batch_members, "batch_members", definitions)
    drawn = f"batch_members(len(targets), {experiment.batch_size}, STEPS, {experiment.seed})"
    return f"members = {drawn}\nweights = {library.array}(members / members.sum(axis=1, keepdims=True))"
