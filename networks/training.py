"""Training: the runs of an experiment through weight space, and their losses on both kinds of examples."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from experiments import Run, follow, suggested_rate
from networks.evaluation import gradient_norms_at, losses_at
from networks.experiment import NetworkExperiment
from networks.network import as_experiment, network_problem


@dataclass(frozen=True, eq=False)
class Training:
    """What came out, in float64; the leading axis is the runs, in the experiment's order, index 0 of steps the start.

    Both losses are what is descended, the penalty of `l2` included: over all examples that are trained on, and over those
    that are held out. `diverged_at` is the first index whose weights or loss are not finite, -1 for never.
    """

    experiment: NetworkExperiment
    weights: Float[np.ndarray, "runs steps_and_start dimension"]
    losses: Float[np.ndarray, "runs steps_and_start"]
    held_out_losses: Float[np.ndarray, "runs steps_and_start"]
    learning_rates: Float[np.ndarray, "runs steps"]
    clipped: Bool[np.ndarray, "runs steps"]
    diverged_at: Int[np.ndarray, " runs"]

    @property
    def last(self) -> Int[np.ndarray, " runs"]:
        """Per run the last index up to which everything is finite; 0 where not even the start is."""
        return np.where(self.diverged_at < 0, self.losses.shape[1] - 1, np.maximum(self.diverged_at - 1, 0))


def train(experiment: NetworkExperiment) -> Training:
    """Trains the network with every run, from the same weights and on the same batches."""
    paths = follow(as_experiment(experiment))
    problem = network_problem(experiment)
    held_out = losses_at(problem, experiment.l2, paths.positions, problem.held_out)
    return Training(
        experiment, paths.positions, paths.losses, held_out, paths.learning_rates, paths.clipped, paths.diverged_at
    )


def gradient_norms(training: Training) -> Float[np.ndarray, "runs steps_and_start layers"]:
    """How long the gradient of the training loss is in each layer, at every step; NaN where a run is lost.

    It is over all examples. The length of the whole gradient is the norm over the layers.
    """
    shown = training.experiment
    found = gradient_norms_at(network_problem(shown), shown.architecture, shown.l2, training.weights)
    return np.where((np.arange(found.shape[1]) <= training.last[:, None])[..., None], found, np.nan)


def fair_rate(experiment: NetworkExperiment, run: Run) -> float:
    """The learning rate at which `run` does well on this network, found by a short sweep."""
    return suggested_rate(as_experiment(experiment), run)
