"""Noisy gradients: a constant rate rattles, a decaying one settles, and one that decays too soon does not arrive."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import distance, heights, number, times

RATE = {"learning_rate": 0.1}


def decaying_over(steps: float) -> tuple[Run, ...]:
    return (
        Run("gradient_descent", RATE),
        Run("gradient_descent", RATE, "inverse_time", {"transition_steps": 40.0}),
        Run("gradient_descent", RATE, "exponential", {"transition_steps": steps}),
    )


EXPERIMENT = Experiment(
    "quadratic",
    {"condition_number": 5.0},
    start=(-2.0, 1.2),
    steps=400,
    noise=1.0,
    seed=7,
    runs=decaying_over(8.0),
)
AT_THE_END = 100  # steps


def at_the_end(experiment: Experiment, trajectory: Trajectory) -> np.ndarray:
    """The mean loss of every run over its last steps."""
    return heights(experiment, trajectory)[:, -AT_THE_END:].mean(axis=1)


def decay_settles(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """At the end the loss of a decaying rate is a fraction of that of a constant one."""
    constant, decaying, _ = at_the_end(experiment, trajectory)
    words = (
        f"Loss over the last {AT_THE_END} steps: {number(constant)} with the constant rate, {number(decaying)} with "
    )
    words += "the slow decay"
    settles = bool(constant > 3 * decaying)
    return Evidence(settles, f"{words}: {times(constant / decaying)} lower." if settles else f"{words}.")


def too_fast_a_decay_does_not_arrive(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """The rate that decays fastest stops on the way, higher than the slower decay ends."""
    _, slow, fast = at_the_end(experiment, trajectory)
    ends = trajectory.positions[2, -AT_THE_END:]
    moved = float(np.hypot(*(ends[-1] - ends[0])))
    words = (
        f"With the fast decay the run moves {distance(moved)} in that time, and its loss is {number(fast)}, against "
    )
    words += f"{number(slow)} with the slow one."
    return Evidence(bool(fast > 4 * slow), words)


noise_and_decay = Lesson(
    slug="noise_and_decay",
    label="Noise, and why rates decay",
    chapter=4,
    place=3,
    minutes=5,
    question=(
        "Every gradient is noisy. The rate is constant, decays slowly (inverse-time) or fast (exponential). Which ends "
        "lowest?"
    ),
    answers=(
        Answer("The constant one: it never slows down."),
        Answer("The fast decay: the smaller the rate, the less the noise matters."),
        Answer("The slow decay: it arrives first, and then settles.", right=True),
        Answer("All alike: the noise is equally strong for all."),
    ),
    experiment=EXPERIMENT,
    watch="The size of the cloud around the star, and the plot of the learning rates.",
    explanation=(
        "With a constant rate the noise moves the run as much as the slope does, and it rattles for ever. Smaller "
        "steps average more noisy gradients and settle. But a rate that shrinks too soon is too small while there is "
        "still a way to go: the run stops before it arrives."
    ),
    try_next="Let the fast one decay more slowly, until it ends lowest.",
    controls=(
        Number(name="Steps in which the fast rate halves", field="transition_steps", runs=(2,), low=2.0, high=200.0),
        Number(name="Noise", field="noise", high=3.0),
    ),
    claims=(
        Claim(evidence=decay_settles, broken_by=replace(EXPERIMENT, noise=0.0)),
        Claim(evidence=too_fast_a_decay_does_not_arrive, broken_by=replace(EXPERIMENT, runs=decaying_over(50.0))),
    ),
    seeds=20,
)
