"""The update rules, one file each. `OPTIMIZERS` maps slugs to declarations."""

from collections.abc import Mapping
from typing import cast

import numerics  # noqa: F401 - sets JAX up
from catalogue import discover
from optimizers._left_out import LEFT_OUT
from optimizers._lines import Line
from optimizers._optimizer import Optimizer

OPTIMIZERS = cast(Mapping[str, Optimizer], discover(__name__))

__all__ = ["LEFT_OUT", "OPTIMIZERS", "Line", "Optimizer"]
