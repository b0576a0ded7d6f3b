"""A surface as the player draws it: contour, 3-D surface, and the true losses between which the pointer reads."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from landscapes import Interval, Landscape
from player.figures import contour_figure, scale_for, surface_figure
from surfaces import Surface, surface

Window = tuple[Interval, Interval]


def surface_document(
    landscape: Landscape, parameters: Mapping[str, float], scale_name: str, theme: str, window: Window | None = None
) -> dict[str, Any]:
    """The surface over `window`, the landscape's own view by default, in plain JSON."""
    return drawn_surface(surface(landscape, parameters, window), landscape.minimum, scale_name, theme)


def drawn_surface(grid: Surface, minimum: float | None, scale_name: str, theme: str) -> dict[str, Any]:
    """A loss on a grid, of which the lowest value may be known, in plain JSON."""
    scale = scale_for(grid, minimum, scale_name)
    return {
        "contour": json.loads(contour_figure(grid, scale, theme).to_json()),
        "surface": json.loads(surface_figure(grid, scale, theme).to_json()),
        "x": [float(grid.x[0]), float(grid.x[-1])],
        "y": [float(grid.y[0]), float(grid.y[-1])],
        "columns": len(grid.x),
        "rows": len(grid.y),
        "loss": [[_digits(value) for value in row] for row in grid.loss],
        "scale": {"name": scale.name, "floor": scale.floor, "offset": scale.offset},
    }


def _digits(value: float) -> float | None:
    """Six significant digits, more than are ever shown."""
    return float(f"{value:.6g}") if np.isfinite(value) else None
