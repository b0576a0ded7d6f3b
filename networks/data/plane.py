"""Plane: a linear function of two inputs."""

from networks.data._data_set import DataSet

SLOPES = (0.8, -0.5)


def sample(generator, count, noise):
    inputs = generator.uniform(-1.5, 1.5, (count, 2))
    return inputs, inputs @ SLOPES + noise * generator.standard_normal(count)


plane = DataSet(
    slug="plane",
    label="Plane",
    task="regression",
    features=2,
    sample=sample,
    teaches="A network without hidden layers fits it exactly: linear regression, and a paraboloid as landscape.",
)
