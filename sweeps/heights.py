"""How high losses are: above the lowest value that is known, from the loss at the start."""

import numpy as np

from experiments import Experiment, Run, loss_and_gradient, problem_of
from landscapes import Landscape

NEGLIGIBLE = 1e-3  # of the height of the start: a run that is below it has arrived


def start_loss(experiment: Experiment, run: Run) -> float:
    """The loss where `run` starts."""
    start = experiment.start if run.start is None else run.start
    assert start is not None
    return loss_and_gradient(experiment, start)[0]


def lowest_of(experiment: Experiment, losses: np.ndarray) -> float:
    """The lowest value of the problem; where none is known, the lowest of `losses`, of which one must be finite."""
    problem = problem_of(experiment)
    known = problem.minimum if isinstance(problem, Landscape) else None
    finite = losses[np.isfinite(losses)]
    seen = float(finite.min()) if finite.size else np.inf
    return seen if known is None else min(known, seen)


def as_losses(losses: np.ndarray) -> np.ndarray:
    """Losses that can be compared: what is not a number, or beyond all numbers, is infinite."""
    return np.where(np.isfinite(losses), losses, np.inf)
