"""What networks have learned: their answers over the inputs, and how often they are right."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import jax
import numpy as np
from jaxtyping import Float, Int

from landscapes import Examples, Problem
from networks.architecture import Architecture
from networks.evaluation import each, in_calls
from networks.network import network_problem
from networks.training import Training
from surfaces import kept_with_landscape

MOST_FRAMES = 51  # steps at which answers are found
SIDE = 32  # points along each of two inputs
ALONG = 121  # along a single one
MARGIN = 0.1  # around the examples, of their extent
CALL = 64  # networks in a call of the compiled program


@dataclass(frozen=True, eq=False)
class Answers:
    """What every run's network answers at some `steps`, before any squashing; NaN where the run is lost.

    Args:
      axes: of the first input and, if there is one, of the second.
      values: over the points of the axes; of two, the first axis is the second input.
      accuracy, held_out_accuracy: the share of examples whose class is right; None where numbers are learned.
    """

    steps: Int[np.ndarray, " steps"]
    axes: tuple[np.ndarray, ...]
    values: Float[np.ndarray, "runs steps *points"]
    accuracy: Float[np.ndarray, "runs steps"] | None
    held_out_accuracy: Float[np.ndarray, "runs steps"] | None


def frames(steps: int) -> Int[np.ndarray, " frames"]:
    """The steps of a path at which what takes long is found, evenly spread from the start to the last."""
    return np.unique(np.linspace(0, steps, MOST_FRAMES).round().astype(int))


def answers(training: Training) -> Answers:
    """What the networks answer over the inputs, and how often they are right, at evenly spread steps."""
    problem, steps = network_problem(training.experiment), frames(training.experiment.steps)
    axes = _axes(problem.training, problem.held_out)
    points = np.stack([axis.ravel() for axis in np.meshgrid(*axes)], axis=1)
    values = answers_at(training, steps, points)
    accuracy = held_out_accuracy = None
    if training.experiment.data_set.task == "classification":
        accuracy, held_out_accuracy = (
            _accuracy(answers_at(training, steps, part.inputs)[..., : len(part)], part.targets[: len(part)])
            for part in (problem.training, problem.held_out)
        )
    sizes = [len(axis) for axis in reversed(axes)]
    return Answers(steps, axes, values.reshape(*values.shape[:2], *sizes), accuracy, held_out_accuracy)


def answers_at(
    training: Training, steps: Int[np.ndarray, " steps"], inputs: Float[np.ndarray, "points features"]
) -> Float[np.ndarray, "runs steps points"]:
    """What the networks answer to `inputs` at `steps`; NaN where a run is lost."""
    problem = network_problem(training.experiment)
    compiled = partial(_answers(problem.pattern, training.experiment.architecture), inputs)
    found = in_calls(compiled, training.weights[:, steps], CALL)
    return np.where((steps <= training.last[:, None])[..., None], found, np.nan)


@kept_with_landscape
def _answers(_: Problem, architecture: Architecture) -> Callable:
    of_all = jax.vmap(architecture.output, in_axes=(None, 0))
    return jax.jit(lambda inputs, rows: each(lambda weights: of_all(weights, inputs), rows))


def _accuracy(outputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """The share that lies on the right side of the boundary, which belongs to the class +1; NaN where a run is lost."""
    right = (np.where(outputs >= 0, 1.0, -1.0) == targets).mean(axis=-1)
    return np.where(np.isnan(outputs).any(axis=-1), np.nan, right)


def _axes(training: Examples, held_out: Examples) -> tuple[np.ndarray, ...]:
    """Evenly spread inputs around all examples."""
    inputs = np.concatenate([training.inputs[: len(training)], held_out.inputs[: len(held_out)]])
    low, high = inputs.min(axis=0), inputs.max(axis=0)
    margin = MARGIN * (high - low).max()
    count = SIDE if inputs.shape[1] > 1 else ALONG
    return tuple(np.linspace(first - margin, last + margin, count) for first, last in zip(low, high, strict=True))
