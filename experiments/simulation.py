"""Runs an experiment: one compiled loop per rule and surface, every number traced, so that no slider compiles."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import jax
import numpy as np
import optax
from jaxtyping import Bool, Float, Int

from experiments.batches import batch_members
from experiments.compiled_run import COMMON, compiled_run
from experiments.experiment import Experiment, Run, landscape_of, optimizer_of, schedule_of
from landscapes import Landscape, mean_loss
from optimizers import Optimizer
from surfaces import kept_with_landscape

PADDED_STEPS = (2048, 10_240)


@dataclass(frozen=True, eq=False)
class Trajectory:
    """What came out, in float64; the leading axis is the runs, in the experiment's order.

    Index 0 of `positions` and `losses` is the start. `gradients` are as the rule received them: with noise, clipped.
    `clipped` tells which gradients were longer than the run's `clip_norm`. `states` holds per run the fields that the
    rule's `shows` names, after each step. `diverged_at` is the first index
    whose position or loss is not finite, -1 for never; all arrays keep their full length after it.
    """

    positions: Float[np.ndarray, "runs steps_and_start 2"]
    losses: Float[np.ndarray, "runs steps_and_start"]
    gradients: Float[np.ndarray, "runs steps 2"]
    updates: Float[np.ndarray, "runs steps 2"]
    learning_rates: Float[np.ndarray, "runs steps"]
    clipped: Bool[np.ndarray, "runs steps"]
    states: tuple[dict[str, np.ndarray], ...]
    diverged_at: Int[np.ndarray, " runs"]


def simulate(experiment: Experiment) -> Trajectory:
    """Runs every optimizer of `experiment` from its start and records each step.

    Order of a step: gradient at the position, of the batch where the surface is made of data, noise added, clipped by
    norm, handed to the rule with the learning rate that the schedule gives for this step, and the rule's update added to
    the position. The losses are those of the surface, over all training examples.
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
    padded_rates = _padded(rates.T, length).T
    disturbances = _padded(gradient_noise(experiment), length), _padded(batches(experiment), length)
    records = [_start(experiment, run, rate, *disturbances) for run, rate in zip(runs, padded_rates, strict=True)]
    rows = [np.asarray(record)[: experiment.steps + 1] for record in records]
    common = np.stack([row[:, :COMMON] for row in rows])
    positions, losses = common[:, :, :2], common[:, :, 2]
    gradients, updates = common[:, :-1, 3:5], common[:, :-1, 5:7]
    used_rates, clipped = common[:, :-1, 7], common[:, :-1, 8] > 0
    states = tuple(_shown(optimizer_of(run), row[:-1, COMMON:]) for run, row in zip(runs, rows, strict=True))
    diverged_at = first_not_finite(positions, losses)
    return Trajectory(positions, losses, gradients, updates, used_rates, clipped, states, diverged_at)


def learning_rates(run: Run, steps: int) -> Float[np.ndarray, " steps"]:
    """The rate of every step: the run's own times its schedule, before a schedule reacts to the loss."""
    factor = schedule_of(run).multiplier(np.arange(steps), steps, **run.schedule_parameters)
    return np.full(steps, run.hyperparameters["learning_rate"]) * np.asarray(factor, np.float64)


def gradient_noise(experiment: Experiment) -> Float[np.ndarray, "steps 2"]:
    """The same draws for every run, so that the comparison is fair; more steps continue the same sequence."""
    if experiment.noise == 0:
        return np.zeros((experiment.steps, 2))
    generator = np.random.default_rng(experiment.seed)
    return experiment.noise * generator.standard_normal((experiment.steps, 2))


def batches(experiment: Experiment) -> Bool[np.ndarray, "steps examples"]:
    """Which training examples every step's gradient is made of, the same for every run; of no examples without data."""
    training = landscape_of(experiment).training
    if training is None:
        return np.zeros((experiment.steps, 0), bool)
    return batch_members(len(training), experiment.batch_size, experiment.steps, experiment.seed)


