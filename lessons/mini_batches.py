"""Gradients of single examples: fast and restless; a decaying rate brings the run to rest."""

from experiments import Experiment, Run
from lessons._lesson import Lesson

mini_batches = Lesson(
    slug="mini_batches",
    label="Full batch, mini-batch, single example",
    order=7,
    words=(
        "Each step uses **one** of 64 examples, drawn beside the surface. Its gradient points roughly "
        "downhill, so the run gets close quickly, and then wobbles; with a **decaying** rate it comes to "
        "rest. Drag the batch size from 1 to all and watch the wobble fade."
    ),
    experiment=Experiment(
        "linear_regression",
        start=(-0.5, 0.5),
        steps=256,
        batch_size=1,
        runs=(
            Run("gradient_descent", {"learning_rate": 0.08}),
            Run("gradient_descent", {"learning_rate": 0.08}, "inverse_time", {"transition_steps": 40.0}),
        ),
    ),
)
