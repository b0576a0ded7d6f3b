"""One rule, four rates: just above the limit, just below it, smaller, and too small.

The largest comes first, so that the others are drawn over its wide bounces.
"""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import arrivals, arrives, counted, heights, number, rate, swings


def at_rates(*rates: float) -> tuple[Run, ...]:
    return tuple(Run("gradient_descent", {"learning_rate": rate}) for rate in rates)


EXPERIMENT = Experiment("quadratic", start=(-2.0, 0.3), steps=250, runs=at_rates(0.0405, 0.0385, 0.02, 0.002))


def the_fastest_overshoots(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """The run that arrives first is one that crosses the floor of the ravine again and again."""
    steps = arrivals(experiment, trajectory)
    arrived = {step: run for run, step in enumerate(steps) if step is not None}
    if not arrived:
        return Evidence(False, f"No run arrives within {experiment.steps} steps.")
    first = min(arrived)
    run = arrived[first]
    bounces = swings(trajectory.positions[run, : first + 1, 1], experiment)
    words = f"First is {number(rate(experiment, run))}: it {arrives(first, experiment)}"
    if bounces < 3:
        return Evidence(False, f"{words}, without bouncing.")
    return Evidence(True, f"{words}, bouncing from wall to wall {counted(bounces, 'time')}.")


def the_largest_climbs(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """The run with the largest rate ends above its start, each bounce wider than the last."""
    run = int(np.argmax([rate(experiment, index) for index in range(len(experiment.runs))]))
    start, end = heights(experiment, trajectory)[run][[0, -1]]
    name = number(rate(experiment, run))
    if end <= start:
        return Evidence(False, f"{name} is the largest rate, and its loss falls from {number(start)} to {number(end)}.")
    return Evidence(True, f"{name} diverges: its loss grows from {number(start)} to {number(end)}.")


learning_rate = Lesson(
    slug="learning_rate",
    label="A learning rate too small, too large",
    chapter=1,
    place=2,
    minutes=4,
    question="Four rates: 0.0405, 0.0385, 0.02 and 0.002. Which run arrives first?",
    answers=(
        Answer("0.0405: the longer the steps, the sooner it is there."),
        Answer("0.0385, although it overshoots at every step.", right=True),
        Answer("0.02: its steps are neither too long nor too short."),
        Answer("0.002: short steps never overshoot."),
    ),
    experiment=EXPERIMENT,
    watch="Which runs cross the floor of the ravine, and do their bounces grow or shrink?",
    explanation=(
        "Up to a limit, a larger rate is faster, even while it overshoots. Just below the limit every bounce is a "
        "little shorter than the last, just above it a little longer. The best rate of a bowl lies close to one that "
        "diverges."
    ),
    try_next="Bring the largest rate down until its bounces shrink. Where is the limit?",
    controls=(Number(name="Largest rate", field="learning_rate", runs=(0,), low=0.001, high=0.1),),
    claims=(
        Claim(
            evidence=the_fastest_overshoots,
            broken_by=replace(EXPERIMENT, landscape_parameters={"condition_number": 10.0}),
        ),
        Claim(evidence=the_largest_climbs, broken_by=replace(EXPERIMENT, runs=at_rates(0.03, 0.0385, 0.02, 0.002))),
    ),
)
