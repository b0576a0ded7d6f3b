"""Training and held-out loss part: the network learns its examples by heart."""

from dataclasses import replace

import numpy as np

from experiments import Run
from networks.experiment import NetworkExperiment
from networks.lessons._lesson import Claim, Evidence, NetworkLesson

experiment = NetworkExperiment(
    "moons",
    hidden=(16, 16),
    points=60,
    noise=0.3,
    held_out=0.5,
    steps=1000,
    runs=(Run("adam", {"learning_rate": 0.01}),),
)
penalized = replace(experiment, l2=0.02)


def held_out_rises(training):
    """The held-out loss of the first run in the end, beside its lowest; and the training loss, which goes on falling."""
    held_out, losses = training.held_out_losses[0], training.losses[0]
    best = int(np.argmin(held_out))
    words = (
        f"From step {best} on, the held-out loss rises from {held_out[best]:.2g} to {held_out[-1]:.2g}, while the training "
        f"loss falls from {losses[best]:.2g} to {losses[-1]:.2g}."
    )
    return Evidence(bool(held_out[-1] > 2 * held_out[best] and losses[-1] < losses[best] / 2), words)


held_out_parts = NetworkLesson(
    slug="held_out_parts",
    label="Held-out loss parts from training loss",
    place=5,
    question="The training loss falls to nothing. Is the network any good?",
    explanation=(
        "It has learned thirty examples by heart, their noise included: the boundary winds around single points, and the "
        "dotted loss, over examples that it never saw, rises again. The best network was there early on."
    ),
    try_next="Set the L2 penalty to 0.02: weights stay small, the boundary smooth, and the two losses together.",
    experiment=experiment,
    claims=(Claim(evidence=held_out_rises, broken_by=penalized),),
)
