"""The record of a run: one row of numbers per step, whose places have names."""

from collections.abc import Mapping
from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np
import optax

from optimizers import Optimizer

NUMBER = np.dtype(np.float64)
BRIEF = ("position", "loss", "learning_rate", "clipped")


@lru_cache(maxsize=512)
def layout(optimizer: Optimizer, dimension: int, brief: bool = False) -> np.dtype:
    """What is recorded of a step, by name and shape: `row.view(layout)["shared"]["position"]`.

    `shared` is the same for every rule; `state` are the fields that the rule shows. A brief record has only where the
    run went, without the gradients, updates and states, which are as long. Found without computing anything.
    """
    defaults = {name: parameter.default for name, parameter in optimizer.hyperparameters.items()}
    state = jax.eval_shape(optimizer.make(**defaults).init, jax.ShapeDtypeStruct((dimension,), NUMBER))
    shared = {
        "position": (dimension,),
        "loss": (),
        "gradient": (dimension,),
        "update": (dimension,),
        "learning_rate": (),
        "clipped": (),
    }
    if brief:
        return np.dtype([("shared", _named({name: shared[name] for name in BRIEF}))])
    return np.dtype([("shared", _named(shared)), ("state", _named(_shapes(optimizer, state)))])


def _shapes(optimizer: Optimizer, state) -> dict[str, tuple[int, ...]]:
    return {name: optax.tree.get(state, name).shape for name in optimizer.shows}


def _named(shapes: Mapping[str, tuple[int, ...]]) -> np.dtype:
    return np.dtype([(name, NUMBER, shape) for name, shape in shapes.items()])


def width(fields: np.dtype) -> int:
    """How many numbers a row of `fields` is."""
    return fields.itemsize // NUMBER.itemsize


def row(fields: np.dtype, values: Mapping[str, Mapping[str, jax.Array]]) -> jax.Array:
    """The named values of one step in the order of `fields`, as one vector."""
    parts = ((values[part], fields[part].names) for part in fields.names or ())
    return jnp.concatenate([jnp.ravel(named[name]) for named, names in parts for name in names or ()])
