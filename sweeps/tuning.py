"""A fair comparison: every run at the numbers that suit it best, found by a search that is equally long for all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float

from catalogue import Parameter
from experiments import Experiment, Run, optimizer_of, problem_of
from sweeps.heights import as_losses, lowest_of, start_loss
from sweeps.lanes import LEARNING_RATE, at_numbers, starts
from sweeps.many import run_lanes
from sweeps.program import Ends
from sweeps.rates import as_good_rates, is_noisy, rate_sweep, usual_rates, with_seed

OBJECTIVES = ("final loss", "best loss", "steps")
CANDIDATES = 256  # that are tried for every run, and as many again around the best of them
DECADES = (-4.0, 3.0)  # around the rule's default rate
SEEDS = 10  # with which a run under noise is judged
ARRIVED = 0.01  # of the start's height: what "steps" counts the steps to
MEMORIES = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999)
DIGITS = 3  # of a rate that is found, since it is to be read
AROUND = np.geomspace(1e-2, 1e2, 161)  # times the best rate: where is looked how far one may be off


@dataclass(frozen=True)
class Tuned:
    """What was found for one run.

    Args:
      run: as it was found best.
      before, after: the objective as it was, and as it is now; a loss, or a number of steps, infinite for never.
      low, high: the rates around the best one, all else kept, that end at most twice as high.
      wins: from how many of the surface's starts it is the best of all runs, at these numbers.
    """

    run: Run
    before: float
    after: float
    low: float
    high: float
    wins: int


@dataclass(frozen=True)
class Tuning:
    """The experiment with all runs at their best, what was judged, and what was found for each of them.

    `starts` is from how many starts the tuned runs were compared.
    """

    experiment: Experiment
    objective: str
    starts: int
    runs: tuple[Tuned, ...]


def tune(experiment: Experiment, objective: str = OBJECTIVES[0], also: Sequence[str] = ()) -> Experiment:
    """The experiment with every run at its best learning rate, see `tuning`."""
    return tuning(experiment, objective, also).experiment


def tuning(experiment: Experiment, objective: str = OBJECTIVES[0], also: Sequence[str] = ()) -> Tuning:
    """Searches the best learning rate of every run, on this surface, from its start, within its steps, with its schedule.

    All runs have as many candidates: first over seven decades, then around the best of these. Under noise a candidate is
    judged by its median over ten seeds.

    Args:
      objective: one of OBJECTIVES; "steps" are those until the loss stays within 1 % of the start's height.
      also: a name of hyperparameters that are searched, too, of the rules that have it, such as "momentum" or "b1".

    Raises:
      ValueError: naming the field, the value and what is allowed.
    """
    if objective not in OBJECTIVES:
        raise ValueError(f"objective is {objective!r}; allowed: {', '.join(OBJECTIVES)}")
    _check_names(experiment, also)
    judge = _Judge(experiment, objective)
    tuned = replace(experiment, runs=tuple(_best(judge, run, also) for run in experiment.runs))
    wins = _wins(tuned, judge)
    rows = [
        _described(judge, old, new, int(won))
        for old, new, won in zip(experiment.runs, tuned.runs, wins.sum(axis=0), strict=True)
    ]
    return Tuning(tuned, objective, len(wins), tuple(rows))


def _check_names(experiment: Experiment, also: Sequence[str]) -> None:
    known = {name for run in experiment.runs for name in run.hyperparameters} - {LEARNING_RATE}
    if isinstance(also, str) or len(also) > 1 or not set(also) <= known:
        raise ValueError(f"also is {also!r}; allowed: none or one of {', '.join(sorted(known)) or 'none'}")


class _Judge:
    """Says how good runs are: by the objective, then by what decides between equals."""

    def __init__(self, experiment: Experiment, objective: str) -> None:
        self.experiment, self.objective = experiment, objective
        self.lowest = lowest_of(experiment, rate_sweep(experiment, usual_rates(experiment)).best_losses)

    def scores(self, run: Run, varying: Mapping[str, np.ndarray]) -> Float[np.ndarray, "2 lanes"]:
        """Per lane both; lower is better."""
        level = self.lowest + ARRIVED * (start_loss(self.experiment, run) - self.lowest)
        seeds = SEEDS if is_noisy(self.experiment) else 1
        ends = [run_lanes(at_numbers(with_seed(self.experiment, k), run, varying), level=level) for k in range(seeds)]
        return np.median([self.of_ends(end) for end in ends], axis=0)

    def of_ends(self, ends: Ends) -> Float[np.ndarray, "2 lanes"]:
        """The same of what came of one seed."""
        final, best = as_losses(ends.losses), as_losses(ends.best_losses)
        steps = np.where(ends.arrived_at <= self.experiment.steps, ends.arrived_at, np.inf)
        return np.array(
            {"final loss": (final, steps), "best loss": (best, steps), "steps": (steps, final)}[self.objective]
        )

    def score(self, run: Run) -> float:
        """The objective of one run as it is."""
        return float(self.scores(run, {LEARNING_RATE: np.array([run.hyperparameters[LEARNING_RATE]])})[0, 0])


def _best(judge: _Judge, run: Run, also: Sequence[str]) -> Run:
    """The best of two searches: wide, then narrow."""
    searched = [name for name in also if name in run.hyperparameters]
    declared = optimizer_of(run).hyperparameters
    values = _values(declared[searched[0]]) if searched else np.array([np.nan])
    rates = declared[LEARNING_RATE].default * np.logspace(*DECADES, CANDIDATES // len(values))
    spacing = rates[1] / rates[0]
    for _ in range(2):
        candidates = {LEARNING_RATE: np.tile(_rounded(rates), len(values))}
        candidates |= {name: np.repeat(values, len(rates)) for name in searched}
        best = int(np.lexsort(judge.scores(run, candidates)[::-1])[0])
        found = {name: float(column[best]) for name, column in candidates.items()}
        rates = found[LEARNING_RATE] * np.geomspace(1 / spacing, spacing, len(rates))
    return replace(run, hyperparameters={**run.hyperparameters, **found})


def _values(declared: Parameter) -> Float[np.ndarray, " values"]:
    """The numbers of a hyperparameter that are tried."""
    if declared.forgets:
        return np.array(MEMORIES)
    spaced = np.geomspace if declared.log else np.linspace
    return spaced(declared.low, declared.high, len(MEMORIES))


def _rounded(rates: np.ndarray) -> Float[np.ndarray, " rates"]:
    return np.array([float(f"{rate:.{DIGITS}g}") for rate in rates])


def _described(judge: _Judge, old: Run, new: Run, wins: int) -> Tuned:
    """What was found for one run, and how far its rate may be off."""
    rates = new.hyperparameters[LEARNING_RATE] * AROUND
    alone = replace(judge.experiment, runs=(new,))
    good = as_good_rates(alone, rate_sweep(alone, rates), 0)
    low, high = (good.low, good.high) if good else (rates[len(rates) // 2],) * 2
    return Tuned(new, judge.score(old), judge.score(new), float(low), float(high), wins)


def _wins(tuned: Experiment, judge: _Judge) -> Bool[np.ndarray, "starts runs"]:
    """From which of the surface's starts each run is the best of all."""
    points = np.array(problem_of(tuned).starts)
    columns = dict(zip(starts(points.shape[1]), points.T, strict=True))
    scores = np.stack([judge.scores(run, columns)[0] for run in tuned.runs], axis=1)
    return (scores == scores.min(axis=1, keepdims=True)) & np.isfinite(scores)
