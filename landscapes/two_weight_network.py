"""A network of two weights: the smallest one with a saddle between two mirrored minima."""

import jax.numpy as jnp
import numpy as np

from landscapes._landscape import Examples, Landscape, mean_loss


def predict(position, x):
    first, second = position
    return second * jnp.tanh(first * x)


def example_loss(position, x, y):
    return 0.5 * (predict(position, x) - y) ** 2


def sample(seed, count):
    """The network with weights 1.5 and 1.2, with normal errors of 0.2, at inputs between -2 and 2."""
    generator = np.random.default_rng(seed)
    inputs = generator.uniform(-2.0, 2.0, count)
    return Examples(inputs, 1.2 * np.tanh(1.5 * inputs) + 0.2 * generator.standard_normal(count))


training = sample(5, 64)
loss = mean_loss(example_loss, training)

two_weight_network = Landscape(
    slug="two_weight_network",
    label="Network of two weights",
    family="data",
    loss=loss,
    formula=r"f(w_1, w_2) = \frac{1}{n} \sum_{i=1}^{n} \tfrac{1}{2}\left(w_2 \tanh(w_1\, x_i) - y_i\right)^2",
    view=((-3.0, 3.0), (-3.0, 3.0)),
    starts=((-0.2, 0.25), (2.5, -2.0), (-2.5, 0.5), (0.05, 2.5)),
    minimum=0.014334220831673839,  # Newton's method on the training examples
    minima=((1.6760767036958353, 1.2035936316100924), (-1.6760767036958353, -1.2035936316100924)),
    saddles=((0.0, 0.0),),
    training=training,
    held_out=sample(6, 32),
    example_loss=example_loss,
    predict=predict,
    reference="Sussmann, Uniqueness of the weights for minimal feedforward nets, 1992; data drawn by a seed",
    teaches="Flipping both signs changes nothing, so there are two equal minima, and a saddle where all weights are 0.",
)
