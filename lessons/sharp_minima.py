"""A sharp and a flat minimum of the same depth, and noise that tells them apart."""

from experiments import Experiment, Run
from lessons._lesson import Lesson

sharp_minima = Lesson(
    slug="sharp_minima",
    label="Noise escapes sharp minima",
    order=6,
    words=(
        "The two minima are **equally deep**. Gradient descent starts in the sharp one. Without noise it "
        "would stay there; with the noise of small batches it is shaken **out of the sharp** minimum and "
        "stays in the flat one. Set the noise to 0, or try other seeds."
    ),
    experiment=Experiment(
        "sharp_and_flat",
        start=(-2.3, 0.2),
        steps=1000,
        noise=4.0,
        runs=(Run("gradient_descent", {"learning_rate": 0.05}),),
    ),
)
