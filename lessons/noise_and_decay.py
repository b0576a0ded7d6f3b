"""Noisy gradients: a constant rate rattles, a decaying one settles."""

from experiments import Experiment, Run
from lessons._lesson import Lesson

noise_and_decay = Lesson(
    slug="noise_and_decay",
    label="Noise, and why rates decay",
    order=4,
    words=(
        "Every gradient carries the same noise for all runs. With a **constant** rate the path rattles around the minimum "
        "for ever; with a **decaying** rate the noise averages out, unless the decay stops it on the way."
    ),
    experiment=Experiment(
        "quadratic",
        {"condition_number": 5.0},
        start=(-2.0, 1.2),
        steps=400,
        noise=1.5,
        seed=7,
        runs=(
            Run("gradient_descent", {"learning_rate": 0.15}),
            Run("gradient_descent", {"learning_rate": 0.15}, "cosine"),
            Run("gradient_descent", {"learning_rate": 0.15}, "inverse_time", {"transition_steps": 40.0}),
            Run("gradient_descent", {"learning_rate": 0.15}, "exponential", {"transition_steps": 8.0}),
        ),
    ),
)
