"""Momentum in a ravine: what alternates cancels, what agrees adds up."""

import math
from dataclasses import replace

from experiments import Experiment, Run, Trajectory
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import arrivals, arrives, ending, times, width

RATE = 0.0095


def with_momentum(beta: float) -> tuple[Run, ...]:
    return (
        Run("gradient_descent", {"learning_rate": RATE}),
        Run("momentum", {"learning_rate": RATE, "momentum": beta}),
    )


EXPERIMENT = Experiment(
    "quadratic", {"condition_number": 200.0}, start=(-2.0, 0.25), steps=250, runs=with_momentum(0.9)
)
SOONER = 1.5


def momentum_arrives_sooner(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """At the same rate, momentum needs far fewer steps."""
    plain, heavy = arrivals(experiment, trajectory)
    words = f"Momentum {arrives(heavy, experiment)}; gradient descent {arrives(plain, experiment)}"
    if heavy is None:
        return Evidence(False, f"{words}.")
    ratio = (experiment.steps if plain is None else plain) / max(heavy, 1)
    if ratio < SOONER:
        return Evidence(False, f"{words}: it makes little difference.")
    return Evidence(True, f"{words}: {'more than ' if plain is None else ''}{times(ratio)} as fast.")


def momentum_moves_no_minimum(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Momentum ends at the minimum, which is where gradient descent is heading."""
    close = math.hypot(*trajectory.positions[1, -1]) < 0.01 * width(experiment)
    words = f"Momentum {ending(trajectory, 1, (0.0, 0.0))}"
    return Evidence(close, f"{words}, the same minimum." if close else f"{words}.")


momentum_ravine = Lesson(
    slug="momentum_ravine",
    label="Momentum in a ravine",
    chapter=2,
    place=1,
    minutes=4,
    question=(
        "Momentum keeps 90 % of its last step and adds the new one. At the same rate, how fast is it in a narrow "
        "ravine?"
    ),
    answers=(
        Answer("Just as slow: the slopes to either side cancel out."),
        Answer("Slower: it is thrown from wall to wall all the harder."),
        Answer("Several times faster: along the floor the slopes add up.", right=True),
        Answer("Faster, but it comes to rest beside the minimum."),
    ),
    experiment=EXPERIMENT,
    watch="How far each run has come along the floor after 60 steps.",
    explanation=(
        "Across the ravine the slopes change sign and cancel; along it they agree and add up, to 1/(1 − β) = 10 times "
        "one slope at β = 0.9. The step is longer just where gradient descent crawls. Where the slope is zero nothing "
        "is added: momentum has the same minima."
    ),
    try_next="Turn β down to 0. What is left of momentum?",
    controls=(Number(name="Momentum", field="momentum", runs=(1,), high=0.99),),
    claims=(
        Claim(evidence=momentum_arrives_sooner, broken_by=replace(EXPERIMENT, runs=with_momentum(0.0))),
        Claim(evidence=momentum_moves_no_minimum, broken_by=replace(EXPERIMENT, runs=with_momentum(0.99))),
    ),
)
