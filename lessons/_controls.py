"""What a lesson asks a student to change: a number of the experiment, or one of several experiments."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from catalogue import Parameter
from experiments import Experiment, Run, landscape_of, optimizer_of, schedule_of

NOISE = Parameter(default=0.0, low=0.0, high=10.0, symbol=r"\sigma", help="Random error added to every gradient.")
CLIP_NORM = Parameter(
    default=1.0, low=0.1, high=100.0, symbol="c", log=True, help="The longest gradient that passes unchanged."
)
FIELDS = {"noise": NOISE}
WHOLE = ("batch_size", "seed")  # numbers of the experiment that are no slider's, but drawn by controls of their own


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number of the experiment, or one that several of its runs share.

    Args:
      name: what the student reads.
      field: of the experiment (`noise`, `batch_size`, `seed`), a parameter of the surface, or with `runs` a hyperparameter,
        a parameter of the schedule, or `clip_norm`.
      runs: the indices of the runs that it belongs to; none for the experiment itself.
      low, high: the ends of the slider, where the catalogue's are too far apart for a lesson.
    """

    name: str
    field: str
    runs: tuple[int, ...] = ()
    low: float | None = None
    high: float | None = None

    def value(self, experiment: Experiment) -> Any:
        """The number as it is now: of several runs, the first's."""
        if self.runs:
            return _part(experiment.runs[self.runs[0]], self.field)[self.field]
        return _part_of_experiment(experiment, self.field)[self.field]

    def changed(self, experiment: Experiment, value: Any) -> Experiment:
        """The same experiment with another number. Raises ValueError as `Experiment` does."""
        if self.runs:
            runs = [
                _with_number(run, self.field, value) if index in self.runs else run
                for index, run in enumerate(experiment.runs)
            ]
            return replace(experiment, runs=tuple(runs))
        if self.field in experiment.landscape_parameters:
            return replace(
                experiment, landscape_parameters={**experiment.landscape_parameters, self.field: float(value)}
            )
        return replace(experiment, **{self.field: value})

    def declared(self, experiment: Experiment) -> Parameter:
        """Symbol, help and range: the catalogue's, within the lesson's ends."""
        if self.runs:
            run = experiment.runs[self.runs[0]]
            known = {**optimizer_of(run).hyperparameters, **schedule_of(run).parameters, "clip_norm": CLIP_NORM}
        else:
            known = {**landscape_of(experiment).parameters, **FIELDS}
        parameter = known[self.field]
        low = parameter.low if self.low is None else self.low
        high = parameter.high if self.high is None else self.high
        return replace(parameter, low=low, high=high, default=min(max(parameter.default, low), high))


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of several experiments, by the words that a student chooses."""

    name: str
    options: Mapping[str, Experiment]

    def value(self, experiment: Experiment) -> str | None:
        """The option on whose surface the experiment is run; None if it is no option's."""
        surface = experiment.landscape
        return next((words for words, option in self.options.items() if option.landscape == surface), None)

    def changed(self, experiment: Experiment, value: str) -> Experiment:
        """The option, whatever the experiment was."""
        return self.options[value]


Control = Number | Choice


def _part(run: Run, field: str) -> Mapping[str, Any]:
    """The part of a run that holds `field`."""
    if field == "clip_norm":
        return {"clip_norm": run.clip_norm}
    return run.hyperparameters if field in run.hyperparameters else run.schedule_parameters


def _part_of_experiment(experiment: Experiment, field: str) -> Mapping[str, Any]:
    if field in experiment.landscape_parameters:
        return experiment.landscape_parameters
    return {field: getattr(experiment, field)}


def _with_number(run: Run, field: str, value: float) -> Run:
    if field == "clip_norm":
        return replace(run, clip_norm=value)
    if field in run.hyperparameters:
        return replace(run, hyperparameters={**run.hyperparameters, field: value})
    return replace(run, schedule_parameters={**run.schedule_parameters, field: value})
