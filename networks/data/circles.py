"""Circles: one class around the other."""

import numpy as np

from networks.data._data_set import DataSet, halves

RADII = {-1.0: 0.5, 1.0: 1.3}


def sample(generator, count, noise):
    classes = halves(count)
    angles = generator.uniform(0.0, 2 * np.pi, count)
    radii = np.where(classes < 0, RADII[-1.0], RADII[1.0])
    inputs = radii[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return inputs + noise * generator.standard_normal((count, 2)), classes


circles = DataSet(
    slug="circles",
    label="Circles",
    task="classification",
    features=2,
    sample=sample,
    teaches="No straight line parts one circle from the other: without a hidden layer, nothing can be learned here.",
)
