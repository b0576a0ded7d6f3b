"""One step of one run, in numbers: every symbol of the rule's formula with what it was at that step."""

import math
import re
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax

from catalogue import whole
from experiments.batches import sampled_loss
from experiments.compiled_run import clip
from experiments.experiment import Experiment, Run, goes_by_parts, optimizer_of, problem_of
from experiments.simulation import Trajectory, batches, gradient_noise, limits, loss_and_gradient
from landscapes import Problem
from optimizers import ByHand, Optimizer, Symbol
from surfaces import kept_with_landscape

DIGITS = 6  # significant ones that are shown
MOST = 4  # numbers in a row; of a vector with more, the length is shown


class Row(NamedTuple):
    """One symbol (LaTeX), what it is called, and its value, None where it is not finite.

    The value is one number, or one per coordinate; of more than `MOST` coordinates it is the length of them all, and
    symbol and name say so.
    """

    symbol: str
    name: str
    values: tuple[float | None, ...]


class Arrow(NamedTuple):
    """Something with a direction, as seen from the position."""

    name: str
    x: float
    y: float


def step_in_numbers(experiment: Experiment, trajectory: Trajectory, run: int, step: int) -> tuple[Row, ...]:
    """What is known before the step, every line of the formula, and where the step leads, in this order.

    Args:
      run: its index.
      step: from 0, the step that leads away from `positions[run, step]`.

    The position, the gradient, the state and the update are those that the simulation recorded; what a rule does not
    keep, such as a bias-corrected moment, is computed here by the rule itself, from what it had before the step.

    Raises:
      ValueError: there is no such run or step.
    """
    values = step_values(experiment, trajectory, run, step)
    optimizer = optimizer_of(experiment.runs[run])
    before = [name for name in optimizer.shows if not isinstance(optimizer.make, ByHand) or name in optimizer.make.asks]
    rows = (
        _row(Symbol("t", "which update it is"), values["t"]),
        *_numbers(optimizer, values),
        _row(Symbol(r"\theta_t", "the position"), values["theta"]),
        *_slope(experiment, values),
        *(_row(_before(optimizer.symbol(name)), values[f"{name}_before"]) for name in before),
        *(_row(optimizer.symbol(name), values[name]) for name in _lines(optimizer, values)),
        _row(optimizer.symbol("update"), values["update"]),
        _row(Symbol(r"\theta_{t+1}", "the new position"), trajectory.positions[run, step + 1]),
    )
    first = {row.symbol: row for row in reversed(rows)}  # a rule may keep the gradient itself
    return tuple(row for row in rows if row is first[row.symbol])


def step_arrows(experiment: Experiment, trajectory: Trajectory, run: int, step: int) -> tuple[Arrow, ...]:
    """The directions at that step: down the true slope, down the sampled one where it differs, momentum, the step.

    They are drawn in the plane: with more than two dimensions, or one, there are none.
    """
    values = step_values(experiment, trajectory, run, step)
    if len(values["theta"]) != 2:
        return ()
    _, slope = loss_and_gradient(experiment, tuple(values["theta"]))
    directions = {"slope": -np.array(slope)}
    if experiment.noise > 0 or goes_by_parts(experiment):
        directions["sampled"] = -values["g"]
    optimizer = optimizer_of(experiment.runs[run])
    for name in _lines(optimizer, values):
        if arrow := optimizer.symbol(name).arrow:
            directions["moment"] = arrow * values[name]
    directions["step"] = values["update"]
    return tuple(
        Arrow(name, float(x), float(y)) for name, (x, y) in directions.items() if math.isfinite(x) and math.isfinite(y)
    )


def step_values(experiment: Experiment, trajectory: Trajectory, run: int, step: int) -> dict[str, Any]:
    """Everything that is known of a step, by name and unrounded; a field of the state before it ends in `_before`."""
    whole("run", run, 0, len(experiment.runs) - 1)
    whole("step", step, 0, experiment.steps - 1)
    raced = experiment.runs[run]
    states = trajectory.states[run]
    before = _initial(experiment, raced) if step == 0 else {name: field[step - 1] for name, field in states.items()}
    known: dict[str, Any] = {
        **raced.hyperparameters,
        "t": step + 1,
        "theta": trajectory.positions[run, step],
        "g": trajectory.gradients[run, step],
        "learning_rate": float(trajectory.learning_rates[run, step]),
    }
    return {
        **known,
        **_computed(experiment, raced, step, {**known, **before}),
        **{f"{name}_before": value for name, value in before.items()},
        **{name: field[step] for name, field in states.items()},
        "update": trajectory.updates[run, step],
    }


