"""The levels of a surface: told apart wherever it is high and low, also where nothing is known to be lowest."""

import numpy as np
import pytest

from player import scale_for
from player.figures import LEVELS
from surfaces import formula_landscape, surface

# All fall towards the edge of the view, or without bound.
WITHOUT_A_LOWEST_VALUE = [
    "ln(x)", "ln(abs(x))", "ln(x^2 + y^2)", "x + y", "x^3 - 3x*y^2", "-x^2 - y^4", "-exp(x)", "tan(x)", "1/x", "1/(x*y)",
    "-exp(exp(x))", "1e12*x - y", "1e-12*x^3",
]  # fmt: skip


@pytest.mark.parametrize("text", WITHOUT_A_LOWEST_VALUE)
def test_log_levels_without_a_lowest_value_are_not_one_flat_colour(text):
    landscape = formula_landscape(text)
    assert landscape.minimum is None
    drawn = surface(landscape, {})
    heights = scale_for(drawn, None, "log").height(drawn.loss)
    heights = heights[np.isfinite(heights)]
    counts, _ = np.histogram(heights, LEVELS, (heights.min(), heights.max()))
    assert counts.max() < 0.6 * heights.size, "most of the picture has one colour"
    assert (counts > 0).sum() > LEVELS / 3
