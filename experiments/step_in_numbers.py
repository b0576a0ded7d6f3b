"""One step of one run, in numbers: every symbol of the rule's formula with what it was at that step."""

import inspect
import math
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np
import optax

from catalogue import whole
from experiments.experiment import Experiment, Run, draws_batches, optimizer_of
from experiments.simulation import Trajectory, loss_and_gradient
from optimizers import Line, Optimizer

DIGITS = 6  # significant ones that are shown
GRADIENT = Line("g_t", "the gradient", lambda g: g)


class Row(NamedTuple):
    """One symbol (LaTeX), what it is called, and its value: one number, or x and y; None where it is not finite."""

    symbol: str
    name: str
    x: float | None
    y: float | None = None
    is_pair: bool = True


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

    The position, the gradient, the state and the update are those that the simulation recorded; only what a rule does
    not keep, such as a bias-corrected moment, is computed here, by the rule's own lines.

    Raises:
      ValueError: there is no such run or step.
    """
    values = step_values(experiment, trajectory, run, step)
    optimizer = optimizer_of(experiment.runs[run])
    before = [
        _row(_symbol_before(optimizer, name), f"{_meaning(optimizer, name)}, before", values[f"{name}_before"])
        for name in _asked_before(optimizer)
    ]
    undeclared = [
        _row(_symbol(optimizer, name), name, values[name]) for name in optimizer.shows if name not in optimizer.lines
    ]
    lines = [
        _row(line.symbol, line.meaning, values[name]) for name, line in optimizer.lines.items() if name != "update"
    ]
    return (
        _row("t", "which step it is", values["t"]),
        *_numbers(optimizer, values),
        _row(r"\theta_t", "the position", values["theta"]),
        *_slope(experiment, values),
        *before,
        *undeclared,
        *lines,
        _row(r"\theta_{t+1} - \theta_t", "the step", values["update"]),
        _row(r"\theta_{t+1}", "the new position", trajectory.positions[run, step + 1]),
    )


def step_arrows(experiment: Experiment, trajectory: Trajectory, run: int, step: int) -> tuple[Arrow, ...]:
    """The directions at that step: down the true slope, down the sampled one where it differs, momentum, the step."""
    values = step_values(experiment, trajectory, run, step)
    _, slope = loss_and_gradient(experiment, tuple(values["theta"]))
    directions = {"slope": -np.array(slope)}
    if experiment.noise > 0 or draws_batches(experiment):
        directions["sampled"] = -values["g"]
    for name, line in optimizer_of(experiment.runs[run]).lines.items():
        if line.arrow:
            directions["moment"] = line.arrow * values[name]
    directions["step"] = values["update"]
    return tuple(
        Arrow(name, float(x), float(y)) for name, (x, y) in directions.items() if math.isfinite(x) and math.isfinite(y)
    )


def step_values(experiment: Experiment, trajectory: Trajectory, run: int, step: int) -> dict[str, Any]:
    """Everything that a line of the rule can ask for, by name, unrounded."""
    whole("run", run, 0, len(experiment.runs) - 1)
    whole("step", step, 0, experiment.steps - 1)
    raced = experiment.runs[run]
    states = trajectory.states[run]
    values: dict[str, Any] = {
        **raced.hyperparameters,
        "t": step + 1,
        "theta": trajectory.positions[run, step],
        "value": trajectory.losses[run, step],
        "g": trajectory.gradients[run, step],
        "g_before": trajectory.gradients[run, step - 1] if step else np.zeros(2),
        "learning_rate": float(trajectory.learning_rates[run, step]),
        "update": trajectory.updates[run, step],
    }
    before = _initial(experiment, raced) if step == 0 else {name: field[step - 1] for name, field in states.items()}
    for name, field in states.items():
        values[name], values[f"{name}_before"] = field[step], before[name]
    with np.errstate(all="ignore"):
        for name, line in optimizer_of(raced).lines.items():
            if name not in values:
                values[name] = np.asarray(line.value(**arguments(line.value, values)))
    return values


def arguments(function: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Of `values`, those that `function` takes."""
    return {name: values[name] for name in inspect.signature(function).parameters}


def shown(value: float) -> float:
    """A number as it is shown."""
    return float(f"{value:.{DIGITS}g}")


def _initial(experiment: Experiment, run: Run) -> dict[str, np.ndarray]:
    """The state before the first step."""
    start = jnp.asarray(experiment.start if run.start is None else run.start, jnp.float64)
    optimizer = optimizer_of(run)
    state = optimizer.make(**run.hyperparameters).init(start)
    return {name: np.asarray(optax.tree.get(state, name)) for name in optimizer.shows}


def _numbers(optimizer: Optimizer, values: Mapping[str, Any]) -> list[Row]:
    """The rule's hyperparameters; the learning rate is that of this step."""
    rows = []
    for name, declared in optimizer.hyperparameters.items():
        symbol, words = (r"\eta_t", "learning rate of this step") if name == "learning_rate" else (declared.symbol, "")
        rows.append(_row(symbol, words or name.replace("_", " "), values[name]))
    return rows


def _slope(experiment: Experiment, values: Mapping[str, Any]) -> list[Row]:
    """The gradient that the rule received, and the true one where it is another."""
    received = _row(GRADIENT.symbol, GRADIENT.meaning, values["g"])
    _, slope = loss_and_gradient(experiment, tuple(values["theta"]))
    if np.allclose(slope, values["g"], rtol=1e-9, atol=0, equal_nan=True):
        return [received]
    return [
        _row(r"\nabla L(\theta_t)", "true gradient", np.array(slope)),
        received._replace(name="gradient received"),
    ]


def _asked_before(optimizer: Optimizer) -> list[str]:
    """What has to be known as it was before the step: what a line takes so, or all there is where there are no lines."""
    taken = {name for line in optimizer.lines.values() for name in inspect.signature(line.value).parameters}
    return [
        name for name in ("g", *optimizer.shows) if f"{name}_before" in taken or (name != "g" and not optimizer.lines)
    ]


def _line(optimizer: Optimizer, name: str) -> Line | None:
    return GRADIENT if name == "g" else optimizer.lines.get(name)


def _symbol(optimizer: Optimizer, name: str) -> str:
    line = _line(optimizer, name)
    return line.symbol if line else rf"\mathrm{{{name.replace('_', ' ')}}}_t"


def _symbol_before(optimizer: Optimizer, name: str) -> str:
    symbol = _symbol(optimizer, name)
    if symbol.endswith("_{t+1}"):
        return symbol.removesuffix("_{t+1}") + "_t"
    return re.sub(r"_t(?![a-z])", "_{t-1}", symbol)


def _meaning(optimizer: Optimizer, name: str) -> str:
    line = _line(optimizer, name)
    return line.meaning.partition(":")[0] if line else name.replace("_", " ")


def _row(symbol: str, name: str, value: Any) -> Row:
    numbers = [shown(number) if math.isfinite(number) else None for number in np.ravel(value).tolist()]
    return (
        Row(symbol, name, numbers[0], numbers[1], True)
        if len(numbers) == 2
        else Row(symbol, name, numbers[0], None, False)
    )
