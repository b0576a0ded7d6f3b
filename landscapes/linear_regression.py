"""Linear regression: a straight line through points, the first surface made of data."""

import numpy as np

from landscapes._landscape import Examples, Landscape, mean_loss


def predict(position, x):
    slope, intercept = position
    return slope * x + intercept


def example_loss(position, x, y):
    return 0.5 * (predict(position, x) - y) ** 2


def sample(seed, count):
    """Points around the line y = 1.5 x - 1, with normal errors of 0.6."""
    generator = np.random.default_rng(seed)
    inputs = generator.uniform(0.0, 3.0, count)
    return Examples(inputs, 1.5 * inputs - 1.0 + 0.6 * generator.standard_normal(count))


training = sample(1, 64)
loss = mean_loss(example_loss, training)

linear_regression = Landscape(
    slug="linear_regression",
    label="Linear regression",
    family="data",
    loss=loss,
    formula=r"f(w, b) = \frac{1}{n} \sum_{i=1}^{n} \tfrac{1}{2}\left(w\, x_i + b - y_i\right)^2",
    view=((-1.0, 4.5), (-3.5, 2.0)),
    starts=((-0.5, 0.5), (3.5, 0.5), (3.5, -3.5), (-0.5, -3.5)),
    minimum=0.16557760855247527,  # Newton's method on the training examples
    minima=((1.4080503487407703, -0.894968122337805),),
    training=training,
    held_out=sample(2, 32),
    example_loss=example_loss,
    predict=predict,
    reference="Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805; data drawn by a seed",
    teaches="A bowl, tilted because slope and intercept make up for one another; small batches see a wobbling one.",
)
