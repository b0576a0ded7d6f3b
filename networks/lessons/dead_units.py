"""Dead units: one step that is too large, and a ReLU never answers again."""

from dataclasses import replace

import numpy as np

from experiments import Run
from networks.architecture import ACTIVATIONS
from networks.experiment import NetworkExperiment
from networks.lessons._lesson import Claim, Evidence, NetworkLesson
from networks.network import network_problem

experiment = NetworkExperiment(
    "circles",
    hidden=(8,),
    activation="relu",
    initialization="he",
    loss="squared",
    steps=300,
    runs=(Run("gradient_descent", {"learning_rate": 1.0}), Run("gradient_descent", {"learning_rate": 0.1})),
)


def silent_units(training, run):
    """How many units of the first hidden layer answer 0 to every example in the end."""
    layer = training.experiment.architecture.layers[0]
    weights = training.weights[run, training.last[run]]
    sums = network_problem(training.experiment).training.inputs @ weights[layer.weights].reshape(layer.units, -1).T
    answers = np.asarray(ACTIVATIONS[training.experiment.activation](sums + weights[layer.biases]))
    return int((answers == 0).all(axis=0).sum()), layer.units


def die_at_the_large_rate(training):
    """In the first run more than half, in the last none."""
    (first, units), (last, _) = silent_units(training, 0), silent_units(training, -1)
    words = f"Of {units} units, {first} are silent in the end of the first run, and {last} in that of the last."
    return Evidence(first > units / 2 and last == 0, words)


dead_units = NetworkLesson(
    slug="dead_units",
    label="A rate that kills ReLU units",
    place=4,
    question="At ten times the rate, does the first run learn ten times as fast?",
    explanation=(
        "It stops learning. A step that is too large pushes the biases of most units so far down that their sum is "
        "negative for every example. There a ReLU answers 0, and its slope is 0, so no gradient ever brings it back: the "
        "few units that are left can't part one circle from the other."
    ),
    try_next="Lower the rate of the first run, step by step, until its boundary closes.",
    experiment=experiment,
    claims=(
        Claim(
            evidence=die_at_the_large_rate,
            broken_by=replace(experiment, runs=(Run("gradient_descent", {"learning_rate": 0.2}), experiment.runs[1])),
        ),
    ),
)
