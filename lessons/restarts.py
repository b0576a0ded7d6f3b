"""Restarts: how many starts it takes until one of them leads to the deepest minimum."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory, global_minima, landscape_of
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import counted, number
from sweeps import basins

ACROSS = 48
SURE = 0.95
SOME = 0.05


def at_rate(rate: float) -> tuple[Run, ...]:
    return (Run("gradient_descent", {"learning_rate": rate}),)


EXPERIMENT = Experiment("styblinski_tang", start=(3.0, 1.5), steps=200, runs=at_rate(0.01))


def share_of_the_deepest(experiment: Experiment) -> float:
    """From which share of the picture the run gets to a lowest minimum."""
    deepest = np.flatnonzero(global_minima(landscape_of(experiment)))
    return float(np.isin(basins(experiment, 0, ACROSS).reached, deepest).mean())


def starts_needed(share: float) -> int:
    """How many random starts it takes until one gets there, with a probability of 95 %."""
    return int(np.ceil(np.log(1 - SURE) / np.log1p(-share)))


def one_start_is_not_enough(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Some starts lead to the deepest minimum, but fewer than half of all."""
    share = share_of_the_deepest(experiment)
    words = f"{share:.0%} of {ACROSS}² starts all over the picture lead to the deepest minimum."
    return Evidence(SOME < share < 0.5, words)


def a_dozen_starts_are(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Twelve random starts find it with a probability of over 95 %."""
    share = share_of_the_deepest(experiment)
    if not 0 < share < 1:
        return Evidence(
            False, f"From {share:.0%} of the starts the deepest minimum is reached: nothing to be gained by luck."
        )
    needed = starts_needed(share)
    words = f"One start finds it with a probability of {number(share)}; "
    words += f"with 95 %, {counted(needed, 'random start')} find it."
    return Evidence(needed <= 12, words)


restarts = Lesson(
    slug="restarts",
    label="How many starts?",
    chapter=5,
    place=7,
    minutes=5,
    question="Four minima, one of them the deepest. You don't know which. How many random starts are worth trying?",
    answers=(
        Answer("About a dozen: each has a fair chance to begin in its basin.", right=True),
        Answer("One, with a smaller rate: patience finds the deepest."),
        Answer("Thousands: the deepest minimum is a needle in a haystack."),
        Answer("None helps: gradient descent always ends at the nearest minimum."),
    ),
    experiment=EXPERIMENT,
    watch="The run ends in the pit that it started above. Move the start: from where does it reach the deepest?",
    explanation=(
        "If a share p of all starts leads to the deepest minimum, one start misses it with 1 − p and n starts with (1 − p)ⁿ."
        " The basin here is about a quarter of the picture, so ten or so are enough. Restarts are cheap where basins are "
        "wide, and hopeless where the deepest minimum is a pinprick, as on the egg box."
    ),
    try_next="Change the rate: does a large one make the deepest basin any wider?",
    controls=(Number(name="Learning rate", field="learning_rate", runs=(0,), low=0.0001, high=0.1),),
    claims=(
        Claim(evidence=one_start_is_not_enough, broken_by=replace(EXPERIMENT, runs=at_rate(0.0001))),
        Claim(evidence=a_dozen_starts_are, broken_by=replace(EXPERIMENT, runs=at_rate(0.0001))),
    ),
)
