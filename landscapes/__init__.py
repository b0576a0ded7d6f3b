"""The surfaces, one file each. `LANDSCAPES` maps slugs to declarations."""

from collections.abc import Mapping
from typing import cast

import numerics  # noqa: F401 - sets JAX up
from catalogue import discover
from landscapes._landscape import FAMILIES, Examples, Interval, Landscape, Point, Problem, mean_loss

LANDSCAPES = cast(Mapping[str, Landscape], discover(__name__))

__all__ = ["FAMILIES", "LANDSCAPES", "Examples", "Interval", "Landscape", "Point", "Problem", "mean_loss"]