def held_out_losses(experiment: Experiment, trajectory: Trajectory) -> Float[np.ndarray, "runs steps_and_start"] | None:
    """The loss over the examples that no gradient ever saw, along every path; None on a surface that has none."""
    landscape = landscape_of(experiment)
    if landscape.held_out is None:
        return None
    parameters = np.array(list(experiment.landscape_parameters.values()), np.float64)
    return np.array(_held_out(landscape)(parameters, trajectory.positions))


@kept_with_landscape
def _held_out(landscape: Landscape) -> Callable:
    assert landscape.example_loss is not None
    assert landscape.held_out is not None
    judged = mean_loss(landscape.example_loss, landscape.held_out)

    def at(parameters, position):
        named = dict(zip(landscape.parameters, parameters, strict=True))
        return judged(position, **named)

    return jax.jit(jax.vmap(jax.vmap(at, in_axes=(None, 0)), in_axes=(None, 0)))


def loss_and_gradient(experiment: Experiment, position: tuple[float, float]) -> tuple[float, tuple[float, float]]:
    """The true loss of the experiment's surface at a position, and its true gradient."""
    parameters = np.array(list(experiment.landscape_parameters.values()), np.float64)
    loss, gradient = _value_and_grad(landscape_of(experiment))(parameters, np.array(position, np.float64))
    return float(loss), (float(gradient[0]), float(gradient[1]))


@kept_with_landscape
def _value_and_grad(landscape: Landscape) -> Callable:
    def loss(position, parameters):
        return landscape.loss(position, **dict(zip(landscape.parameters, parameters, strict=True)))

    return jax.jit(lambda parameters, position: jax.value_and_grad(loss)(position, parameters))


def _start(experiment: Experiment, run: Run, rates: np.ndarray, noise: np.ndarray, members: np.ndarray) -> jax.Array:
    """Starts one run; what it records (see `compiled_run`) is on its way."""
    start = experiment.start if run.start is None else run.start
    clip_norm = np.inf if run.clip_norm is None else run.clip_norm
    hyperparameters = [value for name, value in run.hyperparameters.items() if name != "learning_rate"]
    return compiled_run(landscape_of(experiment), optimizer_of(run))(
        np.array(list(experiment.landscape_parameters.values()), np.float64),
        np.array([*start, clip_norm, *_reaction(run), *hyperparameters], np.float64),
        rates,
        noise,
        members,
        np.int32(experiment.steps),
    )


def _reaction(run: Run) -> tuple[float, float]:
    """The factor on the rate after a loss that has stalled, and for how many steps it may; no change for most schedules."""
    schedule, parameters = schedule_of(run), run.schedule_parameters
    return (parameters["factor"], parameters["patience"]) if schedule.reacts else (1.0, math.inf)


def _padded(array: np.ndarray, length: int) -> np.ndarray:
    padded = np.zeros((length, *array.shape[1:]), array.dtype)
    padded[: len(array)] = array
    return padded


def _shown(optimizer: Optimizer, columns: np.ndarray) -> dict[str, np.ndarray]:
    """The fields that the rule shows, cut out of the columns behind the common ones."""
    places = _places(optimizer)
    return {name: columns[:, place].reshape(len(columns), *shape) for name, (place, shape) in places.items()}


@lru_cache(maxsize=512)
def _places(optimizer: Optimizer) -> dict[str, tuple[slice, tuple[int, ...]]]:
    """Columns and shape of every state field that the rule shows, found without computing anything."""
    defaults = {name: parameter.default for name, parameter in optimizer.hyperparameters.items()}
    state = jax.eval_shape(optimizer.make(**defaults).init, jax.ShapeDtypeStruct((2,), np.float64))
    shapes = {name: optax.tree.get(state, name).shape for name in optimizer.shows}
    ends = np.cumsum([math.prod(shape) for shape in shapes.values()]).tolist()
    begins = [0, *ends]
    return {name: (slice(begin, end), shapes[name]) for name, begin, end in zip(shapes, begins, ends, strict=False)}


def first_not_finite(positions: np.ndarray, losses: np.ndarray) -> np.ndarray:
    """Per run the first index at which position or loss is not finite, -1 for never."""
    finite = np.isfinite(losses) & np.isfinite(positions[..., 0]) & np.isfinite(positions[..., 1])
    return np.where(finite.all(axis=1), -1, finite.argmin(axis=1))
