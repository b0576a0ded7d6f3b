"""The edge of stability: curvature rises until the rate is just stable, and stays there."""

from dataclasses import replace

import numpy as np

from experiments import Run
from networks.curvature import sharpness
from networks.experiment import NetworkExperiment
from networks.lessons._lesson import Claim, Evidence, NetworkLesson, fall

CLOSE = 0.15  # of the limit: how far from it the curvature may be
SMALL, LARGE = 0.1, 0.2

HARDLY_MOVING = (Run("gradient_descent", {"learning_rate": 1e-4}),)

experiment = NetworkExperiment(
    "sine",
    steps=1000,
    runs=tuple(Run("gradient_descent", {"learning_rate": rate}) for rate in (LARGE, SMALL)),
)


def stays_at_the_edge(training):
    """Over the last third of the steps, the middle curvature of the first run beside the limit of its rate."""
    found = sharpness(training)
    late = found.steps > 2 * found.steps[-1] / 3
    curvature, limit = float(np.median(found.values[0, late])), float(found.limits[0, -1])
    words = f"The curvature of the first run settles at {curvature:.3g}; its rate is stable up to {limit:.3g}."
    return Evidence(abs(curvature - limit) <= CLOSE * limit, words)


def learns_all_the_same(training):
    """The first run, though its loss may rise between two steps."""
    rises = int((np.diff(training.losses[0]) > 0).sum())
    share = fall(training, 0)
    return Evidence(
        share > 0.8 and rises > 0, f"Its loss falls by {100 * share:.0f} %, though it rises in {rises} steps."
    )


edge_of_stability = NetworkLesson(
    slug="edge_of_stability",
    label="The edge of stability",
    place=1,
    question="On a paraboloid, gradient descent diverges where the curvature exceeds 2/η. Does it here?",
    explanation=(
        "The curvature of a network is no fixed number. Gradient descent moves to where it is larger, up to the dotted "
        "line at 2/η, beyond which a step overshoots more than the last one did: that throws it back to where the "
        "surface is flatter. So it lingers at the edge, and the loss goes on falling, no longer at every step."
    ),
    try_next="Move a rate: the dotted line moves, and the curvature follows it. At half the rate it takes longer to arrive.",
    experiment=experiment,
    claims=(
        Claim(
            evidence=stays_at_the_edge,
            broken_by=replace(experiment, runs=(Run("gradient_descent", {"learning_rate": 0.02}), experiment.runs[1])),
        ),
        Claim(
            evidence=learns_all_the_same,
            broken_by=replace(experiment, runs=(Run("gradient_descent", {"learning_rate": 1e-4}),)),
        ),
    ),
)
