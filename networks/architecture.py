"""Fully connected networks: how their weights stand in one vector, what they answer, and where they start."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

MOST_LAYERS = 4
MOST_UNITS = 16
SMALL = 0.01
LARGE = 3.0

ACTIVATIONS: Mapping[str, Callable] = MappingProxyType(
    {
        "tanh": jnp.tanh,
        "relu": lambda z: jnp.where(z > 0, z, 0.0),  # the slope at 0 is 0, as in PyTorch
        "sigmoid": jax.nn.sigmoid,
        "gelu": lambda z: jax.nn.gelu(z, approximate=False),
    }
)
# The standard deviation of a layer's first weights, from how many units feed it and how many it has; all biases start at 0.
INITIALIZATIONS: Mapping[str, Callable[[int, int], float]] = MappingProxyType(
    {
        "glorot": lambda inputs, units: math.sqrt(2 / (inputs + units)),  # Glorot and Bengio 2010
        "he": lambda inputs, units: math.sqrt(2 / inputs),  # He et al. 2015
        "small": lambda inputs, units: SMALL,
        "large": lambda inputs, units: LARGE,
        "zero": lambda inputs, units: 0.0,
    }
)


class Layer(NamedTuple):
    """Where the weights (units, inputs) and the biases (units,) of a layer stand in the vector of all."""

    weights: slice
    biases: slice
    units: int
    inputs: int


@dataclass(frozen=True)
class Architecture:
    """A network of `features` inputs, hidden layers of `hidden` units with an activation, and one linear output.

    Its weights are one vector: layer by layer the weights of one unit after the other, then the biases of the layer, as
    `torch.nn.utils.parameters_to_vector` has them.
    """

    features: int
    hidden: tuple[int, ...]
    activation: str

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The hidden layers, then the output."""
        sizes, layers, at = (self.features, *self.hidden, 1), [], 0
        for inputs, units in pairwise(sizes):
            middle, end = at + units * inputs, at + units * inputs + units
            layers.append(Layer(slice(at, middle), slice(middle, end), units, inputs))
            at = end
        return tuple(layers)

    @property
    def dimension(self) -> int:
        """How many weights and biases there are."""
        return self.layers[-1].biases.stop

    def output(self, weights, inputs):
        """What the network answers to one example's inputs, of shape (features,): a number, before any squashing."""
        *hidden, output = self.layers
        values = inputs
        for layer in hidden:
            values = ACTIVATIONS[self.activation](_affine(layer, weights, values))
        return _affine(output, weights, values)[0]

    def first_weights(self, initialization: str, generator: np.random.Generator) -> Float[np.ndarray, " dimension"]:
        """Normal weights of the standard deviation that the initialization gives each layer, biases of 0.

        All draw the same normal numbers: another initialization scales the same weights.
        """
        vector = np.zeros(self.dimension)
        for layer in self.layers:
            spread = INITIALIZATIONS[initialization](layer.inputs, layer.units)
            vector[layer.weights] = spread * generator.standard_normal(layer.units * layer.inputs)
        return vector

    def squared_norm(self, weights):
        """The sum of all squared weights, without the biases: what an L2 penalty shrinks."""
        return sum(jnp.sum(weights[layer.weights] ** 2) for layer in self.layers)


def _affine(layer: Layer, weights, values):
    matrix = weights[layer.weights].reshape(layer.units, layer.inputs)
    return matrix @ values + weights[layer.biases]
