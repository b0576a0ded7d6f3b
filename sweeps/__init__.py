"""Many runs at once: what one run cannot show."""

from sweeps.basins import DIVERGED, UNFINISHED, Basins, basins
from sweeps.lanes import Lanes
from sweeps.many import before_chunk, run_lanes
from sweeps.program import Ends
from sweeps.rates import Range, RateSweep, as_good_rates, is_noisy, rate_sweep, usual_rates
from sweeps.stability import Axis, StabilityMap, adjustable, stability_map, usual_axes, usual_axis
from sweeps.tuning import OBJECTIVES, Tuned, Tuning, tune, tuning

__all__ = [
    "DIVERGED",
    "OBJECTIVES",
    "UNFINISHED",
    "Axis",
    "Basins",
    "Ends",
    "Lanes",
    "Range",
    "RateSweep",
    "StabilityMap",
    "Tuned",
    "Tuning",
    "adjustable",
    "as_good_rates",
    "basins",
    "before_chunk",
    "is_noisy",
    "rate_sweep",
    "run_lanes",
    "stability_map",
    "tune",
    "tuning",
    "usual_axes",
    "usual_axis",
    "usual_rates",
]
