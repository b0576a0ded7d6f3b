"""Vanishing gradients: what reaches the first of four layers of sigmoids is next to nothing."""

from dataclasses import replace

from experiments import Run
from networks.experiment import NetworkExperiment
from networks.lessons._lesson import Claim, Evidence, NetworkLesson, fall
from networks.training import gradient_norms

FAINT = 0.01  # of the last layer's gradient
STUCK = 0.05  # of the loss

experiment = NetworkExperiment(
    "circles",
    hidden=(8, 8, 8, 8),
    activation="sigmoid",
    runs=(Run("gradient_descent", {"learning_rate": 0.5}), Run("adam", {"learning_rate": 0.01})),
)
SLOWER = (Run("gradient_descent", {"learning_rate": 0.1}),)
repaired = replace(experiment, activation="relu", initialization="he", runs=SLOWER)


def fades_on_the_way_back(training):
    """The gradient of the first layer at the start, beside that of the last."""
    first, *_, last = gradient_norms(training)[0, 0].tolist()
    share = first / last if last > 0 else 1.0
    return Evidence(share < FAINT, f"At the start, the first layer's gradient is {share:.2g} of the last layer's.")


def leaves_gradient_descent_stuck(training):
    """The first run."""
    share = fall(training, 0)
    return Evidence(share < STUCK, f"The loss of the first run falls by {100 * share:.2g} % in all its steps.")


vanishing_gradients = NetworkLesson(
    slug="vanishing_gradients",
    label="Vanishing gradients",
    place=2,
    question="Four layers of sigmoids, and data that one layer can learn: why does gradient descent stay where it is?",
    explanation=(
        "On its way back, the gradient is multiplied at each layer by the slope of a sigmoid, at most a quarter. What is "
        "left of it at the first layer moves nothing, so gradient descent sits on a plateau where every answer is the "
        "same. Adam divides by the size of each gradient, and gets through."
    ),
    try_next="Take ReLU, whose slope is 1, and He's first weights (unfold *Network, training, examples*): both runs learn.",
    experiment=experiment,
    claims=(
        Claim(evidence=fades_on_the_way_back, broken_by=repaired),
        Claim(evidence=leaves_gradient_descent_stuck, broken_by=repaired),
    ),
)
