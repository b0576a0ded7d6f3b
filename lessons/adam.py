"""Adam: its steps have the size of the rate, on the gentlest slope and on the steepest."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory, landscape_of
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import distances, ending, number, rate, step_lengths, times


def at_rates(plain: float, adam: float) -> tuple[Run, ...]:
    return Run("gradient_descent", {"learning_rate": plain}), Run("adam", {"learning_rate": adam})


EXPERIMENT = Experiment("cliff", start=(2.6, 1.6), steps=150, runs=at_rates(0.25, 0.25))


def no_step_is_longer_than_the_rate(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """However steep the face, no coordinate of Adam's steps is much longer than the rate."""
    slopes = np.hypot(*np.moveaxis(np.nan_to_num(trajectory.gradients[1]), -1, 0))
    steepness = slopes.max() / max(slopes[0], 1e-30)
    longest, eta = float(np.abs(np.nan_to_num(trajectory.updates[1])).max()), rate(experiment, 1)
    words = f"Adam meets a slope {times(steepness)} as steep as at its start. Its longest step in x or y is "
    words += f"{number(longest)}, at a rate of {number(eta)}."
    return Evidence(bool(longest < 1.5 * eta and steepness > 10), words)


def only_gradient_descent_is_thrown(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Gradient descent is thrown off the face; Adam walks down to the star."""
    star = landscape_of(experiment).minima[0]
    longest, away = float(step_lengths(trajectory)[0].max()), distances(trajectory, star)[:, -1]
    words = f"Gradient descent's longest step is {number(longest)}; it {ending(trajectory, 0, star)}. Adam "
    words += f"{ending(trajectory, 1, star)}."
    return Evidence(bool(away[0] > 5 and away[1] < 0.5), words)


adam = Lesson(
    slug="adam",
    label="Adam's steps",
    chapter=3,
    place=4,
    minutes=4,
    question="The face of the cliff is almost 200 times as steep as the start. How long are Adam's steps there?",
    answers=(
        Answer("About 200 times as long as its first."),
        Answer("Shorter: Adam brakes where it is steep."),
        Answer("About as long as its first: the length is set by the learning rate.", right=True),
    ),
    experiment=EXPERIMENT,
    watch="The single step that takes gradient descent down the face, and how Adam gets down it.",
    explanation=(
        "Adam divides an average of the gradients by the root of an average of their squares. While the gradients "
        "agree, that quotient is about 1, whatever their size: the rate *is* the length of a step. So a good rate for "
        "Adam tells you nothing about a good rate for gradient descent."
    ),
    try_next="Give Adam a rate of 0.1. Why does it slow down so much below the cliff? Then shorten its memory β₂.",
    controls=(
        Number(name="Adam's rate", field="learning_rate", runs=(1,), low=0.01, high=1.0),
        Number(name="Adam's memory of squares", field="b2", runs=(1,)),
    ),
    claims=(
        Claim(
            evidence=no_step_is_longer_than_the_rate,
            broken_by=replace(EXPERIMENT, landscape_parameters={"height": 0.0}),
        ),
        Claim(evidence=only_gradient_descent_is_thrown, broken_by=replace(EXPERIMENT, runs=at_rates(0.25, 0.1))),
    ),
)
