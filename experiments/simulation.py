"""Runs an experiment: one compiled loop per rule and problem, every number traced, so that no slider compiles."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import jax
import numpy as np
from jaxtyping import Bool, Float, Int

from experiments.batches import batch_members, handed_in, whose_turn
from experiments.compiled_run import Limits, compiled_run
from experiments.experiment import Experiment, Run, optimizer_of, problem_of, schedule_of
from experiments.record import layout, width
from landscapes import Problem, mean_loss
from surfaces import kept_with_landscape

PADDED_STEPS = (2048, 10_240)


@dataclass(frozen=True, eq=False)
class Trajectory:
    """What came out, in float64; the leading axis is the runs, in the experiment's order.

    Index 0 of `positions` and `losses` is the start. `gradients` are as the rule received them: with noise, clipped.
    `clipped` tells which gradients went over the run's `clip_norm` or `clip_value`. `states` holds per run the fields
    that the rule's `shows` names, after each step. `diverged_at` is the first index whose position or loss is not
    finite, -1 for never; all arrays keep their full length after it.
    """

    positions: Float[np.ndarray, "runs steps_and_start dimension"]
    losses: Float[np.ndarray, "runs steps_and_start"]
    gradients: Float[np.ndarray, "runs steps dimension"]
    updates: Float[np.ndarray, "runs steps dimension"]
    learning_rates: Float[np.ndarray, "runs steps"]
    clipped: Bool[np.ndarray, "runs steps"]
    states: tuple[dict[str, np.ndarray], ...]
    diverged_at: Int[np.ndarray, " runs"]


def simulate(experiment: Experiment) -> Trajectory:
    """Runs every optimizer of `experiment` from its start and records each step.

    Order of a step: gradient at the position, of the batch where the surface is made of data, noise added, clipped by
    value and by norm, handed to the rule with the learning rate that the schedule gives for this step, and the rule's
    update added to the position. The losses are those of the surface, over all training examples.
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
    rows = _recorded(experiment, runs)
    fields = [layout(optimizer_of(run), problem_of(experiment).dimension) for run in runs]
    shared = _stacked(rows, fields[0]["shared"])
    positions, losses, taken = shared["position"], shared["loss"], shared[:, :-1]
    return Trajectory(
        positions,
        losses,
        taken["gradient"],
        taken["update"],
        taken["learning_rate"],
        taken["clipped"] > 0,
        tuple(_state(row[:-1], its_fields) for row, its_fields in zip(rows, fields, strict=True)),
        first_not_finite(positions, losses),
    )


def _recorded(experiment: Experiment, runs: Sequence[Run]) -> list[np.ndarray]:
    """What the compiled loop of each run records, of the steps that are asked for and of where the last one led."""
    start = starter(experiment)
    records = [start(run) for run in runs]  # all are on their way before the first is waited for
    return [np.asarray(record)[: experiment.steps + 1] for record in records]


def starter(experiment: Experiment, brief: bool = False) -> Callable[[Run], jax.Array]:
    """What sends a run on its way and returns its record, which is longer than the run; all share noise and batches."""
    length = next(size for size in PADDED_STEPS if size >= experiment.steps)
    problem, parameters, steps = problem_of(experiment), _parameters(experiment), np.int32(experiment.steps)
    noise, members = _padded(gradient_noise(experiment), length), _padded(batches(experiment), length)
    if problem.training is not None and problem.training.padding:
        members = np.pad(members, ((0, 0), (0, problem.training.padding)))  # they are in no batch
    examples = handed_in(problem, problem.training)

    def start(run: Run) -> jax.Array:
        rates = _padded(learning_rates(run, experiment.steps), length)
        compiled = compiled_run(problem.pattern or problem, optimizer_of(run), brief)
        return compiled(parameters, numbers_of(experiment, run), rates, noise, members, steps, examples)

    return start


def _stacked(rows: Sequence[np.ndarray], shared: np.dtype) -> np.ndarray:
    """What every rule records, of all runs, by name."""
    return np.stack([row[:, : width(shared)] for row in rows]).view(shared)[..., 0]


def _state(rows: np.ndarray, fields: np.dtype) -> dict[str, np.ndarray]:
    """What one rule shows of its state, by name; copies, since the record is as long as the longest run."""
    state = rows.view(fields)["state"][:, 0]
    return {name: state[name].copy() for name in fields["state"].names or ()}


