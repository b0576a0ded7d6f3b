"""Moons: two half circles that reach into one another."""

import numpy as np

from networks.data._data_set import DataSet, halves


def sample(generator, count, noise):
    classes = halves(count)
    angles = generator.uniform(0.0, np.pi, count)
    upper = np.stack([np.cos(angles) - 0.5, np.sin(angles) - 0.25], axis=1)
    inputs = np.where(classes[:, None] < 0, upper, -upper)
    return inputs + noise * generator.standard_normal((count, 2)), classes


moons = DataSet(
    slug="moons",
    label="Moons",
    task="classification",
    features=2,
    sample=sample,
    teaches="A line gets most of it right; the last tenth takes a curve.",
    reference="scikit-learn, make_moons; centred here",
)
