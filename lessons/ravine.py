"""Four rules in one ravine: the picture with which most courses begin."""

from experiments import Experiment, Run
from lessons._lesson import Lesson

ravine = Lesson(
    slug="ravine",
    label="Four rules in a ravine",
    order=1,
    words=(
        "The walls are 50 times steeper than the floor. **Gradient descent** bounces between the walls and creeps along "
        "the floor; **momentum** gathers speed and overshoots; **RMSprop** and **Adam** give each direction its own scale."
    ),
    experiment=Experiment(
        "quadratic",
        start=(-2.0, 1.2),
        steps=150,
        runs=(
            Run("gradient_descent", {"learning_rate": 0.038}),
            Run("momentum", {"learning_rate": 0.01}),
            Run("rmsprop", {"learning_rate": 0.03}),
            Run("adam", {"learning_rate": 0.06}),
        ),
    ),
)
