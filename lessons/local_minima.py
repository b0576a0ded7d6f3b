"""Local minima: where a run starts decides where it ends."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory, landscape_of
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import counted, distances, number, width

STARTS = ((-0.3, -0.5), (-0.5, -0.5), (-0.1, -2.0), (-0.2, -2.0))


def from_starts(*starts: tuple[float, float], rate: float = 0.01) -> tuple[Run, ...]:
    return tuple(Run("gradient_descent", {"learning_rate": rate}, start=start) for start in starts)


EXPERIMENT = Experiment("himmelblau", steps=60, runs=from_starts(*STARTS))


def reached(experiment: Experiment, trajectory: Trajectory) -> list[int | None]:
    """Per run, which of the minima it ends in."""
    minima = landscape_of(experiment).minima
    ends = np.array([distances(trajectory, minimum)[:, -1] for minimum in minima])
    near = ends.min(axis=0) < 0.02 * width(experiment)
    return [int(which) if close else None for which, close in zip(ends.argmin(axis=0), near, strict=True)]


def the_start_decides(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """The runs end in several minima."""
    ends = reached(experiment, trajectory)
    found = {end for end in ends if end is not None}
    points = landscape_of(experiment).minima
    places = "; ".join(f"({points[end][0]:.3g}, {points[end][1]:.3g})" for end in sorted(found))
    words = f"{len(ends)} runs end in {counted(len(found), 'place')}{f': {places}' if found else ''}."
    return Evidence(len(found) >= 2, words)


def neighbours_part(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Two runs that start close together end far apart."""
    starts, ends = trajectory.positions[:, 0], reached(experiment, trajectory)
    pairs = [
        (float(np.hypot(*(starts[one] - starts[other]))), one, other)
        for one in range(len(ends))
        for other in range(one)
        if None not in (ends[one], ends[other]) and ends[one] != ends[other]
    ]
    if not pairs:
        return Evidence(False, "No two of the runs end in different minima.")
    apart, one, other = min(pairs)
    end = float(np.hypot(*(trajectory.positions[one, -1] - trajectory.positions[other, -1])))
    words = f"Two of the runs start {number(apart)} apart and end {number(end)} apart."
    return Evidence(apart < 0.05 * width(experiment) and end > 10 * apart, words)


local_minima = Lesson(
    slug="local_minima",
    label="Local minima and the start",
    chapter=5,
    place=4,
    minutes=4,
    question="Four runs of the same rule at the same rate, in two pairs that start close together. Where do they end?",
    answers=(
        Answer("In the same minimum: gradient descent finds the lowest."),
        Answer("Each pair in the minimum nearest to it."),
        Answer("In four different minima: a small difference at the start is enough.", right=True),
    ),
    experiment=EXPERIMENT,
    watch="Where the paths of a pair part.",
    explanation=(
        "Gradient descent only sees the slope where it is. Each minimum has a basin from which all paths lead to it, "
        "and between two basins runs a ridge. Two starts on different sides of a ridge part for good, however close "
        "they are; and a large step can jump a ridge, so the basins depend on the rate, too."
    ),
    try_next="Drag one of the starts. Then change the rate: does every run stay in its basin?",
    controls=(Number(name="Rate of all four", field="learning_rate", runs=(0, 1, 2, 3), low=0.001, high=0.03),),
    claims=(
        Claim(
            evidence=the_start_decides,
            broken_by=replace(EXPERIMENT, runs=from_starts((2.0, 2.0), (2.2, 2.0), (2.0, 2.2), (2.4, 2.4))),
        ),
        Claim(evidence=neighbours_part, broken_by=replace(EXPERIMENT, runs=from_starts(*STARTS, rate=0.001))),
    ),
)
