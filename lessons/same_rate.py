"""The same rate for all: a number that means something else in every rule."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory, simulate
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import arrivals, arrives, heights, number, step_lengths, times

RULES = {
    "gradient_descent": "gradient descent",
    "momentum": "momentum",
    "adagrad": "Adagrad",
    "rmsprop": "RMSprop",
    "adam": "Adam",
}
FACTORS = (10.0, 30.0, 100.0)  # by which the last is helped


def all_at(rate: float) -> tuple[Run, ...]:
    return tuple(Run(rule, {"learning_rate": rate}) for rule in RULES)


EXPERIMENT = Experiment("quadratic", {"condition_number": 10.0}, start=(-2.0, 1.2), steps=150, runs=all_at(0.01))


def one_rate_gives_steps_of_all_sizes(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """The first steps differ in length, although slope and rate are the same."""
    lengths = step_lengths(trajectory)[:, 0]
    names = list(RULES.values())
    longest, shortest = int(lengths.argmax()), int(lengths.argmin())
    words = f"The first step of {names[longest]} is {number(lengths[longest])} long, that of {names[shortest]} "
    words += f"{number(lengths[shortest])}: {times(lengths[longest] / max(lengths[shortest], 1e-30))} between them."
    return Evidence(bool(lengths[longest] > 5 * lengths[shortest]), words)


def the_last_could_be_first(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """The rule that ends last arrives before the winner when it has a rate of its own."""
    names, steps = list(RULES.values()), arrivals(experiment, trajectory)
    arrived = {step: run for run, step in enumerate(steps) if step is not None}
    if not arrived:
        return Evidence(False, f"No run arrives within {experiment.steps} steps.")
    winner, last = arrived[min(arrived)], int(heights(experiment, trajectory)[:, -1].argmax())
    own, best = _at_its_own_rate(experiment, last)
    words = f"First is {names[winner]}: it {arrives(min(arrived), experiment)}. Last is {names[last]}; at a rate of "
    words += f"{number(own)} it {arrives(best, experiment)}."
    return Evidence(last != winner and best is not None and best < min(arrived), words)


def _at_its_own_rate(experiment: Experiment, run: int) -> tuple[float, int | None]:
    """Of a few larger rates the one at which a run arrives first, and when."""
    given = experiment.runs[run]
    rates = [factor * given.hyperparameters["learning_rate"] for factor in FACTORS]
    helped = replace(experiment, runs=tuple(Run(given.optimizer, {"learning_rate": rate}) for rate in rates))
    steps = arrivals(helped, simulate(helped))
    waits = [np.inf if step is None else step for step in steps]
    best = int(np.argmin(waits))
    return rates[best], steps[best]


same_rate = Lesson(
    slug="same_rate",
    label="The same rate for all?",
    chapter=3,
    place=10,
    minutes=4,
    question="Five rules race at the same learning rate, 0.01. What does the result tell you?",
    answers=(
        Answer("Which rule is best: the same rate makes it a fair race."),
        Answer("That Adagrad and Adam are too slow for a simple bowl."),
        Answer("Little: the same number means a different step size in each rule.", right=True),
    ),
    experiment=EXPERIMENT,
    watch="How far each run gets with its very first step.",
    explanation=(
        "Gradient descent multiplies the slope by the rate, momentum ends up with ten times that, Adam steps by the "
        "rate itself, Adagrad by ever smaller shares of it. That is why default rates differ: 0.001 for Adam, 0.01 to "
        "0.1 for momentum. Compare rules only at rates that were tuned for each."
    ),
    try_next="Raise the rate of all five. Does the order stay?",
    controls=(Number(name="Rate of all five", field="learning_rate", runs=(0, 1, 2, 3, 4), low=0.001, high=1.0),),
    claims=(
        Claim(evidence=one_rate_gives_steps_of_all_sizes, broken_by=replace(EXPERIMENT, start=(-1.0, 0.0))),
        Claim(evidence=the_last_could_be_first, broken_by=replace(EXPERIMENT, runs=all_at(0.5))),
    ),
)
