"""Losses and answers of many networks at once: of every step of a path, and of every point of a plane."""

from collections.abc import Callable
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from experiments import handed_in, true_loss
from landscapes import Examples, Problem
from networks.architecture import Architecture
from networks.network import Network
from numerics import side_by_side
from surfaces import kept_with_landscape

TOGETHER = 32  # networks that are evaluated at once: what they need then stays in the cache
CALL = 16 * TOGETHER  # networks in a call of a compiled program, however many there are


def losses_at(
    problem: Network, l2: float, weights: Float[np.ndarray, "*networks dimension"], examples: Examples
) -> Float[np.ndarray, "*networks"]:
    """The loss over `examples` of every network whose weights are given, the penalty included."""
    compiled = partial(_losses(problem.pattern), np.float64(l2), handed_in(problem, examples))
    return in_calls(compiled, weights)


def losses_on_plane(
    problem: Network,
    l2: float,
    origin: Float[np.ndarray, " dimension"],
    directions: Float[np.ndarray, "2 dimension"],
    places: Float[np.ndarray, "*places 2"],
    examples: Examples,
) -> Float[np.ndarray, "*places"]:
    """The loss over `examples` of the networks at `places` of a plane, whose weights nobody keeps."""
    shared = np.float64(l2), handed_in(problem, examples), origin, directions
    return in_calls(partial(_losses_on_plane(problem.pattern), *shared), places)


def gradient_norms_at(
    problem: Network, architecture: Architecture, l2: float, weights: Float[np.ndarray, "*networks dimension"]
) -> Float[np.ndarray, "*networks layers"]:
    """How long the gradient of the training loss is in each layer, for all networks whose weights are given."""
    examples = handed_in(problem, problem.training)
    return in_calls(partial(_gradient_norms(problem.pattern, architecture), np.float64(l2), examples), weights)


def in_calls(compiled: Callable, weights: np.ndarray, size: int = CALL) -> np.ndarray:
    """What a program for `size` networks says of each of `weights`, in which what is not finite counts as 0.

    The last call is filled up with zeros.
    """
    rows = weights.reshape(-1, weights.shape[-1])

    def answer(start: int) -> np.ndarray:
        part = rows[start : start + size]
        filled = np.zeros((size, rows.shape[1]))
        filled[: len(part)] = np.nan_to_num(part)
        return np.asarray(compiled(filled))[: len(part)]

    answers: list[np.ndarray] = side_by_side(answer, range(0, len(rows), size))
    return np.concatenate(answers).reshape(*weights.shape[:-1], *answers[0].shape[1:])


def each(function: Callable, rows: jax.Array) -> jax.Array:
    """`function` of every row, TOGETHER of them at once."""
    return jax.lax.map(function, rows, batch_size=TOGETHER)


@kept_with_landscape
def _losses(pattern: Problem) -> Callable:
    return jax.jit(lambda l2, examples, rows: each(true_loss(pattern, {"l2": l2}, examples), rows))


@kept_with_landscape
def _losses_on_plane(pattern: Problem) -> Callable:
    def losses(l2, examples, origin, directions, places):
        loss = true_loss(pattern, {"l2": l2}, examples)
        return each(lambda place: loss(origin + place @ directions), places)

    return jax.jit(losses)


@kept_with_landscape
def _gradient_norms(pattern: Problem, architecture: Architecture) -> Callable:
    def norms(l2, examples, rows):
        slope = jax.grad(true_loss(pattern, {"l2": l2}, examples))
        return each(lambda weights: by_layer(slope(weights)), rows)

    def by_layer(gradient):
        parts = [gradient[layer.weights.start : layer.biases.stop] for layer in architecture.layers]
        return jnp.stack([jnp.linalg.norm(part) for part in parts])

    return jax.jit(norms)
