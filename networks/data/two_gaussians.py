"""Two Gaussians: a cloud for each class."""

import numpy as np

from networks.data._data_set import DataSet, halves

CENTRE = 0.8
SPREAD = 0.35


def sample(generator, count, noise):
    classes = halves(count)
    spread = np.hypot(SPREAD, noise)
    return CENTRE * classes[:, None] + spread * generator.standard_normal((count, 2)), classes


two_gaussians = DataSet(
    slug="two_gaussians",
    label="Two Gaussians",
    task="classification",
    features=2,
    sample=sample,
    teaches="A straight line does: without any hidden layer this is logistic regression, whose loss is convex.",
)
