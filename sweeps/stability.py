"""Two numbers of one run against each other: where it still converges, and with what loss it ends."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float

from catalogue import NOT_NEGATIVE, Parameter, finite, in_range, whole
from experiments import Experiment, Run, landscape_of, optimizer_of, schedule_of
from sweeps.heights import as_losses, start_loss
from sweeps.lanes import LEARNING_RATE, NOISE, Lanes, clips
from sweeps.many import run_lanes

MOST_CELLS = 256
USUAL_ACROSS = 64
AROUND_RATE = 100.0  # how far a map goes to either side of the present learning rate
NOISES = (0.01, 10.0)


@dataclass(frozen=True)
class Axis:
    """One side of a map: a number by its name, from `low` to `high`, spaced by factors if `log`.

    A number of a rule goes by its name, so does one of the surface, and "noise".
    """

    name: str
    low: float
    high: float
    log: bool = False

    def values(self, count: int) -> Float[np.ndarray, " values"]:
        """So many of its numbers, ends included."""
        return (np.geomspace if self.log else np.linspace)(self.low, self.high, count)


@dataclass(frozen=True, eq=False)
class StabilityMap:
    """`final_losses[row, column]` belongs to `up.values[row]` and `across.values[column]`; infinite if not a number.

    `stable` tells which runs end below their start. `boundary` holds the largest stable learning rate per row by the
    textbook's formula, where there is one: on the quadratic, across learning rates; else None.
    """

    across: Axis
    up: Axis
    across_values: Float[np.ndarray, " columns"]
    up_values: Float[np.ndarray, " rows"]
    final_losses: Float[np.ndarray, "rows columns"]
    stable: Bool[np.ndarray, "rows columns"]
    boundary: Float[np.ndarray, " rows"] | None


def stability_map(
    experiment: Experiment,
    across: Axis | None = None,
    up: Axis | None = None,
    run: int = 0,
    resolution: int = USUAL_ACROSS,
) -> StabilityMap:
    """The experiment's run of that index at every pair of two numbers.

    Args:
      across, up: by default those of `usual_axes`.
      resolution: cells along either side.

    Raises:
      ValueError: naming the field, the value and what is allowed.
    """
    whole("run", run, 0, len(experiment.runs) - 1)
    whole("resolution", resolution, 2, MOST_CELLS)
    chosen, axes = experiment.runs[run], adjustable(experiment, experiment.runs[run])
    usual = usual_axes(experiment, chosen)
    across, up = _checked("across", across or usual[0], axes), _checked("up", up or usual[1], axes)
    if across.name == up.name:
        raise ValueError(f"up is {up.name!r}, as across is; allowed: another one of {', '.join(axes)}")
    columns, rows = across.values(resolution), up.values(resolution)
    grid = {axis.name: values.ravel() for axis, values in zip((across, up), np.meshgrid(columns, rows), strict=True)}
    final = as_losses(run_lanes(Lanes(experiment, chosen, grid)).losses)
    stable = final < _start_losses(experiment, chosen, grid)
    limit = _boundary(experiment, chosen, up.name, rows) if across.name == LEARNING_RATE else None
    shape = resolution, resolution
    return StabilityMap(across, up, columns, rows, final.reshape(shape), stable.reshape(shape), limit)


def adjustable(experiment: Experiment, run: Run) -> Mapping[str, Parameter]:
    """All numbers that may be an axis, by name."""
    noise = Parameter(
        default=NOISES[0], low=NOISES[0], high=NOISES[1], symbol=r"\sigma", log=True, allowed=NOT_NEGATIVE
    )
    rule = {name: declared for name, declared in optimizer_of(run).hyperparameters.items() if not declared.options}
    return {**rule, **landscape_of(experiment).parameters, NOISE: noise}


def usual_axes(experiment: Experiment, run: Run) -> tuple[Axis, Axis]:
    """The learning rate, far to both sides of the present one; and the rule's next number, else the surface's."""
    rate = run.hyperparameters[LEARNING_RATE]
    up = next(name for name in adjustable(experiment, run) if name != LEARNING_RATE)
    return Axis(LEARNING_RATE, rate / AROUND_RATE, rate * AROUND_RATE, log=True), usual_axis(experiment, run, up)


def usual_axis(experiment: Experiment, run: Run, name: str) -> Axis:
    """A number over the whole length of its slider; ValueError if there is none of this name."""
    known = adjustable(experiment, run)
    if name not in known:
        raise ValueError(f"up is {name!r}; allowed: {', '.join(known)}")
    declared = known[name]
    return Axis(name, declared.low, declared.high, declared.log)


def _checked(field: str, axis: Axis, allowed: Mapping[str, Parameter]) -> Axis:
    """`axis`, if there is such a number, and it may have all values from its lower to its higher end."""
    if axis.name not in allowed:
        raise ValueError(f"{field} is {axis.name!r}; allowed: {', '.join(allowed)}")
    low, high = finite(f"{field} low", axis.low), finite(f"{field} high", axis.high)
    accepts = allowed[axis.name].accepts
    if not low < high or (axis.log and not low > 0):
        kind = "two positive numbers" if axis.log else "two numbers"
        raise ValueError(f"{field} goes from {low:g} to {high:g}; allowed: {kind}, the lower one first")
    in_range(f"{field} low", low, accepts)
    in_range(f"{field} high", high, accepts)
    return axis


def _start_losses(experiment: Experiment, run: Run, grid: Mapping[str, np.ndarray]) -> Float[np.ndarray, " cells"]:
    """The loss at which every cell's run begins: one and the same, unless a number of the surface is an axis."""
    own = [name for name in grid if name in experiment.landscape_parameters]
    rows = np.stack([grid[name] for name in own], axis=1) if own else np.zeros((len(next(iter(grid.values()))), 0))
    different, place = np.unique(rows, axis=0, return_inverse=True)
    losses = [
        start_loss(replace(experiment, landscape_parameters={**experiment.landscape_parameters, **changed}), run)
        for changed in (dict(zip(own, row.tolist(), strict=True)) for row in different)
    ]
    return np.array(losses)[place.ravel()]


# The largest stable rate on a bowl of curvature 1, by the momentum β; O'Donoghue and Candès 2015 for Nesterov's.
LIMITS: Mapping[str, Callable[[np.ndarray], np.ndarray]] = {
    "gradient_descent": lambda beta: np.full_like(beta, 2.0),
    "momentum": lambda beta: 2 * (1 + beta),
    "heavy_ball_ema": lambda beta: 2 * (1 + beta) / (1 - beta),
    "nesterov": lambda beta: 2 * (1 + beta) / (1 + 2 * beta),
}


def _boundary(experiment: Experiment, run: Run, up: str, rows: np.ndarray) -> Float[np.ndarray, " rows"] | None:
    """The textbook's largest stable learning rate in every row; None where no textbook has one."""
    slug, constant = optimizer_of(run).slug, schedule_of(run).slug == "constant"
    if landscape_of(experiment).slug != "quadratic" or slug not in LIMITS or not constant or clips(run):
        return None
    everywhere = {**experiment.landscape_parameters, **run.hyperparameters}
    numbers = {name: rows if name == up else np.full(len(rows), value) for name, value in everywhere.items()}
    memory = numbers.get("momentum", numbers.get("decay", np.zeros(len(rows))))
    return LIMITS[slug](memory) / np.maximum(numbers["condition_number"], 1.0)
