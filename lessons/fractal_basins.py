"""Basins of attraction: with a small rate their borders are lines, with a large one they are everywhere."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import number, times
from sweeps import basins

ACROSS = 64  # starts along each side of the picture
TORN = 3.0  # times as many neighbours part at the large rate


def at_rates(small: float, large: float) -> tuple[Run, ...]:
    return tuple(Run("momentum", {"learning_rate": rate}) for rate in (small, large))


EXPERIMENT = Experiment("himmelblau", start=(1.0, 3.4), steps=200, runs=at_rates(0.001, 0.01))


def parting(experiment: Experiment, run: int) -> float:
    """Which share of the pairs of neighbouring starts lead to different minima, or one of them to none."""
    reached = basins(experiment, run, ACROSS).reached
    return float(np.mean([np.mean(reached[1:] != reached[:-1]), np.mean(reached[:, 1:] != reached[:, :-1])]))


def a_large_rate_tears_the_basins(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Of neighbouring starts, over three times as many part ways at the larger rate."""
    small, large = (parting(experiment, run) for run in (0, 1))
    rates = [run.hyperparameters["learning_rate"] for run in experiment.runs]
    words = (
        f"Of neighbours among {ACROSS}² starts, {small:.1%} part ways at the rate {number(rates[0])} and {large:.1%} "
    )
    words += f"at {number(rates[1])}"
    if small == 0:
        return Evidence(False, f"{words}.")
    return Evidence(large > TORN * small, f"{words}: {times(large / small)} as many.")


fractal_basins = Lesson(
    slug="fractal_basins",
    label="Basins that turn fractal",
    chapter=5,
    place=6,
    minutes=6,
    question="Each start leads to one of four minima. What happens to the borders between the basins as the rate grows?",
    answers=(
        Answer("They move a little: the steeper minimum gains ground."),
        Answer("Nothing: the surface decides where its basins are."),
        Answer("They fray, until nearly neighbouring starts end at different minima.", right=True),
    ),
    experiment=EXPERIMENT,
    watch="Drag the start slowly across the picture: how often does each run change its minimum?",
    explanation=(
        "A small rate follows the slope, and the slope has smooth watersheds. A large one leaps, past the nearest minimum "
        "and back; each leap stretches a small difference between two starts into a larger one. Borders fold over again and "
        "again. Sweeps, Basins, draws the whole map, and follows the rate as you drag it."
    ),
    try_next="Lower the large rate. From where on are the basins whole again?",
    controls=(
        Number(name="Smaller rate", field="learning_rate", runs=(0,), low=0.0002, high=0.01),
        Number(name="Larger rate", field="learning_rate", runs=(1,), low=0.0002, high=0.02),
    ),
    claims=(
        Claim(evidence=a_large_rate_tears_the_basins, broken_by=replace(EXPERIMENT, runs=at_rates(0.001, 0.0015))),
    ),
)
