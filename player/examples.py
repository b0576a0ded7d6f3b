"""The examples of a surface made of data, and the batches of a run, as the player fetches them."""

import base64
from typing import Any

import numpy as np

from experiments import Experiment, batches, landscape_of
from landscapes import Examples
from player.figures import examples_layout

NONE = 255  # in place of an example, where the last batch of an epoch is smaller


def examples(experiment: Experiment) -> dict[str, Any]:
    """Training and held-out examples, the axes to draw them in, and the examples of every step's batch."""
    landscape = landscape_of(experiment)
    if landscape.training is None or landscape.held_out is None:
        raise ValueError(f"landscape is {landscape.slug!r}; allowed: one that is made of data")
    training, held_out = _columns(landscape.training), _columns(landscape.held_out)
    x, y = (np.concatenate([training[name], held_out[name]]) for name in ("x", "y"))
    return {
        "model": landscape.model,
        "training": {name: values.tolist() for name, values in training.items()},
        "heldOut": {name: values.tolist() for name, values in held_out.items()},
        "layout": examples_layout(x, y),
        "batches": packed(batches(experiment)),
    }


def _columns(given: Examples) -> dict[str, np.ndarray]:
    """The first input, the target, and the group: 1 where there is a second input and it is not 0."""
    inputs = given.inputs.reshape(len(given), -1)
    return {"x": inputs[:, 0], "y": given.targets, "group": (inputs[:, 1:] != 0).any(axis=1).astype(int)}


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
