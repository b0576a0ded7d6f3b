"""Mini-batches: which examples every gradient is made of, drawn without replacement within an epoch; or whose turn it is."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Bool

from landscapes import Examples, Problem

STREAM = 1  # beside the gradient noise, which has the plain seed


def batch_members(examples: int, batch_size: int | None, steps: int, seed: int) -> Bool[np.ndarray, "steps examples"]:
    """Per step, whether each example is in its batch.

    Every epoch shuffles all examples anew and deals them out in batches of `batch_size`, the last one taking what is
    left, so that each example is seen once per epoch. The same seed deals the same batches; more steps continue them.
    """
    if batch_size is None or batch_size >= examples:
        return np.ones((steps, examples), bool)
    per_epoch = -(-examples // batch_size)
    epochs = -(-steps // per_epoch)
    generator = np.random.default_rng([seed, STREAM])
    places = np.stack([generator.permutation(examples) for _ in range(epochs)])
    members = places[:, None, :] // batch_size == np.arange(per_epoch)[None, :, None]
    return members.reshape(-1, examples)[:steps]


def whose_turn(period: int, steps: int) -> Bool[np.ndarray, "steps period"]:
    """Per step, which of the losses that take turns it goes by."""
    return np.arange(steps)[:, None] % period == np.arange(period)


def handed_in(problem: Problem, examples: Examples | None) -> tuple[np.ndarray, ...]:
    """Inputs, targets and shares of examples, as programs take them that several problems share; of others, nothing."""
    if problem.pattern is None or examples is None:
        return ()
    return examples.inputs, examples.targets, examples.shares


def true_loss(problem: Problem, parameters: Mapping, examples: tuple[jax.Array, ...]) -> Callable:
    """The loss over all training examples, as a function of the position; `examples` are those that were handed in."""
    if not examples:
        return partial(problem.loss, **parameters)
    inputs, targets, shares = examples
    return _weighted_loss(problem, parameters, inputs, targets, shares)


def batch_loss(
    problem: Problem, parameters: Mapping, members: jax.Array, examples: tuple[jax.Array, ...] = ()
) -> Callable:
    """The mean loss over the examples that are members, as a function of the position."""
    assert problem.training is not None
    inputs, targets, *_ = examples or (problem.training.inputs, problem.training.targets)
    return _weighted_loss(problem, parameters, inputs, targets, members / jnp.sum(members))


def _weighted_loss(problem: Problem, parameters: Mapping, inputs: Any, targets: Any, weights: Any) -> Callable:
    def loss(position):
        each = jax.vmap(lambda x, y: problem.example_loss(position, x, y, **parameters))
        return jnp.dot(weights, each(inputs, targets))

    return loss


def turn_loss(problem: Problem, parameters: Mapping, members: jax.Array) -> Callable:
    """The one of the losses that take turns which is the member, as a function of the position."""
    turns = problem.turns
    assert turns is not None
    return lambda position: jnp.dot(members.astype(position.dtype), turns(position, **parameters))


def sampled_loss(
    problem: Problem, parameters: Mapping, members: Any, noise: Any, position: Any, examples: tuple[jax.Array, ...] = ()
) -> Callable:
    """The loss that one step goes by, as a function of the place: that of its batch or its turn, with its noise.

    Noise on the gradient is a tilt of the loss, so a rule that asks for the loss elsewhere gets the same noise.
    """
    of_batch: Callable = partial(problem.loss, **parameters)
    if problem.training is not None:
        of_batch = batch_loss(problem, parameters, members, examples)
    elif problem.turns is not None:
        of_batch = turn_loss(problem, parameters, members)
    return lambda at: of_batch(at) + jnp.dot(noise, at - position)
