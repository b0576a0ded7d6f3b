"""Many runs side by side: what is one number for all of them, and what varies from lane to lane."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from experiments import Experiment, Run, numbers_of, optimizer_of, problem_of

LEARNING_RATE, NOISE = "learning_rate", "noise"
START = "start"  # of its coordinates, which are columns of their own: start0, start1, …


@dataclass(frozen=True, eq=False)
class Lanes:
    """Runs of one rule on one problem that differ in some of their numbers.

    Args:
      experiment: what all of them share, without its runs.
      run: likewise, with its schedule and its limits.
      varying: per name in `columns` the number of every lane, of shape (lanes,); everything else is as in `experiment`
        and `run`.

    Raises:
      ValueError: a name is no column, or the columns are not equally long.
    """

    experiment: Experiment
    run: Run
    varying: Mapping[str, Float[np.ndarray, " lanes"]]

    def __post_init__(self) -> None:
        names = columns(self.experiment, self.run)
        for name in self.varying:
            if name not in names:
                raise ValueError(f"varying has {name!r}; allowed: {', '.join(names)}")
        if len({len(values) for values in self.varying.values()}) != 1:
            raise ValueError("varying has columns of different lengths, or none; allowed: one number per lane")

    def __len__(self) -> int:
        return len(next(iter(self.varying.values())))

    @property
    def indices(self) -> tuple[int, ...]:
        """Which columns vary, in their own order: the same ones always make the same program."""
        names = columns(self.experiment, self.run)
        return tuple(index for index, name in enumerate(names) if name in self.varying)

    @property
    def values(self) -> Float[np.ndarray, "lanes varying"]:
        """What varies, a row per lane."""
        names = columns(self.experiment, self.run)
        return np.stack([np.asarray(self.varying[names[index]], np.float64) for index in self.indices], axis=1)

    @property
    def shared(self) -> Float[np.ndarray, " columns"]:
        """One number per column: what lanes have that do not vary in it."""
        rate = self.run.hyperparameters[LEARNING_RATE]
        parameters = self.experiment.landscape_parameters.values()
        return np.array([*numbers_of(self.experiment, self.run), rate, self.experiment.noise, *parameters])


def at_numbers(experiment: Experiment, run: Run, varying: Mapping[str, np.ndarray]) -> Lanes:
    """Lanes that differ in `varying`, and have start and learning rate as columns of their own, whether these differ or not:
    so one program serves a sweep over rates, a search, and a look at other starts."""
    count = len(next(iter(varying.values())))
    start = experiment.start if run.start is None else run.start
    assert start is not None
    alike = {**dict(zip(starts(len(start)), start, strict=True)), LEARNING_RATE: run.hyperparameters[LEARNING_RATE]}
    return Lanes(experiment, run, {**{name: np.full(count, value) for name, value in alike.items()}, **varying})


def columns(experiment: Experiment, run: Run) -> tuple[str, ...]:
    """The names of all that may vary, in the order in which the compiled loop takes them."""
    problem, optimizer = problem_of(experiment), optimizer_of(run)
    return (
        *starts(problem.dimension),
        *("clip_norm", "clip_value", "factor", "patience"),
        *(name for name in optimizer.hyperparameters if name != LEARNING_RATE),
        *(LEARNING_RATE, NOISE),
        *problem.parameters,
    )


def starts(dimension: int) -> tuple[str, ...]:
    """The names of the columns of a start."""
    return tuple(f"{START}{index}" for index in range(dimension))


def clips(run: Run) -> bool:
    """Whether its gradients have a limit."""
    return run.clip_norm is not None or run.clip_value is not None
