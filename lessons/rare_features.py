"""A feature in 3 % of the examples: what Adagrad was made for."""

from experiments import Experiment, Run
from lessons._lesson import Lesson

rare_features = Lesson(
    slug="rare_features",
    label="Why Adagrad: a rare feature",
    order=8,
    words=(
        "The second feature is there in only 3 % of the examples, so its weight (the vertical one) hardly "
        "ever gets a gradient. **Gradient descent** learns it at a crawl, at a rate that the frequent feature "
        "just bears. **Adagrad** keeps a rate per weight, and the one that is seldom used stays high."
    ),
    experiment=Experiment(
        "sparse_features",
        start=(-1.0, -1.5),
        steps=400,
        batch_size=1,
        runs=(
            Run("gradient_descent", {"learning_rate": 0.1}),
            Run("adagrad", {"learning_rate": 1.0}),
            Run("adam", {"learning_rate": 0.05}),
        ),
    ),
)
