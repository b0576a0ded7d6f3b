"""What a paper promises of its rule, as a sentence and a check that could fail."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from jaxtyping import Float


class Ground(NamedTuple):
    """A loss of a position, and where a run on it starts."""

    loss: Callable
    start: tuple[float, ...]


@dataclass(frozen=True)
class Path:
    """One run: index 0 of `positions` and `losses` is the start; `states` holds what the rule shows, after each step."""

    positions: Float[np.ndarray, "steps_and_start d"]
    losses: Float[np.ndarray, " steps_and_start"]
    gradients: Float[np.ndarray, "steps d"]
    updates: Float[np.ndarray, "steps d"]
    learning_rates: Float[np.ndarray, " steps"]
    states: dict[str, np.ndarray]


@dataclass(frozen=True)
class Promise:
    """Something that a rule keeps to, on which its paper or its name rests.

    Args:
      words: one sentence for a student.
      kept: `kept(run)` tells whether. `run(ground, steps=60, rule=None, schedule="constant", **hyperparameters)` gives
        the `Path` of the rule, or of another by its slug; hyperparameters that are not named are at their defaults.
    """

    words: str
    kept: Callable[[Callable[..., Path]], Any]


RAVINE = Ground(lambda position: (position[0] ** 2 + 37.0 * position[1] ** 2) / 2, (-1.7, 1.3))
CURVATURES = np.array([1.0, 37.0])  # of the ravine
HILLS = Ground(
    lambda position: (position[0] ** 2 + position[1] - 11) ** 2 + (position[0] + position[1] ** 2 - 7) ** 2,
    (-0.3, -0.9),
)
VALLEY = Ground(
    lambda position: (1 - position[0]) ** 2 + 100 * (position[1] - position[0] ** 2) ** 2, (-0.4, 2.3)
)  # Rosenbrock's
BUMPS = Ground(lambda position: jnp.sum(position**2 - 10 * jnp.cos(2 * jnp.pi * position)), (2.4, -1.3))  # Rastrigin's
SLOPE = Ground(lambda position: 3.0 * position[0] - 0.2 * position[1], (0.0, 0.0))
TURN = np.array([[np.cos(0.7), -np.sin(0.7)], [np.sin(0.7), np.cos(0.7)]])
TURNED_RAVINE = Ground(lambda position: RAVINE.loss(position @ TURN), tuple((TURN @ RAVINE.start).tolist()))


def lengths(vectors: np.ndarray) -> np.ndarray:
    """The length of each vector; the last axis is its coordinates."""
    return np.linalg.norm(vectors, axis=-1)


def close(one: Any, other: Any, tolerance: float = 1e-9) -> bool:
    """Whether numbers agree to this share of them."""
    return np.allclose(one, other, rtol=tolerance, atol=1e-12)


def average(values: np.ndarray, decay: float) -> np.ndarray:
    """At every step, the values so far averaged with a weight that shrinks by `decay` with each step of age.

    The weights are normalized, as by a bias correction, and written out as the sum that they are.
    """
    weights = _weights(len(values), decay)
    return weights @ values / weights.sum(axis=1, keepdims=True)


def average_from_first(values: np.ndarray, decay: float) -> np.ndarray:
    """The moving average of values that begins as the first of them, and so needs no correction."""
    weights = (1 - decay) * _weights(len(values), decay)
    weights[:, 0] /= 1 - decay
    return weights @ values


def decayed_sum(values: np.ndarray, decay: float) -> np.ndarray:
    """At every step, the sum of the values so far, each times `decay` once for every step of its age."""
    return _weights(len(values), decay) @ values


def _weights(count: int, decay: float) -> np.ndarray:
    """Row by row the weights at one step of what was seen at every step."""
    age = np.subtract.outer(np.arange(count), np.arange(count))
    return np.where(age >= 0, np.float64(decay) ** np.maximum(age, 0), 0.0)
