"""One rule, four rates: too small, good, too large, and too large by far."""

from experiments import Experiment, Run
from lessons._lesson import Lesson

learning_rate = Lesson(
    slug="learning_rate",
    label="A learning rate too small, too large",
    order=2,
    words=(
        "Gradient descent four times, with four rates. On this ravine it converges only for rates below 2/κ = 0.04: just "
        "under it the path zigzags, just over it every bounce is larger than the last."
    ),
    experiment=Experiment(
        "quadratic",
        start=(-2.0, 0.3),
        steps=250,
        runs=tuple(Run("gradient_descent", {"learning_rate": rate}) for rate in (0.002, 0.02, 0.0385, 0.0405)),
    ),
)
