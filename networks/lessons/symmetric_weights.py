"""Symmetric weights: units that start alike stay alike."""

from dataclasses import replace

import numpy as np

from experiments import Run
from networks.experiment import NetworkExperiment
from networks.lessons._lesson import Claim, Evidence, NetworkLesson

experiment = NetworkExperiment(
    "xor",
    initialization="zero",
    steps=300,
    runs=(Run("gradient_descent", {"learning_rate": 0.5}), Run("adam", {"learning_rate": 0.02})),
)


def stay_alike(training):
    """The units of the first hidden layer, at the ends of all runs."""
    layers = training.experiment.architecture.layers
    if len(layers) == 1:
        return Evidence(False, "There is no hidden layer.")
    layer = layers[0]
    ends = training.weights[:, -1][:, layer.weights].reshape(len(training.weights), layer.units, layer.inputs)
    apart = float(np.abs(ends - ends[:, :1]).max())
    return Evidence(apart == 0, f"In the end, the units of the first hidden layer differ by {apart:.2g} at most.")


symmetric_weights = NetworkLesson(
    slug="symmetric_weights",
    label="Symmetric weights never separate",
    place=3,
    question="All weights start at 0. Which optimizer learns anything?",
    explanation=(
        "None. Units of a layer that are alike get the same gradient, and stay alike; with all of them at 0 they get none "
        "at all. Random first weights are there to break the tie, and for nothing else."
    ),
    try_next=(
        "Take Glorot's first weights: the units part, and both runs learn. Weights that are too small part the units, too, "
        "but gradient descent needs more than these steps for it."
    ),
    experiment=experiment,
    claims=(Claim(evidence=stay_alike, broken_by=replace(experiment, initialization="glorot")),),
)
