"""The declaration of a data set that networks learn."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from catalogue import NOT_NEGATIVE, Entry, Parameter

TASKS = ("classification", "regression")
NOISE = Parameter(
    default=0.1,
    low=0.0,
    high=0.5,
    symbol=r"\sigma",
    allowed=NOT_NEGATIVE,
    help="How far the examples stray: the standard deviation of the normal error added to each.",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class DataSet(Entry):
    """Examples to be drawn, as many as wanted, the same for the same seed.

    Args:
      task: one of TASKS. Classes are −1 and +1.
      features: how many numbers an input has, 1 or 2.
      sample: `sample(generator, count, noise)` returns inputs (count, features) and targets (count,), in any order;
        all within about 2 of the origin.
      teaches: one sentence for a student.
      noise: how much the examples stray.
      reference: where it comes from.
    """

    task: str
    features: int
    sample: Callable[[np.random.Generator, int, float], tuple[np.ndarray, np.ndarray]]
    teaches: str
    noise: Parameter = NOISE
    reference: str = ""

    def __post_init__(self) -> None:
        if self.task not in TASKS:
            raise ValueError(f"data set {self.slug}: task {self.task!r} is not one of {', '.join(TASKS)}")
        if self.features not in (1, 2):
            raise ValueError(f"data set {self.slug}: features is {self.features}; allowed: 1 or 2")


def halves(count: int) -> np.ndarray:
    """Two classes, −1 and +1 in turn: as many of one as of the other, or one more."""
    return np.where(np.arange(count) % 2 == 0, -1.0, 1.0)
