"""Runs an experiment: one compiled loop per rule and surface, every number traced, so that no slider compiles."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jaxtyping import Float, Int

from experiments.experiment import Experiment, Run, landscape_of, optimizer_of, schedule_of
from landscapes import Landscape
from optimizers import Optimizer

PADDED_STEPS = (2048, 10_240)
COMMON = 7  # columns that every rule records: position, loss, gradient, update


@dataclass(frozen=True, eq=False)
class Trajectory:
    """What came out, in float64; the leading axis is the runs, in the experiment's order.

    Index 0 of `positions` and `losses` is the start. `gradients` are as the rule received them: with noise, clipped.
    `states` holds per run the fields that the rule's `shows` names, after each step. `diverged_at` is the first index
    whose position or loss is not finite, -1 for never; all arrays keep their full length after it.
    """

    positions: Float[np.ndarray, "runs steps_and_start 2"]
    losses: Float[np.ndarray, "runs steps_and_start"]
    gradients: Float[np.ndarray, "runs steps 2"]
    updates: Float[np.ndarray, "runs steps 2"]
    learning_rates: Float[np.ndarray, "runs steps"]
    states: tuple[dict[str, np.ndarray], ...]
    diverged_at: Int[np.ndarray, " runs"]


def simulate(experiment: Experiment) -> Trajectory:
    """Runs every optimizer of `experiment` from its start and records each step.

    Order of a step: gradient at the position, noise added, clipped by norm, handed to the rule with the learning rate
    that the schedule gives for this step, and the rule's update added to the position.
    """
    return simulate_runs(experiment, experiment.runs)


def sweep_rates(experiment: Experiment, run: Run, rates: Sequence[float]) -> Trajectory:
    """The same run at each of `rates`; the leading axis is the rates."""
    return simulate_runs(experiment, tuple(with_rate(run, rate) for rate in rates))


def with_rate(run: Run, rate: float) -> Run:
    """The same run at another learning rate."""
    return replace(run, hyperparameters={**run.hyperparameters, "learning_rate": rate})


def simulate_runs(experiment: Experiment, runs: Sequence[Run]) -> Trajectory:
    """Simulates `runs`, however many, in place of the experiment's own."""
    rates = np.stack([learning_rates(run, experiment.steps) for run in runs])
    length = next(size for size in PADDED_STEPS if size >= experiment.steps)
    padded_rates, noise = _padded(rates.T, length).T, _padded(gradient_noise(experiment), length)
    records = [_start(experiment, run, rate, noise) for run, rate in zip(runs, padded_rates, strict=True)]
    rows = [np.asarray(record)[: experiment.steps + 1] for record in records]
    common = np.stack([row[:, :COMMON] for row in rows])
    positions, losses = common[:, :, :2], common[:, :, 2]
    gradients, updates = common[:, :-1, 3:5], common[:, :-1, 5:7]
    states = tuple(_shown(optimizer_of(run), row[:-1, COMMON:]) for run, row in zip(runs, rows, strict=True))
    return Trajectory(positions, losses, gradients, updates, rates, states, first_not_finite(positions, losses))


def learning_rates(run: Run, steps: int) -> Float[np.ndarray, " steps"]:
    """The rate of every step: the run's own times its schedule."""
    factor = schedule_of(run).multiplier(np.arange(steps), steps, **run.schedule_parameters)
    return run.hyperparameters["learning_rate"] * np.broadcast_to(np.asarray(factor, np.float64), (steps,))


def gradient_noise(experiment: Experiment) -> Float[np.ndarray, "steps 2"]:
    """The same draws for every run, so that the comparison is fair; more steps continue the same sequence."""
    if experiment.noise == 0:
        return np.zeros((experiment.steps, 2))
    generator = np.random.default_rng(experiment.seed)
    return experiment.noise * generator.standard_normal((experiment.steps, 2))


def true_loss(experiment: Experiment) -> Callable:
    """The loss of the experiment's surface as a function of the position alone."""
    landscape, parameters = landscape_of(experiment), dict(experiment.landscape_parameters)
    return lambda position: landscape.loss(position, **parameters)


def loss_and_gradient(experiment: Experiment, position: tuple[float, float]) -> tuple[float, tuple[float, float]]:
    """The true loss of the experiment's surface at a position, and its true gradient."""
    parameters = np.array(list(experiment.landscape_parameters.values()), np.float64)
    loss, gradient = _value_and_grad(landscape_of(experiment))(parameters, np.array(position, np.float64))
    return float(loss), (float(gradient[0]), float(gradient[1]))


@lru_cache(maxsize=512)
def _value_and_grad(landscape: Landscape) -> Callable:
    def loss(position, parameters):
        return landscape.loss(position, **dict(zip(landscape.parameters, parameters, strict=True)))

    return jax.jit(lambda parameters, position: jax.value_and_grad(loss)(position, parameters))


