"""Warm-up: where the start is steeper than the minimum, a rate has to be earned."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory, landscape_of
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import curvature, distances, ending, number, rate

LARGE, SMALL = {"learning_rate": 0.03}, {"learning_rate": 0.001}


def warming_up_over(share: float) -> tuple[Run, ...]:
    return (
        Run("gradient_descent", LARGE),
        Run("gradient_descent", LARGE, "warmup_linear", {"warmup": share}),
        Run("gradient_descent", SMALL),
    )


EXPERIMENT = Experiment("beale", start=(2.0, 2.0), steps=300, runs=warming_up_over(0.3))


def the_start_is_steeper_than_the_minimum(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """The large rate lies below the limit at the minimum and above it at the start."""
    start, end = trajectory.positions[0, 0], np.array(landscape_of(experiment).minima[0])
    limits = [2 / max(curvature(experiment, point), 1e-30) for point in (start, end)]
    eta = rate(experiment, 0)
    words = (
        f"2/λ is {number(limits[0])} at the start and {number(limits[1])} at the star; the large rate is {number(eta)}."
    )
    return Evidence(limits[0] < eta < limits[1], words)


def warm_up_saves_the_large_rate(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Without warm-up the large rate is lost; with it, it gets nearer than a rate that is small all the time."""
    star = landscape_of(experiment).minima[0]
    cold, warm, small = (float(away) for away in distances(trajectory, star)[:, -1])
    without, with_it, slow = (ending(trajectory, run, star) for run in range(3))
    words = f"Without warm-up the large rate {without}, with warm-up it {with_it}; the small rate {slow}."
    return Evidence(cold > 3 * warm and small > 2 * warm, words)


warm_up = Lesson(
    slug="warm_up",
    label="Warm-up, and what it is for",
    chapter=4,
    place=5,
    minutes=5,
    question=(
        "Near the star a rate of 0.03 is right; from this start it diverges. What if it rises slowly from 0 to 0.03?"
    ),
    answers=(
        Answer("It diverges a little later, when it gets to 0.03."),
        Answer("It is as slow as a small rate."),
        Answer("It survives the start, and then is faster than a small rate.", right=True),
    ),
    experiment=EXPERIMENT,
    watch="The first ten steps of each run, and the plot of the learning rates.",
    explanation=(
        "At the start the surface is steep and strongly curved, and only a small rate is stable there. A few small "
        "steps lead down to where it is gentler and bears a larger rate. Freshly initialized networks are like that, "
        "too: it is one reason why large models are trained with warm-up."
    ),
    try_next="How short may the warm-up be?",
    controls=(
        Number(name="Share of the run that warms up", field="warmup", runs=(1,)),
        Number(name="Small rate", field="learning_rate", runs=(2,), low=0.0001, high=0.03),
    ),
    claims=(
        Claim(evidence=the_start_is_steeper_than_the_minimum, broken_by=replace(EXPERIMENT, start=(2.8, 0.4))),
        Claim(evidence=warm_up_saves_the_large_rate, broken_by=replace(EXPERIMENT, runs=warming_up_over(0.0))),
    ),
)
