"""A plateau: where the gradient vanishes, so do the steps that are made of it."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory, landscape_of
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import arrivals, arrives, distances, number

RUNS = (
    Run("gradient_descent", {"learning_rate": 0.1}),
    Run("momentum", {"learning_rate": 0.1}),
    Run("adam", {"learning_rate": 0.1}),
)
EXPERIMENT = Experiment("plateau", start=(-4.0, 3.0), steps=150, runs=RUNS)


def gradient_descent_hardly_moves(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """The slope is so small that gradient descent covers a fraction of the way."""
    slope = float(np.hypot(*trajectory.gradients[0, 0]))
    away = distances(trajectory, landscape_of(experiment).minima[0])[0]
    covered = 1 - away[-1] / away[0] if away[0] > 0 else 1.0
    words = f"At the start the slope is {number(slope)}. In {experiment.steps} steps gradient descent covers "
    return Evidence(bool(covered < 0.2), f"{words}{100 * covered:.0f} % of the way to the star.")


def adam_walks_down(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Adam arrives, however small the slope."""
    _, heavy, scaled = arrivals(experiment, trajectory)
    words = f"Adam {arrives(scaled, experiment)}; momentum {arrives(heavy, experiment)}."
    return Evidence(scaled is not None and (heavy is None or heavy > 2 * scaled), words)


plateau = Lesson(
    slug="plateau",
    label="A plateau and vanishing gradients",
    chapter=5,
    place=2,
    minutes=4,
    question="Around the hole the slope is below 0.01. Three rules start at a rate of 0.1. Which find it within 150 steps?",
    answers=(
        Answer("All of them: downhill is downhill, if a little slower."),
        Answer("Momentum alone: it gathers speed on the flat."),
        Answer("None: where the gradient vanishes, there is no direction either."),
        Answer("Adam alone: it steps by its rate, however small the slope.", right=True),
    ),
    experiment=EXPERIMENT,
    watch="How long the steps are; the *Gradient* button plots how small the gradients are.",
    explanation=(
        "A step of gradient descent is the slope times the rate: with hardly any slope there is hardly any step, and "
        "momentum's ten times as much is not enough either. The *direction* is still right, and that is what Adam "
        "keeps when it divides the gradient by its size. Saturated units give networks such plateaus."
    ),
    try_next="Widen the hole, until gradient descent finds it too.",
    controls=(
        Number(name="Width of the hole", field="width"),
        Number(name="Gradient descent's rate", field="learning_rate", runs=(0,), low=0.01, high=10.0),
    ),
    claims=(
        Claim(
            evidence=gradient_descent_hardly_moves,
            broken_by=replace(EXPERIMENT, landscape_parameters={"width": 3.0}),
        ),
        Claim(
            evidence=adam_walks_down,
            broken_by=replace(EXPERIMENT, runs=(*RUNS[:2], Run("adam", {"learning_rate": 0.01}))),
        ),
    ),
)
