"""A line through eight examples: too few to tell its slope from their noise."""

import numpy as np

from landscapes._landscape import Examples, Landscape, mean_loss


def predict(position, x):
    slope, intercept = position
    return slope * x + intercept


def example_loss(position, x, y):
    return 0.5 * (predict(position, x) - y) ** 2


def sample(seed, count):
    """Points around the line y = x, with normal errors of 0.4, at inputs between 0.5 and 1.5."""
    generator = np.random.default_rng(seed)
    inputs = generator.uniform(0.5, 1.5, count)
    return Examples(inputs, inputs + 0.4 * generator.standard_normal(count))


training = sample(5, 8)
loss = mean_loss(example_loss, training)

few_examples = Landscape(
    slug="few_examples",
    label="A line through eight points",
    family="data",
    loss=loss,
    formula=r"f(w, b) = \frac{1}{n} \sum_{i=1}^{n} \tfrac{1}{2}\left(w\, x_i + b - y_i\right)^2, \quad n = 8",
    view=((-1.0, 4.0), (-2.5, 2.5)),
    starts=((0.0, 0.0), (0.0, 1.5), (3.5, 1.0)),
    minimum=0.04279211533650213,  # least squares on the training examples
    minima=((2.3679803329601445, -1.2223838078300224),),
    training=training,
    held_out=sample(1001, 40),
    example_loss=example_loss,
    predict=predict,
    reference="Prechelt, Early Stopping: But When?, 1998; data drawn by a seed",
    teaches="First it learns what all examples share, then the noise of these eight: the held-out loss turns and rises.",
)
