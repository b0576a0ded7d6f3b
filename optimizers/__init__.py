"""The update rules, one file each. `OPTIMIZERS` maps slugs to declarations."""

from collections.abc import Mapping
from typing import cast

import numerics  # noqa: F401 - sets JAX up
from catalogue import discover
from optimizers._by_hand import ByHand, by_hand
from optimizers._left_out import LEFT_OUT
from optimizers._optimizer import Elsewhere, Optimizer
from optimizers._promise import Ground, Path, Promise
from optimizers._symbols import Symbol

OPTIMIZERS = cast(Mapping[str, Optimizer], discover(__name__))

__all__ = [
    "LEFT_OUT",
    "OPTIMIZERS",
    "ByHand",
    "Elsewhere",
    "Ground",
    "Optimizer",
    "Path",
    "Promise",
    "Symbol",
    "by_hand",
]
