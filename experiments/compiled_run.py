"""The compiled loop of one rule on one problem, and what happens to gradient and rate in a step of it."""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import optax

from experiments.batches import sampled_loss, true_loss
from experiments.record import layout, row, width
from landscapes import Problem
from optimizers import Optimizer
from surfaces import kept_with_landscape

UNMOVED = (1.0, math.inf, 0.0)  # the reaction of a schedule before the first step
STALLED = 1e-4  # of the best loss so far: what a loss must fall by to count as lower, as in PyTorch and optax


class Limits(NamedTuple):
    """What gradients are clipped to: infinite for what has no limit."""

    norm: Any  # of the whole gradient
    value: Any  # of the size of each component


class Numbers(NamedTuple):
    """What is adjustable about a run. The loop takes it as one vector, since every array that goes in costs time."""

    start: Any
    limits: Limits | None  # None for none
    factor: Any  # on the rate after a loss that has stalled
    patience: Any  # for how many steps it may
    hyperparameters: Mapping[str, Any]  # all but the learning rate

    @classmethod
    def of_vector(cls, vector: Any, problem: Problem, optimizer: Optimizer) -> "Numbers":
        """Takes apart what stands there in this order, in one array or as a list of numbers."""
        clip_norm, clip_value, factor, patience, *others = vector[problem.dimension :]
        names = [name for name in optimizer.hyperparameters if name != "learning_rate"]
        hyperparameters = dict(zip(names, others, strict=True))
        limits = Limits(clip_norm, clip_value)
        return cls(vector[: problem.dimension], limits, factor, patience, hyperparameters)


@kept_with_landscape
def compiled_run(problem: Problem, optimizer: Optimizer, brief: bool = False) -> jax.stages.Wrapped:
    """The jitted loop of one rule on one problem.

    It takes the problem's parameters, the run's `Numbers`, rate, noise and batch of every step, and the examples, where
    several problems share the loop. It returns one row per step, of the fields of `layout`; row `steps` is where the last
    step led, and only its position and loss count.

    The record has a padded length and the loop stops at the traced number of steps: neither costs a compilation when
    the steps change, and steps that are not asked for are not computed. It is one array, since one for every field makes
    a run half as long again. Runs are separate calls: batching them is no faster on a processor, rounds differently with
    every other run on the page, and would need a compilation when one is added.
    """
    fields = layout(optimizer, problem.dimension, brief)

    def run(parameters, numbers, rates, noise, members, steps, examples=()):
        def body(index, carry):
            *moving, record = carry
            # Taken apart inside the loop: outside, each number is a kernel, and a call of many is spread over threads,
            # which takes longer than the run.
            surface, vector, _ = jax.lax.optimization_barrier((parameters, numbers, index))
            named = dict(zip(problem.parameters, surface, strict=True))
            drawn = rates[index], noise[index], members[index] if problem.parts else None, examples
            moved, recorded = one_step(
                problem, optimizer, named, Numbers.of_vector(vector, problem, optimizer), drawn, *moving
            )
            return *moved, jax.lax.dynamic_update_index_in_dim(record, row(fields, recorded), index, 0)

        start, *_, hyperparameters = Numbers.of_vector(numbers, problem, optimizer)
        state = jax.tree.map(jnp.asarray, optimizer.make(learning_rate=rates[0], **hyperparameters).init(start))
        reaction = jnp.array(UNMOVED)
        record = jnp.zeros((len(rates) + 1, width(fields)))
        return jax.lax.fori_loop(0, steps + 1, body, (start, state, reaction, record))[-1]

    return jax.jit(run)


def one_step(problem: Problem, optimizer: Optimizer, parameters, numbers: Numbers, drawn, position, state, reaction):
    """One step: what it leads to (position, state, reaction of the schedule), and what is recorded of it, by name.

    `numbers.limits` may be None for no clipping, and `reaction` None for a schedule that does not react: either is a
    part of the work that is not even compiled.
    """
    rate, noise, members, examples = drawn

    sampled = sampled_loss(problem, parameters, members, noise, position, examples)
    true = true_loss(problem, parameters, examples)(position)
    if reaction is not None:
        reaction = _react(reaction, true, numbers.factor, numbers.patience)
        rate = rate * reaction[0]
    rule = optax.with_extra_args_support(optimizer.make(learning_rate=rate, **numbers.hyperparameters))
    received, clipped, update, state = _advance(rule, state, position, sampled, numbers.limits)
    shared = {
        "position": position,
        "loss": true,
        "gradient": received,
        "update": update,
        "learning_rate": rate,
        "clipped": clipped,
    }
    shown = {name: optax.tree.get(state, name) for name in optimizer.shows}
    return (position + update, state, reaction), {"shared": shared, "state": shown}


def _advance(rule, state, position, sampled, limits):
    """One step of `rule` by the clipped slope of `sampled`: that slope, whether it was clipped, the update, the new state.

    A rule that steps by a slope elsewhere gets that one clipped, too, and whether it was shows in the step.
    """
    asked: list = []
    value, gradient = jax.value_and_grad(sampled)(position)

    def clipped_gradient(at):
        asked.append(at)
        return clip(jax.grad(sampled)(at), limits)[0]

    def update(received, grad_fn):
        extra = {"value": value, "grad": received, "value_fn": sampled, "grad_fn": grad_fn}
        return rule.update(received, state, position, **extra)

    received, clipped = clip(gradient, limits)
    step, new_state = update(received, clipped_gradient)
    if asked:
        clipped |= jnp.any(jnp.abs(step - update(gradient, jax.grad(sampled))[0]) > 0)
    return received, clipped, step, jax.tree.map(lambda new, old: jnp.asarray(new, old.dtype), new_state, state)


def _react(reaction, loss, factor, patience):
    """Lowers the factor on the rate once the loss has not fallen for over `patience` steps.

    The rule of PyTorch's ReduceLROnPlateau; `reaction` is the factor so far, the best loss and the steps since it.
    """
    scale, best, waited = reaction
    falls = loss < best * (1 - STALLED * jnp.sign(best))
    waited = jnp.where(falls, 0, waited + 1)
    lowers = waited > patience
    scale, waited = jnp.where(lowers, scale * factor, scale), jnp.where(lowers, 0, waited)
    return jnp.array([scale, jnp.where(falls, loss, best), waited])


def clip(gradient, limits: Limits | None):
    """`gradient` with each component cut to the limit of its size, then scaled down to that of the whole; and whether.

    One that overflowed is left alone. Its length is in units of its largest component, since squares of large ones would
    overflow.
    """
    if limits is None:
        return gradient, jnp.array(False)
    largest = jnp.max(jnp.abs(gradient))
    cut = jnp.where(jnp.isfinite(largest), jnp.clip(gradient, -limits.value, limits.value), gradient)
    scale = jnp.where(largest == 0, 1.0, jnp.minimum(largest, limits.value))
    norm = jnp.linalg.norm(cut / scale)
    is_longer = jnp.isfinite(largest) & (scale * norm > limits.norm)
    is_clipped = is_longer | (jnp.isfinite(largest) & (largest > limits.value))
    return jnp.where(is_longer, cut / scale * (limits.norm / norm), cut), is_clipped
