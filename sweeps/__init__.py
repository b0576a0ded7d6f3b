"""Many runs at once: what one run cannot show."""

from sweeps.basins import DIVERGED, MOST_STARTS, UNFINISHED, Basins, basins
from sweeps.heights import lowest_of, start_loss
from sweeps.lanes import Lanes
from sweeps.many import before_chunk, run_lanes
from sweeps.pictures import basins_picture, color_of, map_picture
from sweeps.program import Ends
from sweeps.rates import BEYOND, Range, RateSweep, as_good_rates, is_noisy, rate_sweep, usual_rates
from sweeps.stability import MOST_CELLS, Axis, StabilityMap, adjustable, stability_map, usual_axes, usual_axis
from sweeps.tuning import CANDIDATES, OBJECTIVES, Tuned, Tuning, tune, tuning

__all__ = [
    "BEYOND",
    "CANDIDATES",
    "DIVERGED",
    "MOST_CELLS",
    "MOST_STARTS",
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
    "basins_picture",
    "before_chunk",
    "color_of",
    "is_noisy",
    "lowest_of",
    "map_picture",
    "rate_sweep",
    "run_lanes",
    "stability_map",
    "start_loss",
    "tune",
    "tuning",
    "usual_axes",
    "usual_axis",
    "usual_rates",
]
