"""Sine: a wave to be fitted."""

import numpy as np

from networks.data._data_set import DataSet


def sample(generator, count, noise):
    inputs = generator.uniform(-2.0, 2.0, (count, 1))
    return inputs, np.sin(np.pi * inputs[:, 0]) + noise * generator.standard_normal(count)


sine = DataSet(
    slug="sine",
    label="Sine wave",
    task="regression",
    features=1,
    sample=sample,
    teaches="Two whole waves: each bend takes hidden units, and the fit can be watched bending one after another.",
)
