"""The declaration of a lesson on networks: a question, an experiment that answers it, and claims that it must keep."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from catalogue import Entry
from networks.experiment import NetworkExperiment
from networks.training import Training


@dataclass(frozen=True)
class Evidence:
    """What a training shows of a claim: whether it holds there, and the numbers that say so, in a sentence."""

    holds: bool
    words: str


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Something that a lesson says of its picture, as a function of whatever experiment is on the page.

    Args:
      evidence: `evidence(training)`, whose numbers are computed from what was trained.
      broken_by: an experiment within the student's reach in which the claim does not hold.
    """

    evidence: Callable[[Training], Evidence]
    broken_by: NetworkExperiment

    def __call__(self, experiment: NetworkExperiment, training: Training) -> Evidence:
        return self.evidence(training)


@dataclass(frozen=True, kw_only=True, eq=False)
class NetworkLesson(Entry):
    """A ready-made experiment on a network, with a few words.

    Args:
      place: in the menu; any number, so that a new lesson can stand between two others.
      question: what is asked before anything moves.
      explanation: why it is so.
      try_next: what to change afterwards.
      experiment: what is trained.
      claims: what the picture shows.
    """

    place: float
    question: str
    explanation: str
    try_next: str
    experiment: NetworkExperiment
    claims: tuple[Claim, ...]


def fall(training: Training, run: int) -> float:
    """By which share of the first loss the last one of a run is lower; less than nothing where it is lost."""
    last = training.losses[run, -1]
    return float(1 - last / training.losses[run, 0]) if np.isfinite(last) else -np.inf
