"""The learning rate at which a rule shows its character on this surface from this start, found by trying."""

import numpy as np

from experiments.experiment import Experiment, Run, optimizer_of, problem_of
from experiments.paths import sweep_paths
from experiments.simulation import sweep_rates
from landscapes import Landscape, Problem
from surfaces import view_diagonal

MANTISSAS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
STEPS = 300  # the sweep looks at no more: a character shows early
MOST_STRAYING = 0.05  # of the view's diagonal
NEARLY = 0.88
ARRIVED = 1e-3
TINY = 1e-300


def suggested_rate(experiment: Experiment, run: Run) -> float:
    """Sweeps round learning rates for `run`, in place of the experiment's runs, and picks one.

    Of the rates whose path stays on the drawn surface, the smallest that descends nearly as well as the best: fast, but
    neither off the picture nor at the goal by one lucky jump. If every path leaves, the one that strays least. Of a
    problem without a picture, every finite path stays. The same every time, and without a table: a new rule or surface
    needs no entry anywhere.
    """
    rates = candidate_rates(run)
    short = Experiment(
        experiment.landscape,
        experiment.landscape_parameters,
        start=experiment.start,
        steps=min(experiment.steps, STEPS),
        runs=(run,),
        seed=experiment.seed,
        noise=experiment.noise,
        batch_size=experiment.batch_size,
    )
    sweep = sweep_rates if problem_of(experiment).pattern is None else sweep_paths
    swept = sweep(short, run, rates)
    strays = _straying(problem_of(experiment), swept.positions)
    stays = strays <= MOST_STRAYING
    if not stays.any():
        return rates[int(np.argmin(strays))]
    descent = np.where(stays, _descent(experiment, swept.losses, stays), -np.inf)
    if not np.isfinite(descent).any():
        return rates[int(np.argmin(strays))]
    return rates[int(np.argmax(descent >= NEARLY * descent.max()))]


def candidate_rates(run: Run) -> tuple[float, ...]:
    """64 round rates around the rule's default, ten per decade."""
    default = optimizer_of(run).hyperparameters["learning_rate"].default
    lowest = int(np.floor(np.log10(default))) - 4
    return tuple(float(f"{mantissa}e{lowest + decade}") for decade in range(7) for mantissa in MANTISSAS)[:64]


def _straying(problem: Problem, positions: np.ndarray) -> np.ndarray:
    """Per path, how far it gets out of the view at most, in diagonals; infinite if it diverges.

    A problem without a view has none to leave.
    """
    low, high = np.array(problem.view).T if isinstance(problem, Landscape) else (positions, positions)
    diagonal = view_diagonal(problem) if isinstance(problem, Landscape) else 1.0
    with np.errstate(invalid="ignore"):
        outside = np.maximum(np.maximum(low - positions, positions - high), 0.0).max(axis=(1, 2)) / diagonal
    return np.where(np.isfinite(outside), outside, np.inf)


def _descent(experiment: Experiment, losses: np.ndarray, stays: np.ndarray) -> np.ndarray:
    """Per path, by how many powers of e its loss lies below the start's on average, down to a thousandth of it.

    Minus infinity for a path that does not end below its start. Where no lowest value is known, the lowest that a
    path which stays on it has seen is taken for it.
    """
    problem = problem_of(experiment)
    minimum = problem.minimum if isinstance(problem, Landscape) else None
    lowest = float(np.nanmin(losses[stays])) if minimum is None else minimum
    with np.errstate(invalid="ignore"):
        gap = np.maximum(losses - lowest, 0.0)
    drop = np.log(gap[:, :1] + TINY) - np.log(gap + ARRIVED * gap[:, :1] + TINY)
    climbs = ~(losses[:, -1] < losses[:, 0])
    return np.where(climbs, -np.inf, np.nan_to_num(drop.mean(axis=1), nan=-np.inf))
