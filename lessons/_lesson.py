"""The declaration of one lesson: a question, an experiment that answers it, and claims that the picture must keep."""

from collections.abc import Callable
from dataclasses import dataclass

from catalogue import Entry
from experiments import Experiment, Trajectory
from lessons._controls import Control

CHAPTERS = (
    "The learning rate",
    "Momentum",
    "A rate for each direction",
    "Noise and decay",
    "The shape of the surface",
)


@dataclass(frozen=True)
class Answer:
    """One of the answers to choose from: the right one, or a misconception that students have."""

    text: str
    right: bool = False


@dataclass(frozen=True)
class Evidence:
    """What an experiment shows of a claim: whether it holds there, and the numbers that say so, in a sentence."""

    holds: bool
    words: str


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Something that a lesson says of its picture, as a function of whatever experiment is on the page.

    Args:
      evidence: `evidence(experiment, trajectory)`. It computes its numbers from what was simulated, and where a student's
        change has made the phenomenon go away it says so, with `holds` False.
      broken_by: an experiment within the student's reach in which the claim does not hold.
    """

    evidence: Callable[[Experiment, Trajectory], Evidence]
    broken_by: Experiment

    def __call__(self, experiment: Experiment, trajectory: Trajectory) -> Evidence:
        return self.evidence(experiment, trajectory)


@dataclass(frozen=True, kw_only=True, eq=False)
class Lesson(Entry):
    """A question to a class, and the picture that answers it.

    Args:
      chapter: from 1, one of CHAPTERS.
      place: within the chapter; any number, so that a new lesson can stand between two others.
      minutes: how long it takes in class.
      question: what is asked before anything moves.
      answers: two to four, one of them right.
      experiment: what is drawn.
      watch: what to watch for while it plays.
      explanation: why it is so.
      try_next: what to change afterwards.
      controls: the one to three numbers or choices that a student is asked to change.
      claims: what the picture shows.
      seeds: where chance plays a part, the claims hold for the seeds 0 to this number less one.
      scale: how the contour levels are spaced, `log` or `linear`.
    """

    chapter: int
    place: float
    minutes: int
    question: str
    answers: tuple[Answer, ...]
    experiment: Experiment
    watch: str
    explanation: str
    try_next: str
    controls: tuple[Control, ...]
    claims: tuple[Claim, ...]
    seeds: int = 1
    scale: str = "log"

    def __post_init__(self) -> None:
        if not 1 <= self.chapter <= len(CHAPTERS):
            raise ValueError(f"lesson {self.slug}: chapter is {self.chapter}; allowed: 1 to {len(CHAPTERS)}")
        if not 2 <= len(self.answers) <= 4 or sum(answer.right for answer in self.answers) != 1:
            raise ValueError(f"lesson {self.slug}: allowed are two to four answers, one of them right")
        if not 1 <= len(self.controls) <= 3:
            raise ValueError(f"lesson {self.slug}: {len(self.controls)} controls; allowed: 1 to 3")
        if not self.claims:
            raise ValueError(f"lesson {self.slug}: a lesson needs a claim that its picture keeps")
