"""Two conventions of momentum: a sum of gradients or their average, ten times apart at β = 0.9."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import distance, number, rate, step_lengths, times, width


def averaging_at(large: float) -> tuple[Run, ...]:
    return (
        Run("momentum", {"learning_rate": 0.01}),
        Run("heavy_ball_ema", {"learning_rate": 0.01}),
        Run("heavy_ball_ema", {"learning_rate": large}),
    )


EXPERIMENT = Experiment("quadratic", {"condition_number": 20.0}, start=(-2.0, 1.2), steps=150, runs=averaging_at(0.1))


def the_sum_steps_further(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """At one rate, the first step of the sum is 1/(1 − β) times that of the average."""
    total, average = step_lengths(trajectory)[:2, 0]
    if average == 0:
        return Evidence(False, "The runs start where the slope is zero.")
    words = f"The sum's first step is {number(total)} long, the average's {number(average)}"
    if total < 5 * average:
        return Evidence(False, f"{words}: the rates differ.")
    return Evidence(True, f"{words}: {times(total / average)} as long at the same rate.")


def a_larger_rate_makes_them_equal(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """At 1/(1 − β) times the rate, the average takes the path of the sum."""
    apart = float(np.nanmax(np.hypot(*(trajectory.positions[0] - trajectory.positions[2]).T)))
    ratio = rate(experiment, 2) / rate(experiment, 0)
    words = f"At {times(ratio)} the rate, the path of the average"
    if apart > 0.01 * width(experiment):
        return Evidence(False, f"{words} is up to {distance(apart)} away from that of the sum.")
    return Evidence(True, f"{words} covers that of the sum: no difference can be seen.")


two_conventions = Lesson(
    slug="two_conventions",
    label="Two conventions of momentum",
    chapter=2,
    place=4,
    minutes=3,
    question=(
        "Both at β = 0.9 and a rate of 0.01: one adds, m ← βm + g; one averages, m ← βm + (1 − β)g. How do their steps "
        "compare?"
    ),
    answers=(
        Answer("The sum's steps are ten times as long.", right=True),
        Answer("Their steps are equally long: only the notation differs."),
        Answer("They differ at first, and agree once m has built up."),
    ),
    experiment=EXPERIMENT,
    watch="The two runs at a rate of 0.01, and the one that averages at 0.1.",
    explanation=(
        "A sum of gradients that fade by β is 1/(1 − β) times their average: ten times at β = 0.9. PyTorch adds, Adam's "
        "first moment averages. A rate that is copied from one to the other is wrong by that factor."
    ),
    try_next="Find the rate at which the averaging run covers the adding one.",
    controls=(Number(name="Larger rate of the average", field="learning_rate", runs=(2,), low=0.01, high=0.3),),
    claims=(
        Claim(
            evidence=the_sum_steps_further,
            broken_by=replace(EXPERIMENT, runs=(*averaging_at(0.1)[:1], *2 * averaging_at(0.1)[2:])),
        ),
        Claim(evidence=a_larger_rate_makes_them_equal, broken_by=replace(EXPERIMENT, runs=averaging_at(0.05))),
    ),
)
