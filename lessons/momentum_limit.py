"""Momentum's stability limit: with the heavy ball, 2/λ becomes 2(1 + β)/λ."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import curvature, number
from sweeps import rate_sweep

TRIED = 160  # rates around the limit
NEAR = 0.04  # of the limit: how exactly it is found


def runs(momentum: float) -> tuple[Run, ...]:
    return (
        Run("gradient_descent", {"learning_rate": 0.6}),
        Run("momentum", {"learning_rate": 0.6, "momentum": momentum}),
        Run("momentum", {"learning_rate": 1.0, "momentum": momentum}),
    )


EXPERIMENT = Experiment("quadratic", {"condition_number": 4.0}, start=(-2.0, 1.2), steps=300, runs=runs(0.9))


def largest_stable(experiment: Experiment, run: int, guess: float, begun: float) -> float:
    """The largest of the rates around `guess` at which a run ends below the loss where it has begun; 0 for none."""
    rates = np.linspace(0.1 * guess, 1.7 * guess, TRIED)
    ends = rate_sweep(replace(experiment, runs=(experiment.runs[run],)), rates).final_losses[0, :, 0]
    return float(rates[ends < begun].max(initial=0.0))


def the_limit_is_two_times_one_plus_beta(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Found by trying rates, the heavy ball is stable up to 2(1 + β)/λ."""
    steepest = curvature(experiment, np.zeros(2))
    momentum = experiment.runs[1].hyperparameters["momentum"]
    limit = 2 * (1 + momentum) / steepest
    found = largest_stable(experiment, 1, limit, float(trajectory.losses[1, 0]))
    words = f"Of {TRIED} rates, the largest with which the ball ends below its start is {number(found)}; "
    words += f"2(1 + β)/λ is {number(limit)}."
    return Evidence(abs(found - limit) < NEAR * limit, words)


def momentum_allows_nearly_twice_the_rate(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """At the rate with which gradient descent is lost, the ball still converges."""
    plain, ball, _ = trajectory.losses[:, -1]
    begun = trajectory.losses[0, 0]
    rates = [run.hyperparameters["learning_rate"] for run in experiment.runs[:2]]
    ends = ["falls" if value < begun else "grows" for value in (plain, ball)]
    words = f"The loss begins at {number(begun)}; it {ends[0]} with gradient descent at a rate of {number(rates[0])}, "
    return Evidence(ends == ["grows", "falls"], f"{words}and {ends[1]} with momentum at {number(rates[1])}.")


momentum_limit = Lesson(
    slug="momentum_limit",
    label="The largest stable rate with momentum",
    chapter=2,
    place=5,
    minutes=6,
    question="Gradient descent diverges above 2/λ = 0.5. A heavy ball with β = 0.9 adds up ten gradients. What about it?",
    answers=(
        Answer("Its limit is ten times lower: its steps are ten times as long."),
        Answer("Its limit is nearly twice as high: 2(1 + β)/λ.", right=True),
        Answer("The same: the curvature alone decides."),
    ),
    experiment=EXPERIMENT,
    watch="The rates are 0.6, 0.6 and 1. Which of the three diverge?",
    explanation=(
        "Across the ravine the gradient changes sign at every bounce, and the velocity of the last bounce cancels a part of "
        "it: momentum damps what bounces. Working out when the bounces stop shrinking gives 2(1 + β)/λ. Along the valley "
        "gradients add up all the same, which is why a smaller rate is usually better."
    ),
    try_next="Set β to 0: the ball is gradient descent then. Where is its limit?",
    controls=(
        Number(name="Momentum", field="momentum", runs=(1, 2), low=0.0, high=0.99),
        Number(name="Curvature of the steep direction", field="condition_number", low=1.0, high=20.0),
    ),
    claims=(
        Claim(evidence=the_limit_is_two_times_one_plus_beta, broken_by=replace(EXPERIMENT, steps=2)),
        Claim(evidence=momentum_allows_nearly_twice_the_rate, broken_by=replace(EXPERIMENT, runs=runs(0.0))),
    ),
)
