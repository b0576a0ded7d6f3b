"""A network and its examples as a problem, like any other that an optimizer learns."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import jax.numpy as jnp
import numpy as np

from experiments import Experiment
from landscapes import Examples, Problem, mean_loss
from networks.architecture import Architecture
from networks.experiment import L2, NetworkExperiment

ROOMS = (50, 100, 200, 300, 450)  # for how many examples programs are compiled; fewer are filled up
WEIGHTS_STREAM, DATA_STREAM = 2, 3  # of random numbers, beside those of noise and batches


def as_experiment(experiment: NetworkExperiment) -> Experiment:
    """The same as an experiment on a problem, which is what the engine runs."""
    return Experiment(
        network_problem(experiment),
        {"l2": experiment.l2},
        steps=experiment.steps,
        runs=experiment.runs,
        seed=experiment.seed,
        batch_size=experiment.batch_size,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Network(Problem):
    """A problem with examples of both kinds, and with a pattern: what is compiled for one serves all that look like it."""

    example_loss: Callable
    training: Examples
    held_out: Examples
    pattern: Problem


@lru_cache(maxsize=64)
def network_problem(experiment: NetworkExperiment) -> Network:
    """The loss of the network on its examples.

    Its compiled programs are those of its pattern: it differs from other problems of the same architecture, loss and room
    for examples only in numbers.
    """
    examples = draw_examples(experiment)
    training, held_out = map(fill_up, split(examples, experiment.trained_on))
    assert experiment.loss is not None
    return problem_of_network(
        experiment.architecture, experiment.loss, training, held_out, first_weights(experiment).tolist()
    )


def problem_of_network(
    architecture: Architecture, loss: str, training: Examples, held_out: Examples, start: list[float]
) -> Network:
    """The problem of a network that learns `training` from the weights `start`."""
    pattern = _pattern(architecture, loss, len(training.targets), len(held_out.targets))
    assert pattern.example_loss is not None
    return Network(
        slug=pattern.slug,
        label=pattern.label,
        dimension=pattern.dimension,
        loss=mean_loss(pattern.example_loss, training),
        example_loss=pattern.example_loss,
        parameters=pattern.parameters,
        training=training,
        held_out=held_out,
        starts=(tuple(start),),
        pattern=pattern,
    )


def draw_examples(experiment: NetworkExperiment) -> Examples:
    """All examples, in random order, those that are held out last; another noise moves the same ones."""
    generator = np.random.default_rng([experiment.data_seed, DATA_STREAM])
    assert experiment.noise is not None
    inputs, targets = experiment.data_set.sample(generator, experiment.points, experiment.noise)
    order = generator.permutation(experiment.points)
    return Examples(inputs[order], targets[order])


def split(examples: Examples, count: int) -> tuple[Examples, Examples]:
    """The first `count` examples, and the others."""
    inputs, targets = examples.inputs, examples.targets
    return Examples(inputs[:count], targets[:count]), Examples(inputs[count:], targets[count:])


def fill_up(examples: Examples) -> Examples:
    """The same examples in the next larger room, filled up with the first, which is finite where the others are."""
    count = len(examples.targets)
    padding = next(room for room in ROOMS if room >= count) - count
    places = np.concatenate([np.arange(count), np.zeros(padding, int)])
    return Examples(examples.inputs[places], examples.targets[places], padding)


def first_weights(experiment: NetworkExperiment) -> np.ndarray:
    """The weights from which every run starts."""
    generator = np.random.default_rng([experiment.seed, WEIGHTS_STREAM])
    return experiment.architecture.first_weights(experiment.initialization, generator)


@lru_cache(maxsize=64)
def _pattern(architecture: Architecture, loss: str, training: int, held_out: int) -> Problem:
    """What all problems of this architecture and these rooms have in common; its own examples are all 0."""

    def example_loss(position, x, y, l2):
        penalty = 0.5 * l2 * architecture.squared_norm(position)
        return LOSS_OF[loss](architecture.output(position, x), y) + penalty

    empty = Examples(np.zeros((training, architecture.features)), np.zeros(training))
    sizes = "-".join(map(str, (architecture.features, *architecture.hidden, 1)))
    return Problem(
        slug="network",
        label=f"Network {sizes}",
        dimension=architecture.dimension,
        loss=mean_loss(example_loss, empty),
        example_loss=example_loss,
        parameters={"l2": L2},
        training=empty,
        held_out=Examples(np.zeros((held_out, architecture.features)), np.zeros(held_out)),
        starts=((0.0,) * architecture.dimension,),
    )


def _squared(output, target):
    return 0.5 * (output - target) ** 2


def _cross_entropy(output, target):
    """−log of the probability that a sigmoid of the output gives to the class, −1 or +1."""
    return jnp.logaddexp(0.0, -target * output)


LOSS_OF = {"squared": _squared, "cross_entropy": _cross_entropy}
