"""The contour with its paths as SVG: lines that stay sharp at any size, for slides, articles and the printer."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import Any

import numpy as np
from contourpy import contour_generator
from jaxtyping import Float

from experiments import Experiment, landscape_of, simulate
from player import SCALES, run_labels, run_styles, scale_for
from surfaces import surface

WIDTH = 720.0  # of the surface
LEFT, TOP, BELOW, ROW = 46.0, 8.0, 34.0, 24.0  # the room around it, and that of a row of the legend
LEVELS = 18
TICKS = 5
INK, GRID, PAPER = "#1b2530", "#8fa1b5", "#ffffff"
TINTS = ((255, 255, 255), (214, 226, 240), (176, 196, 219))  # from the lowest to the highest
GREY = ((255, 255, 255), (228, 228, 228), (196, 196, 196))
HEAD = 7.0
# In radii, by the marker that has them; a circle has none.
CORNERS = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "triangle": ((0, -1.2), (1.1, 0.9), (-1.1, 0.9)),
    "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
}
FARTHEST = 1e5  # in units of the picture: what lies beyond is as good as at infinity


def to_svg(experiment: Experiment, scale: str = SCALES[0], *, colors: bool = True) -> str:
    """The surface from above and the whole paths on it, with a legend below, as an SVG document.

    Args:
      scale: how the contour levels are spaced, one of SCALES.
      colors: False for black and white, where dashes and markers alone tell the runs apart.

    Raises:
      ValueError: the scale is not one, or what is minimized is not a surface.
    """
    if scale not in SCALES:
        raise ValueError(f"scale is {scale!r}; allowed: {', '.join(SCALES)}")
    landscape = landscape_of(experiment)
    grid = surface(landscape, experiment.landscape_parameters)
    plane = _Plane(grid.x, grid.y)
    styles = run_styles()[: len(experiment.runs)]
    if not colors:
        styles = [style | {"color": INK} for style in styles]
    heights = scale_for(grid, landscape.minimum, scale).height(grid.loss)
    parts = [
        *_bands(plane, grid.x, grid.y, heights, TINTS if colors else GREY),
        *_axes(plane),
        *_paths(plane, experiment, styles),
        *_legend(plane, run_labels(experiment), styles),
    ]
    width, height = LEFT + WIDTH + 10, TOP + plane.height + BELOW + ROW * len(styles) + 6
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" font-family="sans-serif" '
        f'font-size="15" fill="{INK}"><title>{escape(landscape.label)}</title>'
        f'<rect width="{width:g}" height="{height:g}" fill="{PAPER}"/>'
        f'<clipPath id="view"><rect x="{LEFT}" y="{TOP}" width="{WIDTH}" height="{plane.height:g}"/></clipPath>'
        + "".join(parts)
        + "</svg>\n"
    )


class _Plane:
    """Where points of the surface lie in the picture."""

    def __init__(self, x: np.ndarray, y: np.ndarray) -> None:
        self.low, self.high = np.array([x[0], y[0]]), np.array([x[-1], y[-1]])
        tall = float((self.high - self.low)[1] / (self.high - self.low)[0])
        self.height = WIDTH * min(max(tall, 0.5), 1.0)

    def place(self, points: np.ndarray) -> Float[np.ndarray, "points 2"]:
        """Points in units of the picture; far outside is brought nearer."""
        share = (points - self.low) / (self.high - self.low)
        placed = np.stack([LEFT + WIDTH * share[..., 0], TOP + self.height * (1 - share[..., 1])], axis=-1)
        return np.clip(placed, -FARTHEST, FARTHEST)


def _bands(plane: _Plane, x: np.ndarray, y: np.ndarray, heights: np.ndarray, tints: Sequence) -> Iterable[str]:
    """The areas between two levels each, with their borders; where there is no height, the paper."""
    shown = np.ma.masked_invalid(heights)
    low, high = float(shown.min()), float(shown.max())
    levels = np.linspace(low, high if high > low else low + 1, LEVELS + 1)
    generator = contour_generator(x, y, shown, fill_type="OuterCode")
    for index, (bottom, top) in enumerate(zip(levels, [*levels[1:-1], np.inf], strict=False)):
        channels = zip(*tints, strict=True)
        share = index / (LEVELS - 1)
        color = [round(float(np.interp(share, np.linspace(0, 1, len(tints)), channel))) for channel in channels]
        points, codes = generator.filled(bottom if index else -np.inf, top)
        outline = "".join(_outline(plane.place(area), its) for area, its in zip(points, codes, strict=True))
        if outline:
            fill = "#{:02x}{:02x}{:02x}".format(*color)
            yield f'<path d="{outline}" fill="{fill}" fill-rule="evenodd" stroke="{GRID}" stroke-width=".5"/>'


def _outline(points: np.ndarray, codes: np.ndarray) -> str:
    """Closed lines as the path language of SVG writes them; a code of 1 begins one."""
    starts = [*np.flatnonzero(codes == 1).tolist(), len(points)]
    rings = (points[begin:end] for begin, end in pairwise(starts))
    return "".join(f"M{_numbers(ring)}Z" for ring in rings)


def _numbers(points: np.ndarray) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _axes(plane: _Plane) -> Iterable[str]:
    """A frame, and round numbers along two of its sides."""
    yield (
        f'<rect x="{LEFT}" y="{TOP}" width="{WIDTH}" height="{plane.height:g}" fill="none" stroke="{INK}" '
        'stroke-width="1"/>'
    )
    for value in round_numbers(plane.low[0], plane.high[0]):
        x, y = plane.place(np.array([value, plane.low[1]]))
        yield f'<path d="M{x:.1f},{y:.1f}v5" stroke="{INK}"/>'
        yield f'<text x="{x:.1f}" y="{y + 21:.1f}" text-anchor="middle">{number(value)}</text>'
    for value in round_numbers(plane.low[1], plane.high[1]):
        x, y = plane.place(np.array([plane.low[0], value]))
        yield f'<path d="M{x:.1f},{y:.1f}h-5" stroke="{INK}"/>'
        yield f'<text x="{x - 8:.1f}" y="{y + 5:.1f}" text-anchor="end">{number(value)}</text>'


def round_numbers(low: float, high: float) -> list[float]:
    """A few round numbers from `low` to `high`, evenly spaced."""
    rough = (high - low) / TICKS
    power = 10.0 ** np.floor(np.log10(rough))
    step = float(next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough))
    return [round(index * step, 12) for index in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1)]


def number(value: float) -> str:
    """A number with a true minus sign."""
    return f"{value + 0.0:g}".replace("-", "−")


def _paths(plane: _Plane, experiment: Experiment, styles: Sequence[dict[str, Any]]) -> Iterable[str]:
    """The minima, every path up to where it is finite, its head and its start."""
    trajectory = simulate(experiment)
    yield '<g clip-path="url(#view)">'
    for minimum in landscape_of(experiment).minima:
        x, y = plane.place(np.array(minimum))
        yield f'<path d="{_star(x, y)}" fill="{INK}"/>'
    for path, style in zip(trajectory.positions, styles, strict=True):
        finite = np.isfinite(path).all(axis=1)
        shown = plane.place(path[: len(path) if finite.all() else int(finite.argmin())])
        dash = f' stroke-dasharray="{" ".join(map(str, style["dash"]))}"' if style["dash"] else ""
        line = f'<polyline points="{_numbers(shown)}" fill="none" stroke="{{}}" stroke-width="{{}}"{{}}/>'
        yield line.format(PAPER, 5, "") + line.format(style["color"], 2.5, dash)
        x, y = shown[-1]
        yield _marker(x, y, style)
    for start in np.unique(trajectory.positions[:, 0], axis=0):
        x, y = plane.place(start)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{PAPER}" stroke="{INK}" stroke-width="2.5"/>'
    yield "</g>"


def _marker(x: float, y: float, style: dict[str, Any]) -> str:
    """The head of a path, in the shape by which a run is told from others without its colour."""
    look = f'fill="{style["color"]}" stroke="{PAPER}"'
    if style["marker"] not in CORNERS:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{HEAD}" {look}/>'
    corners = np.array(CORNERS[style["marker"]]) * HEAD + [x, y]
    return f'<polygon points="{_numbers(corners)}" {look}/>'


def _star(x: float, y: float) -> str:
    angles = np.arange(10) * np.pi / 5 - np.pi / 2
    radii = np.where(np.arange(10) % 2, 3.5, 8.0)
    return f"M{_numbers(np.stack([x + radii * np.cos(angles), y + radii * np.sin(angles)], axis=-1))}Z"


def _legend(plane: _Plane, labels: Sequence[str], styles: Sequence[dict[str, Any]]) -> Iterable[str]:
    """A row for every run: a piece of its line, its head and its name."""
    for index, (label, style) in enumerate(zip(labels, styles, strict=True)):
        y = TOP + plane.height + BELOW + ROW * (index + 0.5)
        dash = f' stroke-dasharray="{" ".join(map(str, style["dash"]))}"' if style["dash"] else ""
        yield f'<path d="M{LEFT},{y:g}h52" stroke="{style["color"]}" stroke-width="2.5"{dash}/>'
        yield _marker(LEFT + 52, y, style)
        yield f'<text x="{LEFT + 70}" y="{y + 5:g}">{escape(label)}</text>'
