"""The zig-zag: in a ravine the steepest way down leads across it, not along."""

import math
from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import counted, swings

EXPERIMENT = Experiment(
    "quadratic", start=(-2.0, 1.2), steps=80, runs=(Run("gradient_descent", {"learning_rate": 0.037}),)
)
FAR_OFF = 30  # degrees: a direction that nobody takes for the one to the star
LEAST_BOUNCES = 5


def the_first_step_misses_the_star(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """The first step points far away from the minimum."""
    start, step = trajectory.positions[0, 0], trajectory.updates[0, 0]
    lengths = math.hypot(*start) * math.hypot(*step)
    if lengths == 0:
        return Evidence(False, "The run starts at the star.")
    angle = math.degrees(math.acos(np.clip(np.dot(-start, step) / lengths, -1, 1)))
    return Evidence(bool(angle >= FAR_OFF), f"The first step points {angle:.0f}° away from the direction to the star.")


def it_bounces_between_the_walls(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """The run crosses the floor again and again, and walks several times the way."""
    positions = trajectory.positions[0]
    bounces = swings(positions[:, 1], experiment)
    if bounces < LEAST_BOUNCES or not np.isfinite(positions).all():
        return Evidence(False, f"The run bounces from wall to wall {counted(bounces, 'time')}: there is no zig-zag.")
    walked = np.hypot(*np.diff(positions, axis=0).T).sum() / math.hypot(*(positions[-1] - positions[0]))
    words = f"The run bounces from wall to wall {bounces} times and walks {walked:.1f} times the straight distance."
    return Evidence(bool(walked > 2), words)


zigzag = Lesson(
    slug="zigzag",
    label="The zig-zag in a ravine",
    chapter=1,
    place=4,
    minutes=4,
    question="The star is to the right and a little lower. Where does the first step of gradient descent lead?",
    answers=(
        Answer("Towards the star: downhill is where the minimum is."),
        Answer("Along the ravine: that is the longer way to go."),
        Answer("Almost straight down, across the ravine and up its other wall.", right=True),
    ),
    experiment=EXPERIMENT,
    watch="The angle at which the path meets the contour lines.",
    explanation=(
        "The negative gradient is where the surface falls fastest right here: at a right angle to the contour line, "
        "not towards the minimum. In a ravine that is across it. The steep walls limit the rate, and along the flat "
        "floor the same rate crawls."
    ),
    try_next="Make the ravine rounder, until the first step points at the star.",
    controls=(
        Number(name="Condition number", field="condition_number", low=1.0, high=50.0),
        Number(name="Learning rate", field="learning_rate", runs=(0,), low=0.001, high=0.05),
    ),
    claims=(
        Claim(
            evidence=the_first_step_misses_the_star,
            broken_by=replace(EXPERIMENT, landscape_parameters={"condition_number": 1.0}),
        ),
        Claim(
            evidence=it_bounces_between_the_walls,
            broken_by=replace(EXPERIMENT, runs=(Run("gradient_descent", {"learning_rate": 0.01}),)),
        ),
    ),
)
