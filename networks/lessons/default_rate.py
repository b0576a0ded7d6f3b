"""The default rate of 0.001: right for Adam, and far too small for gradient descent."""

from dataclasses import replace

from experiments import Run
from networks.experiment import NetworkExperiment
from networks.lessons._lesson import Claim, Evidence, NetworkLesson, fall

DEFAULT = 0.001

experiment = NetworkExperiment(
    "circles",
    steps=1000,
    runs=(
        Run("adam", {"learning_rate": DEFAULT}),
        Run("gradient_descent", {"learning_rate": DEFAULT}),
        Run("gradient_descent", {"learning_rate": 0.5}),
    ),
)


def is_right_for_adam_alone(training):
    """The first two runs, at the same rate."""
    first, second = fall(training, 0), fall(training, 1)
    words = f"The loss of the first run falls by {100 * first:.0f} %, that of the second by {100 * second:.2g} %."
    return Evidence(first > 0.9 and second < 0.1, words)


def a_rate_of_its_own_repairs_it(training):
    """The last run, of the same rule as the second."""
    share = fall(training, -1)
    return Evidence(share > 0.9, f"The loss of the last run falls by {100 * share:.0f} %.")


default_rate = NetworkLesson(
    slug="default_rate",
    label="One default rate for every rule",
    place=6,
    question="Adam's default rate is 0.001. Is that a good rate for gradient descent on the same network?",
    explanation=(
        "Adam's steps are as long as its rate, whatever the gradient. Gradient descent's are the rate times the gradient, "
        "which is small here: at 0.001 it has hardly left its start after a thousand steps. At 0.5, which a sweep finds, "
        "it does as well as Adam. Rates of different rules can't be compared."
    ),
    try_next="Remove a run and add it again: the rate that it comes with was found by a short sweep on this network.",
    experiment=experiment,
    claims=(
        Claim(
            evidence=is_right_for_adam_alone,
            broken_by=replace(experiment, runs=(experiment.runs[0], experiment.runs[2])),
        ),
        Claim(evidence=a_rate_of_its_own_repairs_it, broken_by=replace(experiment, runs=experiment.runs[:2])),
    ),
)
