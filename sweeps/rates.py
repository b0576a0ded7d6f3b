"""The same runs at many learning rates: what each rule forgives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float

from catalogue import POSITIVE, finite, in_range, whole
from experiments import MAX_SEED, Experiment, Run, draws_batches, optimizer_of, problem_of
from sweeps.heights import NEGLIGIBLE, as_losses, lowest_of, start_loss
from sweeps.lanes import LEARNING_RATE, at_numbers
from sweeps.lost import is_lost
from sweeps.many import run_lanes
from sweeps.program import Ends

MOST_RATES, MOST_SEEDS = 2000, 50
USUAL_RATES = 200
BEYOND = 1e3  # how far the usual sweep goes to either side of the rules' defaults
AS_GOOD = 2.0  # times the best loss: what a rate may end with that is called as good


@dataclass(frozen=True, eq=False)
class RateSweep:
    """What became of every run at every rate, once per seed.

    A loss that is not a number is infinite here. `diverged` tells which runs are lost: not finite at some step, or a
    thousand times as far away in the end as the view is wide.
    """

    rates: Float[np.ndarray, " rates"]
    final_losses: Float[np.ndarray, "runs rates seeds"]
    best_losses: Float[np.ndarray, "runs rates seeds"]
    diverged: Bool[np.ndarray, "runs rates seeds"]


@dataclass(frozen=True)
class Range:
    """The rates around the best one that are as good as it, and whether they go on beyond the sweep's ends."""

    low: float
    high: float
    best: float
    is_open: bool

    @property
    def factor(self) -> float:
        """By how much the rate may be off, from one end to the other."""
        return self.high / self.low


def rate_sweep(experiment: Experiment, rates: Sequence[float] | np.ndarray, seeds: int = 1) -> RateSweep:
    """Every run of `experiment` at each of `rates`, its schedule and all else unchanged.

    Args:
      rates: at most 2000 positive numbers.
      seeds: with how many seeds, that of the experiment being the first; where nothing is drawn all are alike.

    Raises:
      ValueError: naming the field, the value and what is allowed.
    """
    checked = _checked(rates)
    count = whole("seeds", seeds, 1, MOST_SEEDS)
    drawn = count if is_noisy(experiment) else 1
    ends = [[_at_rates(with_seed(experiment, k), run, checked) for k in range(drawn)] for run in experiment.runs]

    def stacked(part: Callable[[Ends], np.ndarray]) -> np.ndarray:
        values = np.array([[part(end) for end in of_run] for of_run in ends])
        return np.repeat(np.moveaxis(values, 1, -1), count // drawn, axis=-1)

    problem = problem_of(experiment)
    final = stacked(lambda end: as_losses(end.losses))
    best = stacked(lambda end: as_losses(end.best_losses))
    return RateSweep(checked, final, best, stacked(lambda end: is_lost(problem, end)))


def usual_rates(experiment: Experiment, count: int = USUAL_RATES) -> Float[np.ndarray, " rates"]:
    """Rates on a logarithmic axis, far to both sides of the rules' defaults; the rates on the page are among them."""
    present = [run.hyperparameters[LEARNING_RATE] for run in experiment.runs]
    defaults = [optimizer_of(run).hyperparameters[LEARNING_RATE].default for run in experiment.runs]
    return np.geomspace(min(*present, min(defaults) / BEYOND), max(*present, max(defaults) * BEYOND), count)


def as_good_rates(experiment: Experiment, sweep: RateSweep, run: int) -> Range | None:
    """Around the best rate of a run, those that end at most twice as high above the lowest value.

    Heights below a thousandth of the start's count as that, since all of them have arrived. None if no rate ends below
    the start.
    """
    ends = np.median(sweep.final_losses[run], axis=-1)
    lowest = lowest_of(experiment, sweep.best_losses)
    height = start_loss(experiment, experiment.runs[run]) - lowest
    above = np.maximum(ends - lowest, NEGLIGIBLE * height)
    best = int(np.argmin(above))
    if not above[best] < height:
        return None
    good = above <= AS_GOOD * above[best]
    first, last = best, best
    while first > 0 and good[first - 1]:
        first -= 1
    while last < len(good) - 1 and good[last + 1]:
        last += 1
    low, high = float(sweep.rates[first]), float(sweep.rates[last])
    middle = float(np.sqrt(low * high)) if above[best] == NEGLIGIBLE * height else float(sweep.rates[best])
    return Range(low, high, middle, first == 0 or last == len(good) - 1)


def is_noisy(experiment: Experiment) -> bool:
    """Whether anything about its gradients is drawn, so that another seed is another run."""
    return experiment.noise > 0 or draws_batches(experiment)


def with_seed(experiment: Experiment, further: int) -> Experiment:
    """The same with the seed that comes so many later."""
    return replace(experiment, seed=(experiment.seed + further) % (MAX_SEED + 1))


def _at_rates(experiment: Experiment, run: Run, rates: np.ndarray) -> Ends:
    return run_lanes(at_numbers(experiment, run, {LEARNING_RATE: rates}))


def _checked(rates: Sequence[float] | np.ndarray) -> Float[np.ndarray, " rates"]:
    given = list(np.asarray(rates).tolist()) if np.ndim(rates) == 1 else []
    if not 1 <= len(given) <= MOST_RATES:
        said = f"{len(given):,} of them" if given else repr(rates)
        raise ValueError(f"rates is {said}; allowed: 1 to {MOST_RATES} positive numbers")
    return np.array([in_range("rate", finite("rate", rate), POSITIVE) for rate in given])
