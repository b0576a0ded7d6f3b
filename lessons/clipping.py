"""Clipping: one step on a cliff throws a run out of the picture."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory, landscape_of
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import counted, distances, ending, number, step_lengths, width


def clipped_at(norm: float) -> tuple[Run, ...]:
    settings = {"learning_rate": 0.25}
    return Run("gradient_descent", settings), Run("gradient_descent", settings, clip_norm=norm)


EXPERIMENT = Experiment("cliff", start=(2.6, 1.6), steps=120, runs=clipped_at(1.0))


def one_step_throws_it_out(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """A single step of the unclipped run is longer than the picture is wide."""
    lengths = step_lengths(trajectory)[0]
    at, longest = int(lengths.argmax()), float(lengths.max())
    words = (
        f"Step {at + 1} of the first run is {number(longest)} long; the picture is {number(width(experiment))} wide."
    )
    return Evidence(longest > width(experiment), words)


def clipped_it_arrives(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """The clipped run goes over the cliff and arrives, with a few clipped steps."""
    star = landscape_of(experiment).minima[0]
    away = distances(trajectory, star)[1, -1]
    clipped = int(np.count_nonzero(trajectory.clipped[1]))
    words = f"The second run has {counted(clipped, 'clipped step')} and {ending(trajectory, 1, star)}."
    return Evidence(bool(clipped and away < 0.05 * width(experiment)), words)


clipping = Lesson(
    slug="clipping",
    label="Why gradients are clipped",
    chapter=5,
    place=3,
    minutes=4,
    question=(
        "Two runs at the same rate come to a cliff. The second clips its gradients to a length of 1. What happens?"
    ),
    answers=(
        Answer("The first is thrown far out of the picture; the second arrives.", right=True),
        Answer("The first falls down the cliff faster, and so arrives first."),
        Answer("The second never gets over the cliff: clipping takes its steps away."),
    ),
    experiment=EXPERIMENT,
    watch="The hollow dots: steps that were clipped.",
    explanation=(
        "On the face the gradient is enormous, and a step is the gradient times the rate: **one step** throws the "
        "first run out. **Clipping** shortens such a gradient and keeps its direction. Everywhere else the two runs "
        "are the same. Recurrent networks have such cliffs."
    ),
    try_next="Clip at 20. How much is too much?",
    controls=(
        Number(name="Clip at", field="clip_norm", runs=(1,)),
        Number(name="Height of the cliff", field="height"),
    ),
    claims=(
        Claim(evidence=one_step_throws_it_out, broken_by=replace(EXPERIMENT, landscape_parameters={"height": 0.0})),
        Claim(evidence=clipped_it_arrives, broken_by=replace(EXPERIMENT, runs=clipped_at(100.0))),
    ),
)
