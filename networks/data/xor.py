"""Exclusive or: each class in two opposite quadrants."""

import numpy as np

from networks.data._data_set import DataSet

GAP = 0.15  # between a quadrant and the axes


def sample(generator, count, noise):
    quadrant = np.arange(count) % 4
    signs = np.stack([np.where(quadrant % 2 == 0, 1.0, -1.0), np.where(quadrant < 2, 1.0, -1.0)], axis=1)
    inputs = signs * generator.uniform(GAP, 1.3, (count, 2))
    return inputs + noise * generator.standard_normal((count, 2)), signs[:, 0] * signs[:, 1]


xor = DataSet(
    slug="xor",
    label="Exclusive or",
    task="classification",
    features=2,
    sample=sample,
    teaches="Each input alone says nothing of the class: it takes a hidden layer to combine them.",
    reference="Minsky and Papert, Perceptrons, 1969",
)
