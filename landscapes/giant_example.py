"""One giant among small examples: rare, large gradients that must not be outvoted."""

import jax.numpy as jnp
import numpy as np

from landscapes._landscape import Examples, Landscape, mean_loss

SMALL, GIANT = 32, 50.0
ROUNDING = 0.3  # of the absolute error's kink


def predict(position, x):
    slope, intercept = position
    return slope * x + intercept


def example_loss(position, x, y):
    return jnp.sqrt((predict(position, x) - y) ** 2 + ROUNDING**2)


def sample(seed, count):
    """Small examples around the line y = -x, half of them left of 0 and half right, and one far out on y = x."""
    generator = np.random.default_rng(seed)
    inputs = np.where(np.arange(count - 1) % 2 == 0, 1.0, -1.0) * generator.uniform(0.6, 1.4, count - 1)
    targets = -inputs + 0.1 * generator.standard_normal(count - 1)
    return Examples(np.append(inputs, GIANT), np.append(targets, GIANT))


training = sample(0, SMALL + 1)
loss = mean_loss(example_loss, training)

giant_example = Landscape(
    slug="giant_example",
    label="One giant example",
    family="data",
    loss=loss,
    formula=r"f(w, b) = \frac{1}{n} \sum_{i=1}^{n} \sqrt{\left(w\, x_i + b - y_i\right)^2 + 0.3^2}",
    view=((-1.8, 2.2), (-1.8, 2.2)),
    starts=((0.0, 0.0), (-1.0, 1.0), (1.5, -1.0)),
    minimum=2.0216637234373365,  # Newton's method on the training examples
    minima=((0.9810657251904354, 0.6939138860963485),),
    training=training,
    held_out=sample(1, SMALL + 1),
    example_loss=example_loss,
    predict=predict,
    reference="After Reddi, Kale and Kumar, On the Convergence of Adam and Beyond, 2018, section 3; data drawn by a seed",
    teaches="One example in 33 pulls fifty times as hard; a rule that forgets it between its turns goes the other way.",
)
