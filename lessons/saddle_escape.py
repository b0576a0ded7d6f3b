"""Leaving a saddle: who notices the way down first."""

from experiments import Experiment, Run
from lessons._lesson import Lesson

saddle_escape = Lesson(
    slug="saddle_escape",
    label="Escaping from a saddle",
    order=3,
    words=(
        "All four walk into the saddle, where the gradient almost vanishes. Rules that divide by the size of past "
        "gradients leave it early, **momentum** later, **gradient descent** last."
    ),
    experiment=Experiment(
        "saddle",
        start=(-1.8, 0.001),
        steps=200,
        runs=(
            Run("gradient_descent", {"learning_rate": 0.06}),
            Run("momentum", {"learning_rate": 0.01}),
            Run("adagrad", {"learning_rate": 0.2}),
            Run("adam", {"learning_rate": 0.05}),
        ),
    ),
)
