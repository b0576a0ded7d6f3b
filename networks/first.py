"""The experiment that the page of networks shows first: four rules from the same weights."""

from experiments import Run
from networks.experiment import NetworkExperiment

FIRST = NetworkExperiment(
    "moons",
    hidden=(8, 8),
    points=200,
    steps=500,
    runs=(
        Run("gradient_descent", {"learning_rate": 0.5}),
        Run("momentum", {"learning_rate": 0.05}),
        Run("rmsprop", {"learning_rate": 0.01}),
        Run("adam", {"learning_rate": 0.01}),
    ),
)
