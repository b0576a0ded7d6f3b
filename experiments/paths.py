"""Where runs go, and nothing else of them: all that there is room for where a position is hundreds of numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from experiments.experiment import Experiment, Run, optimizer_of, problem_of
from experiments.record import layout
from experiments.simulation import first_not_finite, starter, with_rate
from numerics import side_by_side


@dataclass(frozen=True, eq=False)
class Paths:
    """The same as of a Trajectory: float64, the leading axis the runs, index 0 of positions and losses the start."""

    positions: Float[np.ndarray, "runs steps_and_start dimension"]
    losses: Float[np.ndarray, "runs steps_and_start"]
    learning_rates: Float[np.ndarray, "runs steps"]
    clipped: Bool[np.ndarray, "runs steps"]
    diverged_at: Int[np.ndarray, " runs"]


def follow(experiment: Experiment) -> Paths:
    """Runs every optimizer of `experiment` as `simulate` does, and keeps where it went."""
    return follow_runs(experiment, experiment.runs)


def sweep_paths(experiment: Experiment, run: Run, rates: Sequence[float]) -> Paths:
    """The same run at each of `rates`; the leading axis is the rates."""
    return follow_runs(experiment, tuple(with_rate(run, rate) for rate in rates))


def follow_runs(experiment: Experiment, runs: Sequence[Run]) -> Paths:
    """Follows `runs`, however many, in place of the experiment's own."""
    start, steps, dimension = starter(experiment, brief=True), experiment.steps, problem_of(experiment).dimension
    positions = np.empty((len(runs), steps + 1, dimension))
    losses, rates, clipped = (np.empty((len(runs), steps + 1)) for _ in range(3))

    def fill(index: int) -> None:
        recorded = np.asarray(start(runs[index]))[: steps + 1].view(layout(optimizer_of(runs[index]), dimension, True))
        shared = recorded["shared"][:, 0]
        positions[index], losses[index] = shared["position"], shared["loss"]
        rates[index], clipped[index] = shared["learning_rate"], shared["clipped"]

    side_by_side(fill, range(len(runs)))
    return Paths(positions, losses, rates[:, :-1], clipped[:, :-1] > 0, first_not_finite(positions, losses))
