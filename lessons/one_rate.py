"""One rate does not fit two directions: Adagrad gives each coordinate its own."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import arrivals, arrives, counted, number, swings


def at_rates(plain: float, own: float) -> tuple[Run, ...]:
    return Run("gradient_descent", {"learning_rate": plain}), Run("adagrad", {"learning_rate": own})


EXPERIMENT = Experiment("quadratic", start=(-2.0, 0.6), steps=100, runs=at_rates(0.038, 0.5))


def the_first_step_is_diagonal(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Adagrad's first step is as long in the flat direction as in the steep one."""
    slopes, steps = np.abs(trajectory.gradients[1, 0]), np.abs(trajectory.updates[1, 0])
    if slopes.min() == 0:
        return Evidence(False, "At this start one of the slopes is zero: there is only one direction to go.")
    words = f"At the start the slope is {number(slopes[0])} in x and {number(slopes[1])} in y; Adagrad's first step is "
    words += f"{number(steps[0])} in x and {number(steps[1])} in y."
    return Evidence(bool(steps.min() > 0.9 * steps.max() and slopes.max() > 5 * slopes.min()), words)


def adagrad_arrives_sooner(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Adagrad is at the star long before gradient descent, and does not bounce."""
    plain, own = arrivals(experiment, trajectory)
    bounces = [swings(trajectory.positions[run, :, 1], experiment) for run in (0, 1)]
    words = f"Adagrad {arrives(own, experiment)} and bounces {counted(bounces[1], 'time')}; gradient descent "
    words += f"{arrives(plain, experiment)} and bounces {counted(bounces[0], 'time')}."
    sooner = own is not None and (plain is None or plain > 1.5 * own)
    return Evidence(sooner and bounces[1] < bounces[0], words)


one_rate = Lesson(
    slug="one_rate",
    label="One rate, two directions",
    chapter=3,
    place=1,
    minutes=4,
    question="Adagrad divides each coordinate's step by the size of its own gradients. Where does the first step go?",
    answers=(
        Answer("Diagonally: as far in x as in y, whatever the two slopes are.", right=True),
        Answer("Across the ravine, like gradient descent's: both see the same gradient."),
        Answer("Straight at the star: it knows how curved the surface is."),
    ),
    experiment=EXPERIMENT,
    watch="The angle of each run's first step.",
    explanation=(
        "Gradient descent has one rate, and the steep direction decides how large it may be. Adagrad divides by the "
        "root of the summed squares of each coordinate's own gradients, so that a direction fifty times as steep gets "
        "a rate fifty times as small. No rate has to suit both."
    ),
    try_next="Make the ravine rounder. When does gradient descent catch up?",
    controls=(
        Number(name="Condition number", field="condition_number", low=1.0, high=50.0),
        Number(name="Adagrad's rate", field="learning_rate", runs=(1,), low=0.01, high=3.0),
    ),
    claims=(
        Claim(
            evidence=the_first_step_is_diagonal,
            broken_by=replace(EXPERIMENT, landscape_parameters={"condition_number": 1.0}),
        ),
        Claim(evidence=adagrad_arrives_sooner, broken_by=replace(EXPERIMENT, runs=at_rates(0.038, 0.02))),
    ),
)