def _start(experiment: Experiment, run: Run, rates: np.ndarray, noise: np.ndarray) -> jax.Array:
    """Starts one run; what it records (see `_compiled`) is on its way."""
    start = experiment.start if run.start is None else run.start
    clip_norm = np.inf if run.clip_norm is None else run.clip_norm
    hyperparameters = [value for name, value in run.hyperparameters.items() if name != "learning_rate"]
    return _compiled(landscape_of(experiment), optimizer_of(run))(
        np.array(list(experiment.landscape_parameters.values()), np.float64),
        np.array([*start, clip_norm, *hyperparameters], np.float64),
        rates,
        noise,
        np.int32(experiment.steps),
    )


def _padded(array: np.ndarray, length: int) -> np.ndarray:
    padded = np.zeros((length, *array.shape[1:]))
    padded[: len(array)] = array
    return padded


@lru_cache(maxsize=512)
def _compiled(landscape: Landscape, optimizer: Optimizer) -> Callable:
    """The jitted loop of one rule on one surface.

    The record has a padded length and the loop stops at the traced number of steps: neither costs a compilation when
    the steps change, and steps that are not asked for are not computed. Everything that a step records is one row of
    one array (position, loss, gradient, update, then the shown state), and a run's numbers are one vector, which keeps
    the call itself short. Runs are separate calls: batching them is no faster on a processor, rounds differently with
    every other run on the page, and would need a compilation when one is added.
    """
    names = [name for name in optimizer.hyperparameters if name != "learning_rate"]

    def run(landscape_parameters, numbers, rates, noise, steps):
        parameters = dict(zip(landscape.parameters, landscape_parameters, strict=True))
        hyperparameters = dict(zip(names, numbers[3:], strict=True))
        start, clip_norm = numbers[:2], numbers[2]

        def loss(position):
            return landscape.loss(position, **parameters)

        def step(index, position, state):
            value, gradient = jax.value_and_grad(loss)(position)
            gradient = clip_by_norm(gradient + noise[index], clip_norm)
            update, new_state = optimizer.make(learning_rate=rates[index], **hyperparameters).update(
                gradient, state, position, value=value, grad=gradient, value_fn=loss, grad_fn=jax.grad(loss)
            )
            new_state = jax.tree.map(lambda new, old: jnp.asarray(new, old.dtype), new_state, state)
            shown = [jnp.ravel(optax.tree.get(new_state, name)) for name in optimizer.shows]
            return position + update, new_state, jnp.concatenate([position, value[None], gradient, update, *shown])

        def body(index, carry):
            position, state, record = carry
            position, state, row = step(index, position, state)
            return position, state, record.at[index].set(row)

        state = jax.tree.map(jnp.asarray, optimizer.make(learning_rate=rates[0], **hyperparameters).init(start))
        width = len(jax.eval_shape(step, 0, start, state)[2])
        record = jnp.zeros((len(rates) + 1, width))
        position, state, record = jax.lax.fori_loop(0, steps, body, (start, state, record))
        return record.at[steps, :3].set(jnp.concatenate([position, loss(position)[None]]))

    return jax.jit(run)


def clip_by_norm(gradient, clip_norm):
    """Scales `gradient` down to `clip_norm` if it is longer; a gradient that overflowed is left alone."""
    norm = jnp.linalg.norm(gradient)
    return jnp.where(jnp.isfinite(norm) & (norm > clip_norm), gradient * (clip_norm / norm), gradient)


def _shown(optimizer: Optimizer, columns: np.ndarray) -> dict[str, np.ndarray]:
    """The fields that the rule shows, cut out of the columns behind the common ones."""
    shapes = _shown_shapes(optimizer)
    ends = np.cumsum([math.prod(shape) for shape in shapes.values()]).tolist()
    parts = zip(shapes.items(), [0, *ends], ends, strict=False)
    return {name: columns[:, begin:end].reshape(len(columns), *shape) for (name, shape), begin, end in parts}


@lru_cache(maxsize=512)
def _shown_shapes(optimizer: Optimizer) -> dict[str, tuple[int, ...]]:
    """The shape of every state field that the rule shows, found without computing anything."""
    defaults = {name: parameter.default for name, parameter in optimizer.hyperparameters.items()}
    state = jax.eval_shape(optimizer.make(**defaults).init, jax.ShapeDtypeStruct((2,), np.float64))
    return {name: optax.tree.get(state, name).shape for name in optimizer.shows}


def first_not_finite(positions: np.ndarray, losses: np.ndarray) -> np.ndarray:
    """Per run the first index at which position or loss is not finite, -1 for never."""
    finite = np.isfinite(losses) & np.isfinite(positions[..., 0]) & np.isfinite(positions[..., 1])
    return np.where(finite.all(axis=1), -1, finite.argmin(axis=1))