def learning_rates(run: Run, steps: int) -> Float[np.ndarray, " steps"]:
    """The rate of every step: the run's own times its schedule, before a schedule reacts to the loss."""
    factor = schedule_of(run).multiplier(np.arange(steps), steps, **run.schedule_parameters)
    return np.full(steps, run.hyperparameters["learning_rate"]) * np.asarray(factor, np.float64)


def gradient_noise(experiment: Experiment) -> Float[np.ndarray, "steps dimension"]:
    """The same draws for every run, so that the comparison is fair; more steps continue the same sequence."""
    shape = experiment.steps, problem_of(experiment).dimension
    if experiment.noise == 0:
        return np.zeros(shape)
    return experiment.noise * np.random.default_rng(experiment.seed).standard_normal(shape)


def batches(experiment: Experiment) -> Bool[np.ndarray, "steps parts"]:
    """Which parts of the loss every step's gradient is made of, the same for every run: training examples, or the loss
    whose turn it is; of no parts where there are none."""
    problem = problem_of(experiment)
    if problem.turns is not None:
        return whose_turn(problem.period, experiment.steps)
    return batch_members(problem.parts, experiment.batch_size, experiment.steps, experiment.seed)


def held_out_losses(experiment: Experiment, trajectory: Trajectory) -> Float[np.ndarray, "runs steps_and_start"] | None:
    """The loss over the examples that no gradient ever saw, along every path; None where there are none."""
    problem = problem_of(experiment)
    if problem.held_out is None:
        return None
    return np.array(_held_out(problem)(_parameters(experiment), trajectory.positions))


@kept_with_landscape
def _held_out(problem: Problem) -> Callable:
    assert problem.example_loss is not None
    assert problem.held_out is not None
    judged = mean_loss(problem.example_loss, problem.held_out)

    def at(parameters, position):
        named = dict(zip(problem.parameters, parameters, strict=True))
        return judged(position, **named)

    return jax.jit(jax.vmap(jax.vmap(at, in_axes=(None, 0)), in_axes=(None, 0)))


def loss_and_gradient(experiment: Experiment, position: Sequence[float]) -> tuple[float, tuple[float, ...]]:
    """The true loss of the experiment's problem at a position, and its true gradient."""
    compiled = _value_and_grad(problem_of(experiment))
    loss, gradient = compiled(_parameters(experiment), np.array(position, np.float64))
    return float(loss), tuple(gradient.tolist())


@kept_with_landscape
def _value_and_grad(problem: Problem) -> Callable:
    def loss(position, parameters):
        return problem.loss(position, **dict(zip(problem.parameters, parameters, strict=True)))

    return jax.jit(lambda parameters, position: jax.value_and_grad(loss)(position, parameters))


def _parameters(experiment: Experiment) -> np.ndarray:
    return np.array(list(experiment.landscape_parameters.values()), np.float64)


def numbers_of(experiment: Experiment, run: Run) -> np.ndarray:
    """The `Numbers` of a run in a row, as its compiled loop takes them."""
    start = experiment.start if run.start is None else run.start
    hyperparameters = [value for name, value in run.hyperparameters.items() if name != "learning_rate"]
    return np.array([*start, *limits(run), *_reaction(run), *hyperparameters], np.float64)


def limits(run: Run) -> Limits:
    """What the gradients of a run are clipped to."""
    norm, value = (math.inf if limit is None else limit for limit in (run.clip_norm, run.clip_value))
    return Limits(norm, value)


def _reaction(run: Run) -> tuple[float, float]:
    """The factor on the rate after a loss that has stalled, and for how many steps it may; no change for most schedules."""
    schedule, parameters = schedule_of(run), run.schedule_parameters
    return (parameters["factor"], parameters["patience"]) if schedule.reacts else (1.0, math.inf)


def _padded(array: np.ndarray, length: int) -> np.ndarray:
    padded = np.zeros((length, *array.shape[1:]), array.dtype)
    padded[: len(array)] = array
    return padded


def first_not_finite(positions: np.ndarray, losses: np.ndarray) -> np.ndarray:
    """Per run the first index at which position or loss is not finite, -1 for never."""
    dimension = positions.shape[-1]
    with np.errstate(invalid="ignore"):
        means = positions @ np.full(dimension, 1 / dimension)  # finite only if all coordinates are, and fast to find
    finite = np.isfinite(losses) & np.isfinite(means)
    return np.where(finite.all(axis=1), -1, finite.argmin(axis=1))
