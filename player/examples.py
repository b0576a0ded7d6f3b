"""The examples of a surface made of data, and the batches of a run, as the player fetches them."""

import base64
from typing import Any

import numpy as np

from experiments import Experiment, batches, landscape_of
from landscapes import Examples, Landscape
from player.figures import examples_layout
from player.program import program

NONE = 255  # in place of an example, where the last batch of an epoch is smaller


def examples(experiment: Experiment) -> dict[str, Any]:
    """Training and held-out examples, the axes to draw them in, and the examples of every step's batch."""
    landscape = landscape_of(experiment)
    if landscape.training is None or landscape.held_out is None or landscape.predict is None:
        raise ValueError(f"landscape is {landscape.slug!r}; allowed: one that is made of data")
    groups = sorted({other for given in (landscape.training, landscape.held_out) for other in _others(given)})
    training, held_out = _columns(landscape.training, groups), _columns(landscape.held_out, groups)
    x, y = (np.array(training[name] + held_out[name]) for name in ("x", "y"))
    return {
        "model": model(landscape),
        "groups": groups,
        "training": training,
        "heldOut": held_out,
        "layout": examples_layout(x, y),
        "batches": packed(batches(experiment)),
    }


def model(landscape: Landscape) -> dict[str, Any]:
    """What the landscape's model predicts, as a program of two weights and the inputs of one example."""
    assert landscape.training is not None
    predict, inputs = landscape.predict, landscape.training.inputs
    assert predict is not None
    if inputs.ndim == 1:
        return program(lambda first, second, x: predict((first, second), x), 3)
    return program(lambda first, second, *x: predict((first, second), x), 2 + inputs.shape[1])


def _columns(given: Examples, groups: list[tuple[float, ...]]) -> dict[str, list]:
    """The first input, the target, and which of the groups the other inputs are."""
    inputs = given.inputs.reshape(len(given), -1)
    group = [groups.index(others) for others in _others(given)]
    return {"x": inputs[:, 0].tolist(), "y": given.targets.tolist(), "group": group}


def _others(given: Examples) -> list[tuple[float, ...]]:
    """The inputs of every example beside its first."""
    return [tuple(row[1:]) for row in given.inputs.reshape(len(given), -1).tolist()]


def packed(members: np.ndarray) -> dict[str, Any]:
    """The indices of each step's examples, a byte each and `size` a step; size 0 where every step takes all."""
    if members.all():
        return {"size": 0, "members": ""}
    size = int(members.sum(axis=1).max())
    indices = np.full((len(members), size), NONE, np.uint8)
    for step, row in enumerate(members):
        found = np.flatnonzero(row)
        indices[step, : len(found)] = found
    return {"size": size, "members": base64.b64encode(indices.tobytes()).decode("ascii")}
