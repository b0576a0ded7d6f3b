"""The stability limit: on a bowl of curvature λ, gradient descent diverges above a rate of 2/λ."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import curvature, number, rate, step_lengths

SMALLEST = 1e-250  # a step below this is lost in rounding


def at_rates(*rates: float) -> tuple[Run, ...]:
    return tuple(Run("gradient_descent", {"learning_rate": rate}) for rate in rates)


EXPERIMENT = Experiment(
    "quadratic", {"condition_number": 4.0}, start=(-2.0, 1.2), steps=40, runs=at_rates(0.45, 0.5, 0.53)
)


def growth(lengths: np.ndarray) -> float:
    """By what factor the steps grow or shrink at the end."""
    usable = lengths[np.isfinite(lengths) & (lengths > SMALLEST)]
    return float(usable[-1] / usable[-2]) if len(usable) > 1 else 0.0


def the_limit_is_two_over_the_curvature(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Steps grow above 2/λ and shrink below it, and there is a run on either side."""
    limit = 2 / curvature(experiment, np.zeros(2))
    rates = np.array([rate(experiment, run) for run in range(len(experiment.runs))])
    factors = np.array([growth(lengths) for lengths in step_lengths(trajectory)])
    sides = np.sign(np.round(rates / limit - 1, 9))
    agrees = (np.sign(np.round(factors - 1, 6)) == sides).all()
    parts = [f"{number(factor)} at {number(rate)}" for rate, factor in zip(rates, factors, strict=True)]
    words = f"λ = {number(2 / limit)} and 2/λ = {number(limit)}. Each step is the last one times {', '.join(parts)}"
    if not {-1.0, 1.0} <= set(sides):
        return Evidence(False, f"{words}. All rates lie on one side of the limit.")
    return Evidence(bool(agrees), f"{words}.")


stability_limit = Lesson(
    slug="stability_limit",
    label="The largest stable rate",
    chapter=1,
    place=3,
    minutes=5,
    question="This bowl's curvature is 1 along x and λ = κ = 4 along y. Above which rate does gradient descent diverge?",
    answers=(
        Answer("1/λ = 0.25: beyond it, every step overshoots."),
        Answer("2/λ = 0.5: beyond it, every bounce is longer than the last.", right=True),
        Answer("1: then a step is longer than the gradient."),
        Answer("There is no fixed limit: it depends on how far away the start is."),
    ),
    experiment=EXPERIMENT,
    watch="One run bounces in, one bounces for ever, one is thrown out. Which rate does which?",
    explanation=(
        "In the steep direction each step multiplies the distance by 1 − ηλ. Between 1/λ and 2/λ this lies between 0 "
        "and −1: the run overshoots and still converges. At 2/λ it is −1, and beyond that the distance grows, wherever"
        " the run starts."
    ),
    try_next="Double the curvature. Which of the three rates still converge?",
    controls=(
        Number(name="Curvature of the steep direction", field="condition_number", low=1.0, high=20.0),
        Number(name="Largest rate", field="learning_rate", runs=(2,), low=0.05, high=1.0),
    ),
    claims=(
        Claim(
            evidence=the_limit_is_two_over_the_curvature,
            broken_by=replace(EXPERIMENT, runs=at_rates(0.45, 0.5, 0.3)),
        ),
    ),
)
