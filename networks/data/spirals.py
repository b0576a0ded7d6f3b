"""Spirals: two arms wound around one another."""

from dataclasses import replace

import numpy as np

from networks.data._data_set import NOISE, DataSet, halves

TURNS = 1.25
INNER, OUTER = 0.15, 1.5


def sample(generator, count, noise):
    classes = halves(count)
    along = np.sqrt(generator.uniform(0.0, 1.0, count))  # evenly along the arm, which gets longer outward
    radii, angles = INNER + (OUTER - INNER) * along, 2 * np.pi * TURNS * along
    arm = radii[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return np.where(classes[:, None] < 0, arm, -arm) + noise * generator.standard_normal((count, 2)), classes


spirals = DataSet(
    slug="spirals",
    label="Spirals",
    task="classification",
    features=2,
    sample=sample,
    noise=replace(NOISE, default=0.05),
    teaches="Hard for small networks: wide layers and patience are needed before the boundary winds along.",
    reference="Lang and Witbrock, Learning to tell two spirals apart, 1988",
)
