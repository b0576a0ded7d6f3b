"""The update rules, one file each. `OPTIMIZERS` maps slugs to declarations."""

from collections.abc import Mapping
from typing import cast

from catalogue import discover
from optimizers._lines import Line
from optimizers._optimizer import Optimizer

OPTIMIZERS = cast(Mapping[str, Optimizer], discover(__name__))

__all__ = ["OPTIMIZERS", "Line", "Optimizer"]
