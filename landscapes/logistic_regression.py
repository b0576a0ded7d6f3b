"""Logistic regression: two overlapping classes, and a surface that is steep on one side and flat on the other."""

import jax
import jax.numpy as jnp
import numpy as np

from landscapes._landscape import Examples, Landscape, mean_loss


def score(position, x):
    slope, intercept = position
    return slope * x + intercept


def predict(position, x):
    """The probability of the second class."""
    return jax.nn.sigmoid(score(position, x))


def example_loss(position, x, y):
    s = score(position, x)
    return jnp.logaddexp(0.0, s) - y * s


def sample(seed, count):
    """Two classes, equally likely, normal with deviation 1 around -1.2 and 1.2 along one input."""
    generator = np.random.default_rng(seed)
    targets = (np.arange(count) % 2).astype(float)
    return Examples(2.4 * targets - 1.2 + generator.standard_normal(count), targets)


training = sample(3, 64)
loss = mean_loss(example_loss, training)

logistic_regression = Landscape(
    slug="logistic_regression",
    label="Logistic regression",
    family="data",
    loss=loss,
    formula=(
        r"f(w, b) = \frac{1}{n} \sum_{i=1}^{n} \left[\log\left(1 + e^{s_i}\right) - y_i\, s_i\right],"
        r" \quad s_i = w\, x_i + b"
    ),
    view=((-3.0, 7.0), (-5.0, 5.0)),
    starts=((-2.5, 4.0), (-2.0, -4.0), (6.5, 4.0), (0.0, 0.0)),
    minimum=0.2845248075294511,  # Newton's method on the training examples
    minima=((2.108112200498396, 0.11374171430645724),),
    training=training,
    held_out=sample(4, 32),
    example_loss=example_loss,
    predict=predict,
    reference="Cox, The regression analysis of binary sequences, 1958; data drawn by a seed",
    teaches="Convex, but not a parabola: far off the slope is constant, near the minimum it fades.",
)
