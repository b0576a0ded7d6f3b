"""A rare feature: one of two inputs is there in 3 % of the examples only."""

import numpy as np

from landscapes._landscape import Examples, Landscape, mean_loss

EVERY = 33  # one example in so many has the rare feature


def predict(position, x):
    return position[0] * x[0] + position[1] * x[1]


def example_loss(position, x, y):
    return 0.5 * (predict(position, x) - y) ** 2


def sample(seed, count):
    """y = 1.5 x + 2 z with normal errors of 0.3: x is always there, z is 1 in 3 examples of a hundred and else 0."""
    generator = np.random.default_rng(seed)
    rare = (np.arange(count) % EVERY == EVERY // 2).astype(float)
    inputs = np.stack([generator.standard_normal(count), rare], axis=1)
    return Examples(inputs, inputs @ np.array([1.5, 2.0]) + 0.3 * generator.standard_normal(count))


training = sample(7, 99)
loss = mean_loss(example_loss, training)

sparse_features = Landscape(
    slug="sparse_features",
    label="A rare feature",
    family="data",
    loss=loss,
    formula=r"f(w_1, w_2) = \frac{1}{n} \sum_{i=1}^{n} \tfrac{1}{2}\left(w_1 x_i + w_2 z_i - y_i\right)^2",
    view=((-1.5, 4.5), (-2.0, 4.0)),
    starts=((-1.0, -1.5), (4.0, -1.0), (0.0, 0.0)),
    minimum=0.0349826356818872,  # Newton's method on the training examples
    minima=((1.4726213106233523, 1.9495540617180251),),
    training=training,
    held_out=sample(8, 66),
    example_loss=example_loss,
    predict=predict,
    reference="Duchi, Hazan and Singer, Adaptive Subgradient Methods, JMLR 2011, section 1; data drawn by a seed",
    teaches="The weight of a rare feature hardly ever gets a gradient; Adagrad keeps its rate high for just that.",
)
