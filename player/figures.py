"""Figures: arrays in; a go.Figure out, or the layout of one that the player fills. No Streamlit, and no state."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from jaxtyping import Float

from surfaces import Surface

SCALES = ("log", "linear")
THEMES = ("light", "dark")
LEVELS = 22
LOWEST_SHARE = 0.003  # of the grid's points lie below the lowest contour line
COLORSCALES = {
    "light": [[0.0, "#ffffff"], [0.4, "#eff3f8"], [0.75, "#dbe4ed"], [1.0, "#bccad9"]],
    "dark": [[0.0, "#0f141c"], [0.4, "#172030"], [0.75, "#22303f"], [1.0, "#354760"]],
}
LINES = {"light": "rgba(55, 75, 100, 0.35)", "dark": "rgba(190, 205, 225, 0.28)"}
SQUEEZED = 81  # points a side of the 3-D surface


@dataclass(frozen=True)
class Scale:
    """How a loss becomes a height: as it is; or by factors, log10(1 + gap/offset), of the gap between it and the floor.

    Below the floor, where there is no lowest loss, heights fall as they rise above it.
    """

    name: str
    floor: float
    offset: float

    def height(self, loss: np.ndarray) -> np.ndarray:
        """Heights of losses; NaN stays NaN."""
        if self.name == "linear":
            return loss
        gap = loss - self.floor
        return np.sign(gap) * np.log10(1 + np.abs(gap) / self.offset)


def scale_for(surface: Surface, minimum: float | None, name: str) -> Scale:
    """The scale on which `surface` is drawn.

    Its floor is the lowest loss; where that is not known, as there may be none, the median. The offset, of which the
    levels near the floor are multiples, keeps it from being infinitely deep.
    """
    losses = surface.loss[np.isfinite(surface.loss)]
    if not losses.size:
        return Scale(name, minimum or 0.0, 1.0)
    lowest = float(losses.min())
    floor = float(np.median(losses)) if minimum is None else min(minimum, lowest)
    gaps = np.abs(losses - floor)
    largest, above = float(gaps.max()), gaps[gaps > 0]
    if minimum is None:
        return Scale(name, floor, max(_offset_of_middle(float(np.median(gaps)), largest), 1e-300))
    offset = float(np.quantile(above, LOWEST_SHARE)) if above.size else 1.0
    return Scale(name, floor, max(offset, 1e-7 * largest, 1e-12))


def _offset_of_middle(median: float, largest: float) -> float:
    """With this offset the median gap is half as high as the largest; if it is too large for that, levels are near even."""
    return median**2 / (largest - 2 * median) if largest > 3 * median else largest


def contour_figure(surface: Surface, scale: Scale, theme: str) -> go.Figure:
    """The surface from above, its levels evenly spaced on `scale`."""
    heights = scale.height(surface.loss)
    low, high = _range(heights)
    trace = go.Contour(
        x=surface.x.astype(np.float32),
        y=surface.y.astype(np.float32),
        z=heights.astype(np.float32),
        colorscale=COLORSCALES[theme],
        zmin=low,
        zmax=high,
        contours={"start": low, "end": high, "size": (high - low) / LEVELS},
        autocontour=False,
        line={"color": LINES[theme], "width": 0.8, "smoothing": 0.4},
        showscale=False,
        hoverinfo="skip",
    )
    return go.Figure(trace, {"template": "none", **_bare_layout(margin={"l": 44, "r": 8, "t": 14, "b": 30})})


def surface_figure(surface: Surface, scale: Scale, theme: str) -> go.Figure:
    """The surface in three dimensions, on the same scale and in the same colours as the contour."""
    every = max(1, (len(surface.x) - 1) // (SQUEEZED - 1))
    heights = scale.height(surface.loss)[::every, ::every]
    low, high = _range(heights)
    trace = go.Surface(
        x=surface.x[::every].astype(np.float32),
        y=surface.y[::every].astype(np.float32),
        z=heights.astype(np.float32),
        colorscale=COLORSCALES[theme],
        cmin=low,
        cmax=high,
        showscale=False,
        hoverinfo="skip",
        lighting={"ambient": 0.75, "diffuse": 0.5, "specular": 0.05},
        contours={
            "z": {"show": True, "color": LINES[theme], "width": 1, "start": low, "end": high, "size": (high - low) / 12}
        },
    )
    axis = {"title": {"text": ""}, "showspikes": False, "nticks": 4}
    layout = _bare_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})
    layout["scene"] = {
        "xaxis": {**axis, "range": [float(surface.x[0]), float(surface.x[-1])]},
        "yaxis": {**axis, "range": [float(surface.y[0]), float(surface.y[-1])]},
        "zaxis": {**axis, "showticklabels": False, "range": [low, high + 0.02 * (high - low)]},
        "aspectmode": "manual",
        "aspectratio": _aspect(surface),
        "camera": {"eye": {"x": 0.62, "y": -1.12, "z": 0.82}, "center": {"x": 0, "y": 0, "z": -0.12}},
        "dragmode": "orbit",
    }
    return go.Figure(trace, {"template": "none", **layout})


def curve_layout(title: str, values: Float[np.ndarray, "runs points"], steps: int) -> dict[str, Any]:
    """The empty axes of one quantity over steps, with a fixed range that holds `values`; the player draws the curves.

    A layout as plotly.js reads it, not a `go.Figure`: it is made anew whenever a slider moves, and what a figure checks
    of itself would take longer than the simulation.
    """
    low, high = _curve_range(values)
    return {
        **_bare_layout(margin={"l": 58, "r": 10, "t": 26, "b": 30}),
        "title": {
            "text": title,
            "x": 0,
            "xref": "paper",
            "y": 1,
            "yref": "container",
            "pad": {"t": 6},
            "font": {"size": 14},
        },
        "xaxis": {"range": [0, steps], "title": {"text": ""}, "nticks": 6},
        "yaxis": {"range": [low, high], "type": "log", **_ticks(low, high)},
    }


def examples_layout(x: Float[np.ndarray, " examples"], y: Float[np.ndarray, " examples"]) -> dict[str, Any]:
    """The empty axes of input and target, wide enough for all examples."""
    layout = curve_layout("Data and the fit of every run", np.ones((1, 1)), 1)
    for name, values in (("xaxis", x), ("yaxis", y)):
        margin = 0.08 * float(np.ptp(values))
        span = [float(values.min()) - margin, float(values.max()) + margin]
        layout[name] = {"range": span, "type": "linear", "nticks": 6}
    return layout


def race_layout(runs: int, steps: int) -> dict[str, Any]:
    """The empty axes of every run's place by loss, the first at the top."""
    every = -(-runs // 6)
    places = {"range": [runs + 0.5, 0.5], "type": "linear", "tickvals": list(range(1, runs + 1, every))}
    return {**curve_layout("Rank by loss", np.ones((runs, 1)), steps), "yaxis": places}


def _curve_range(values: np.ndarray) -> tuple[float, float]:
    """A range that holds what can be drawn: a diverging run does not squeeze the others into one line."""
    finite = values[np.isfinite(values)]
    positive = finite[finite > 0]
    if not positive.size:
        return -1.0, 1.0
    first = values[:, 0][np.isfinite(values[:, 0])]
    middle = float(np.quantile(positive, 0.5, method="lower"))  # a mean of two might overflow
    top = min(float(positive.max()), 1e3 * max(float(first.max(initial=0.0)), middle))
    bottom = max(float(positive.min()), 1e-12 * top)
    low, high = float(np.log10(bottom)), float(np.log10(top))
    margin = 0.05 * (high - low) + 0.05
    return low - margin, high + margin


def _ticks(low: float, high: float) -> dict:
    """Two to four ticks on a logarithmic axis from 10^low to 10^high, so that they fit a chart a few lines high.

    Every few decades; within two of them also 1, 2 and 5 or 1 and 3; in less, round numbers evenly spaced.
    """
    if not -300 < low < high < 300:  # beyond, or nearly beyond, what can be computed with
        return {"nticks": 3}
    decades = range(math.ceil(low), math.floor(high) + 1)
    if high - low > 2:
        closest = max(int((high - low) // 4), 1)
        apart = range(closest, 2 * closest + 2)
        shown = _few([[decade for decade in decades if decade % every == 0] for every in apart])
        return {"tickvals": [float(f"1e{d}") for d in shown], "ticktext": [f"10<sup>{d}</sup>" for d in shown]}
    values = _few([*_multiples_of_powers(low, high), *_evenly_spaced(10**low, 10**high)])
    return {"tickvals": values, "ticktext": [f"{value:.6g}" for value in values]}


def _few(choices: list[list]) -> list:
    """The first of two or three, or else of four."""
    return next((ticks for most in (3, 4) for ticks in choices if 2 <= len(ticks) <= most), choices[-1])


def _multiples_of_powers(low: float, high: float) -> list[list[float]]:
    """1, 2 and 5 times powers of ten from 10^low to 10^high, then 1 and 3 times them, then they alone."""
    decades = range(math.floor(low), math.ceil(high) + 1)
    choices = [
        [float(f"{times}e{decade}") for decade in decades for times in mantissas]
        for mantissas in ((1, 2, 5), (1, 3), (1,))
    ]
    return [[value for value in values if low <= math.log10(value) <= high] for values in choices]


def _evenly_spaced(bottom: float, top: float) -> list[list[float]]:
    """Multiples of round steps from bottom to top, the smallest step first."""
    decade = 10.0 ** math.floor(math.log10(top - bottom) - 1)
    steps = [factor * decade for factor in (1, 2, 4, 5, 10, 20, 40, 50)]
    return [[n * step for n in range(math.ceil(bottom / step), math.floor(top / step) + 1)] for step in steps]


def _range(heights: np.ndarray) -> tuple[float, float]:
    finite = heights[np.isfinite(heights)]
    if not finite.size:
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    return low, high if high > low else low + 1.0


def _aspect(surface: Surface) -> dict[str, float]:
    width, depth = float(np.ptp(surface.x)), float(np.ptp(surface.y))
    longest = max(width, depth)
    return {"x": width / longest, "y": depth / longest, "z": 0.5}


def _bare_layout(margin: dict[str, int]) -> dict[str, Any]:
    """No legend, no background: the page's theme shows through."""
    return {
        "margin": margin,
        "showlegend": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 12},
        "hovermode": False,
        "dragmode": False,
    }
