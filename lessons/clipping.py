"""Clipping: one step on a cliff throws a run out of the picture."""

from experiments import Experiment, Run
from lessons._lesson import Lesson

clipping = Lesson(
    slug="clipping",
    label="Why gradients are clipped",
    order=5,
    words=(
        "Both runs have the same rate. At the cliff's face the slope is enormous, and **one step** throws the "
        "first run out of the picture. The second **clips** its gradients: it keeps their direction but not "
        "their length, and arrives. The hollow dots mark its clipped steps."
    ),
    experiment=Experiment(
        "cliff",
        start=(2.6, 1.6),
        steps=120,
        runs=(
            Run("gradient_descent", {"learning_rate": 0.25}),
            Run("gradient_descent", {"learning_rate": 0.25}, clip_norm=1.0),
        ),
    ),
)
