"""Which runs are lost, as verdicts call it."""

import numpy as np
from jaxtyping import Bool

from experiments import FAR
from landscapes import Landscape, Problem
from surfaces import view_centre, view_diagonal
from sweeps.program import Ends


def is_lost(problem: Problem, ends: Ends) -> Bool[np.ndarray, " lanes"]:
    """Which lanes were not finite at some step, or ended a thousand times as far away as their surface's view is wide."""
    not_finite = ends.diverged_at >= 0
    if not isinstance(problem, Landscape):
        return not_finite
    away = np.abs(ends.positions - view_centre(problem)).max(axis=1)
    return not_finite | ~(away <= FAR * view_diagonal(problem))