def shown(value: float) -> float:
    """A number as it is shown."""
    return float(f"{value:.{DIGITS}g}")


def _initial(experiment: Experiment, run: Run) -> dict[str, np.ndarray]:
    """The state before the first step."""
    start = jnp.asarray(experiment.start if run.start is None else run.start, jnp.float64)
    optimizer = optimizer_of(run)
    # As in the compiled loop, where the largest number overflows to infinity; Python's own raises instead.
    hyperparameters = {name: jnp.float64(value) for name, value in run.hyperparameters.items()}
    state = optimizer.make(**hyperparameters).init(start)
    return {name: np.asarray(optax.tree.get(state, name)) for name in optimizer.shows}


def _computed(experiment: Experiment, run: Run, step: int, known: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Every line of a rule that is written out, computed by the rule itself."""
    optimizer = optimizer_of(run)
    if not isinstance(optimizer.make, ByHand):
        return {}
    lines = _compiled_lines(problem_of(experiment), optimizer.make)(
        {name: np.float64(value) for name, value in experiment.landscape_parameters.items()},
        {name: np.asarray(value) for name, value in known.items()},
        gradient_noise(experiment)[step],
        batches(experiment)[step],
        limits(run),
    )
    return {name: np.asarray(value) for name, value in lines.items()}


@kept_with_landscape
def _compiled_lines(problem: Problem, rule: ByHand) -> jax.stages.Wrapped:
    """The lines of one step, from what is known before it and what disturbs the loss in it."""

    def lines(parameters, known, noise, members, limited):
        loss = sampled_loss(problem, parameters, members, noise, known["theta"])

        def slope(at):
            return clip(jax.grad(loss)(at), limited)[0]

        extra = {"value": loss(known["theta"]), "value_fn": loss, "grad_fn": slope}
        return OrderedDict(rule.lines({**known, **extra}))  # JAX sorts the names of any other mapping

    return jax.jit(lines)


def _numbers(optimizer: Optimizer, values: Mapping[str, Any]) -> list[Row]:
    """The rule's hyperparameters; the learning rate is that of this step."""
    symbols = {name: Symbol(each.symbol, name.replace("_", " ")) for name, each in optimizer.hyperparameters.items()}
    symbols["learning_rate"] = Symbol(r"\eta_t", "learning rate of this step")
    return [_row(symbol, values[name]) for name, symbol in symbols.items()]


def _slope(experiment: Experiment, values: Mapping[str, Any]) -> list[Row]:
    """The gradient that the rule received, and the true one where it is another."""
    _, slope = loss_and_gradient(experiment, tuple(values["theta"]))
    if np.allclose(slope, values["g"], rtol=1e-9, atol=0, equal_nan=True):
        return [_row(Symbol("g_t", "the gradient"), values["g"])]
    return [
        _row(Symbol(r"\nabla L(\theta_t)", "true gradient"), np.array(slope)),
        _row(Symbol("g_t", "gradient received"), values["g"]),
    ]


def _lines(optimizer: Optimizer, values: Mapping[str, Any]) -> list[str]:
    """What the rule computes in a step, but the step itself; of one that is not written out, the state that it shows."""
    known = {"t", "theta", "g", "update", *optimizer.hyperparameters, *(f"{name}_before" for name in optimizer.shows)}
    return [name for name in values if name not in known]


def _before(symbol: Symbol) -> Symbol:
    """The same field of the state one step earlier."""
    latex = re.sub(r"_t(?![a-z])", "_{t-1}", symbol.latex).replace("_{t+1}", "_t")
    return Symbol(latex, f"{symbol.meaning}, before")


def _row(symbol: Symbol, value: Any) -> Row:
    numbers, latex, meaning = np.ravel(value), symbol.latex, symbol.meaning
    if len(numbers) > MOST:
        numbers, latex, meaning = (
            np.array([np.linalg.norm(numbers)]),
            rf"\lVert {latex} \rVert",
            f"{meaning}, its length",
        )
    return Row(latex, meaning, tuple(shown(number) if math.isfinite(number) else None for number in numbers.tolist()))
