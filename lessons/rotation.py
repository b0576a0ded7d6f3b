"""A ravine off the axes: rates per coordinate lose what they are good at."""

from experiments import Experiment, Run
from lessons._lesson import Lesson

rotation = Lesson(
    slug="rotation",
    label="What adaptive rates can't see",
    order=9,
    words=(
        "Adagrad and Adam give every **coordinate** a rate of its own. In a ravine along an axis that is all "
        "it takes: set the angle to 0. Turned by 45°, both coordinates look alike to them and the advantage "
        "is gone. Gradient descent doesn't notice the turn."
    ),
    experiment=Experiment(
        "rotated_ravine",
        steps=200,
        runs=(
            Run("gradient_descent", {"learning_rate": 0.03}),
            Run("adagrad", {"learning_rate": 1.0}),
            Run("adam", {"learning_rate": 0.05}),
        ),
    ),
)
