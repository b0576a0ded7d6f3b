"""What is run: names and numbers only, checked when made, hashable, and the same everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalogue import whole
from experiments.checks import Values, coordinates, entry, not_negative, positive, start_in, values
from landscapes import LANDSCAPES, Landscape, Problem
from optimizers import OPTIMIZERS, Optimizer
from schedules import SCHEDULES, Schedule

MAX_STEPS = 10_000
MAX_RUNS = 24
MAX_SEED = 2**32 - 1


def _set(instance: object, **fields: object) -> None:
    for name, value in fields.items():
        object.__setattr__(instance, name, value)


@dataclass(frozen=True)
class Run:
    """One optimizer with its numbers, as it is raced.

    Args:
      optimizer: a slug of the catalogue, or a declaration.
      hyperparameters: by name; what is missing takes the catalogue's default.
      schedule: a slug of the catalogue, or a declaration.
      schedule_parameters: by name, likewise.
      clip_norm: the norm to which longer gradients are scaled down; None for no clipping.
      start: where this run starts, one number per dimension; None for the experiment's start.
      clip_value: the size to which larger components of a gradient are cut, before `clip_norm`; None for no clipping.

    Raises:
      ValueError: naming the field, the value and what is allowed.
    """

    optimizer: str | Optimizer
    hyperparameters: Mapping[str, float] = Values({})
    schedule: str | Schedule = "constant"
    schedule_parameters: Mapping[str, float] = Values({})
    clip_norm: float | None = None
    start: tuple[float, ...] | None = None
    clip_value: float | None = None

    def __post_init__(self) -> None:
        optimizer = entry("optimizer", self.optimizer, OPTIMIZERS, Optimizer)
        schedule = entry("schedule", self.schedule, SCHEDULES, Schedule)
        _set(
            self,
            hyperparameters=values("hyperparameters", self.hyperparameters, optimizer.hyperparameters),
            schedule_parameters=values("schedule_parameters", self.schedule_parameters, schedule.parameters),
            clip_norm=None if self.clip_norm is None else positive("clip_norm", self.clip_norm),
            start=None if self.start is None else coordinates("start", self.start),
            clip_value=None if self.clip_value is None else positive("clip_value", self.clip_value),
        )


@dataclass(frozen=True)
class Experiment:
    """Everything that determines a picture: a problem, a start, and the runs that are raced from it.

    Args:
      landscape: a slug of the catalogue, or a declaration: a Landscape, or a Problem of any dimension.
      landscape_parameters: by name; what is missing takes the catalogue's default.
      start: one number per dimension, (x, y) on a landscape; None for the problem's first.
      steps: from 1 to MAX_STEPS.
      runs: from 1 to MAX_RUNS, in the order in which they are shown.
      seed: of the noise and the batches, the same draws for every run.
      noise: standard deviation of the normal noise added to every component of every gradient.
      batch_size: examples per gradient on a problem made of data; None for all.

    Raises:
      ValueError: naming the field, the value and what is allowed.
    """

    landscape: str | Problem
    landscape_parameters: Mapping[str, float] = Values({})
    start: tuple[float, ...] | None = None
    steps: int = 200
    runs: tuple[Run, ...] = (Run("gradient_descent"),)
    seed: int = 0
    noise: float = 0.0
    batch_size: int | None = None

    def __post_init__(self) -> None:
        problem = problem_of(self)
        _set(
            self,
            landscape_parameters=values("landscape_parameters", self.landscape_parameters, problem.parameters),
            start=start_in(problem, "start", problem.starts[0] if self.start is None else self.start),
            steps=whole("steps", self.steps, 1, MAX_STEPS),
            runs=_runs(self.runs),
            seed=whole("seed", self.seed, 0, MAX_SEED),
            noise=not_negative("noise", self.noise),
        )
        if self.batch_size is not None and problem.training is None:
            raise ValueError(
                f"batch_size is {self.batch_size!r}; allowed: None, as {problem.label} is not made of data"
            )
        if self.batch_size is not None and problem.training is not None:
            _set(self, batch_size=whole("batch_size", self.batch_size, 1, len(problem.training)))
        for index, run in enumerate(self.runs):
            check_dimension(problem.dimension, f"optimizer of run {index + 1}", optimizer_of(run))
            if run.start is not None:
                start_in(problem, f"start of run {index + 1}", run.start)


def draws_batches(experiment: Experiment) -> bool:
    """Whether its gradients are made of fewer than all examples."""
    training = problem_of(experiment).training
    return training is not None and experiment.batch_size is not None and experiment.batch_size < len(training)


def goes_by_parts(experiment: Experiment) -> bool:
    """Whether its gradients are those of parts of the loss: of batches, or of losses that take turns."""
    return problem_of(experiment).turns is not None or draws_batches(experiment)


def problem_of(experiment: Experiment) -> Problem:
    """The declaration of what is minimized."""
    return entry("landscape", experiment.landscape, LANDSCAPES, Problem)


def landscape_of(experiment: Experiment) -> Landscape:
    """The declaration of the surface; ValueError if what is minimized can't be drawn."""
    problem = problem_of(experiment)
    if not isinstance(problem, Landscape):
        raise ValueError(
            f"landscape is {problem.label!r}, a problem of dimension {problem.dimension} without a view; "
            f"allowed here: a Landscape"
        )
    return problem


def optimizer_of(run: Run) -> Optimizer:
    """The declaration of the run's rule."""
    return entry("optimizer", run.optimizer, OPTIMIZERS, Optimizer)


def schedule_of(run: Run) -> Schedule:
    """The declaration of the run's schedule."""
    return entry("schedule", run.schedule, SCHEDULES, Schedule)


def check_dimension(dimension: int, name: str, optimizer: Optimizer) -> None:
    """Refuses a rule that is not for as many dimensions as a problem has."""
    most = optimizer.largest_dimension
    if most is not None and dimension > most:
        raise ValueError(
            f"{name} is {optimizer.slug!r} on a problem of {dimension} dimensions; allowed: up to {most}. "
            f"{optimizer.why_not_larger}"
        )


def _runs(value: Any) -> tuple[Run, ...]:
    runs = tuple(value) if isinstance(value, list | tuple) else ()
    if not all(isinstance(run, Run) for run in runs) or not 1 <= len(runs) <= MAX_RUNS:
        count = f"{len(value)} of them" if isinstance(value, list | tuple) else repr(value)
        raise ValueError(f"runs is {count}; allowed: a tuple of 1 to {MAX_RUNS} Run")
    return runs
