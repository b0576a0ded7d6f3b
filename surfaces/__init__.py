"""What is known about a surface: its grid, its critical points, a typed formula as a landscape, and remarks on it."""

from surfaces.critical_points import REFINED_TOGETHER, CriticalPoints, present_saddles, refine, search
from surfaces.formula_landscape import (
    EXAMPLE,
    FORMULA_SLUG,
    VIEW,
    FormulaLandscape,
    View,
    checked_view,
    formula_landscape,
)
from surfaces.grid import Surface, steepness, surface, view_centre, view_diagonal
from surfaces.programs import before_compiling, kept_with_landscape, programs_made
from surfaces.relief import RING, Relief, relief

__all__ = [
    "EXAMPLE",
    "FORMULA_SLUG",
    "REFINED_TOGETHER",
    "RING",
    "VIEW",
    "CriticalPoints",
    "FormulaLandscape",
    "Relief",
    "Surface",
    "View",
    "before_compiling",
    "checked_view",
    "formula_landscape",
    "kept_with_landscape",
    "present_saddles",
    "programs_made",
    "refine",
    "relief",
    "search",
    "steepness",
    "surface",
    "view_centre",
    "view_diagonal",
]
