"""Bias correction: what Adam's first steps are with it and without."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import distance, number, times, width


def remembering(b2: float) -> tuple[Run, ...]:
    settings = {"learning_rate": 0.05, "b2": b2}
    return Run("adam", settings), Run("adam_uncorrected", settings)


EXPERIMENT = Experiment("quadratic", {"condition_number": 5.0}, start=(-1.0, 0.6), steps=120, runs=remembering(0.999))


def the_first_steps_are_too_long(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Without correction the first step is several times as long, and the next ones are longer still."""
    steps = np.abs(trajectory.updates).max(axis=-1)
    corrected, plain = steps[0, 0], steps[1, 0]
    words = f"The first step in x or y is {number(corrected)} with the correction and {number(plain)} without"
    if plain < 2 * corrected:
        return Evidence(False, f"{words}.")
    return Evidence(True, f"{words}: {times(plain / corrected)}. The longest without is {number(steps[1].max())}.")


def it_overshoots_without(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """The uncorrected run is carried far past the star."""
    corrected, plain = np.maximum(trajectory.positions[:, :, 0].max(axis=1), 0)
    words = f"With the correction it goes {distance(corrected)} past the star, without {distance(plain)}."
    return Evidence(bool(plain > corrected + 0.05 * width(experiment)), words)


bias_correction = Lesson(
    slug="bias_correction",
    label="Adam's bias correction",
    chapter=3,
    place=5,
    minutes=4,
    question="Adam's two averages start at 0, so they are too small at first. What happens if that is not corrected?",
    answers=(
        Answer("The first steps are too short: both averages are too small."),
        Answer("Nothing: one is divided by the other, and the two errors cancel."),
        Answer("The first steps are too long: the average it divides by is far too small.", right=True),
    ),
    experiment=EXPERIMENT,
    watch="The first ten steps, and where they lead.",
    explanation=(
        "At the first step, the average of the gradients is a tenth of what it should be, and the average of their "
        "squares a thousandth, whose root is a thirtieth. The quotient is three times too large, and it stays too "
        "large for many steps. The bias correction divides each average by the weight that it has gathered so far."
    ),
    try_next="Shorten the memory of squares to 0.9. How long is the first step now?",
    controls=(
        Number(name="Memory of squares", field="b2", runs=(0, 1)),
        Number(name="Rate of both", field="learning_rate", runs=(0, 1), low=0.005, high=0.5),
    ),
    claims=(
        Claim(evidence=the_first_steps_are_too_long, broken_by=replace(EXPERIMENT, runs=remembering(0.9))),
        Claim(evidence=it_overshoots_without, broken_by=replace(EXPERIMENT, runs=remembering(0.9))),
    ),
)
