"""The contour with its paths as pictures for slides: one that moves, and one of the end."""

import unicodedata
from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageColor, ImageDraw, ImageFont

from experiments import Experiment, Trajectory, landscape_of, simulate
from exports.picture import INK, Color, Picture, strokes
from player import SCALES, THEMES, run_labels, run_styles
from surfaces import surface

MOST_FRAMES = 61
FRAME, END = 80, 2000  # milliseconds that a frame stays, and the last one
WIDTH = 720  # pixels of the surface
LINE, HEAD = 6, 11  # pixels, where the picture is drawn twice as large
ROW, TEXT, MARGIN = 26, 17, 10  # pixels of the legend
PALETTE = 128  # colours
# In radii, by the marker that has them; a circle has none.
CORNERS: dict[str, tuple[tuple[float, float], ...]] = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "triangle": ((0, -1.2), (1.1, 0.9), (-1.1, 0.9)),
    "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
}
GREEK = {"LAMDA": "lambda"}


def to_gif(
    experiment: Experiment,
    scale: str = SCALES[0],
    theme: str = THEMES[0],
    progress: Callable[[float], None] = lambda share: None,
) -> bytes:
    """The run from its start to its end as a GIF that plays over and over, with a legend below.

    It has a frame for every step, or MOST_FRAMES evenly spread over them; the last shows the paths as they end.

    Args:
      scale: how the contour levels are spaced, one of SCALES.
      theme: one of THEMES.
      progress: is told which share of the work is done; what it raises ends the work.

    Raises:
      ValueError: scale or theme is not one, or what is minimized is not a surface.
    """
    scene = _Scene(experiment, scale, theme, WIDTH)
    steps = np.unique(np.linspace(0, experiment.steps, MOST_FRAMES).round().astype(int)).tolist()
    palette = scene.palette()
    frames = []
    for index, step in enumerate(steps):
        frames.append(scene.at(step).quantize(palette=palette, dither=Image.Dither.NONE))
        progress((index + 1) / len(steps))
    file = BytesIO()
    durations = [FRAME] * (len(frames) - 1) + [END]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=durations, loop=0, optimize=False)
    return file.getvalue()


def to_png(experiment: Experiment, scale: str = SCALES[0], theme: str = THEMES[0], width: int = 2 * WIDTH) -> bytes:
    """The paths as they end, as a PNG whose surface is `width` pixels wide; see `to_gif`."""
    file = BytesIO()
    _Scene(experiment, scale, theme, width).at(experiment.steps).save(file, "PNG", optimize=True)
    return file.getvalue()


class _Scene:
    """The surface, drawn once, on which the paths are drawn up to a step."""

    def __init__(self, experiment: Experiment, scale: str, theme: str, width: int) -> None:
        for name, value, allowed in (("scale", scale, SCALES), ("theme", theme, THEMES)):
            if value not in allowed:
                raise ValueError(f"{name} is {value!r}; allowed: {', '.join(allowed)}")
        landscape = landscape_of(experiment)
        grid = surface(landscape, experiment.landscape_parameters)
        tall = float(np.ptp(grid.y) / np.ptp(grid.x))
        self.size = width, round(width * min(max(tall, 0.5), 1.0))
        self.zoom = width / WIDTH
        self.experiment, self.theme, self.minima = experiment, theme, landscape.minima
        self.picture = Picture(grid, landscape.minimum, theme, self.size, scale)
        self.ground = self.picture.image.copy()
        self.trajectory: Trajectory = simulate(experiment)
        self.styles = run_styles()[: len(experiment.runs)]
        self.labels = [in_ascii(label) for label in run_labels(experiment)]

    def at(self, step: int) -> Image.Image:
        """The picture at a step."""
        self.picture.image.paste(self.ground)
        zoom = self.zoom
        for point in self.minima:
            self.picture.dot(point, INK[self.theme], round(7 * zoom))
        for path, style in zip(self.trajectory.positions, self.styles, strict=True):
            color = rgb(style["color"])
            dash = [2.2 * zoom * length for length in style["dash"]]
            self.picture.path(path[: step + 1], color, round(LINE * zoom), dash)
            if np.isfinite(path[step]).all():
                mark(self.picture.pen, self.picture.pixel(path[step]), style["marker"], color, round(HEAD * zoom))
        for start in np.unique(self.trajectory.positions[:, 0], axis=0):
            self.picture.ring(start, INK[self.theme], round(9 * zoom))
        return self._with_legend(self.picture.finished(), step)

    def palette(self) -> Image.Image:
        """The colours of a GIF: those of the runs exactly, and of all others the most frequent ones."""
        own = [channel for style in self.styles for channel in rgb(style["color"])]
        others = self.at(self.experiment.steps).quantize(PALETTE - len(self.styles)).getpalette() or []
        holder = Image.new("P", (1, 1))
        holder.putpalette([*own, *others])
        return holder

    def _with_legend(self, drawn: Image.Image, step: int) -> Image.Image:
        """A row for every run below the surface, and which step it is."""
        row, margin = round(ROW * self.zoom), round(MARGIN * self.zoom)
        paper = "#ffffff" if self.theme == "light" else "#0f141c"
        whole = Image.new("RGB", (drawn.width, drawn.height + row * (len(self.labels) + 1) + margin), paper)
        whole.paste(drawn)
        pen, font = ImageDraw.Draw(whole), ImageFont.load_default(round(TEXT * self.zoom))
        for index, (label, style) in enumerate(zip(self.labels, self.styles, strict=True)):
            middle = drawn.height + margin // 2 + row * index + row // 2
            self._sample(pen, style, np.array([[margin, middle], [margin + 2 * row, middle]], float))
            pen.text((margin + 2.7 * row, middle), label, fill=INK[self.theme], font=font, anchor="lm")
        below = drawn.height + margin // 2 + row * len(self.labels) + row // 2
        words = f"step {step} of {self.experiment.steps}"
        pen.text((margin, below), words, fill=INK[self.theme], font=font, anchor="lm")
        return whole

    def _sample(self, pen: ImageDraw.ImageDraw, style: dict[str, Any], line: np.ndarray) -> None:
        """A piece of a path with its head, in half the size of the surface's picture."""
        color = rgb(style["color"])
        dash = [1.1 * self.zoom * length for length in style["dash"]]
        for stroke in strokes(line, dash) if dash else [line]:
            pen.line([tuple(point) for point in stroke], fill=color, width=round(LINE * self.zoom / 2))
        mark(pen, line[1], style["marker"], color, round(HEAD * self.zoom / 2))


def mark(pen: ImageDraw.ImageDraw, pixel: np.ndarray, marker: str, color: Color, radius: int) -> None:
    """The head of a path, in the shape by which a run is told from others without its colour."""
    x, y = pixel
    if marker not in CORNERS:
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=color)
    else:
        pen.polygon([(x + radius * across, y + radius * down) for across, down in CORNERS[marker]], fill=color)


def rgb(color: str) -> Color:
    """Red, green and blue of a colour as the web writes it."""
    red, green, blue = ImageColor.getrgb(color)[:3]
    return red, green, blue


def in_ascii(text: str) -> str:
    """A label in the letters that the font has: no accents, and Greek letters by their names."""
    letters = []
    for letter in unicodedata.normalize("NFKD", text):
        name = unicodedata.name(letter, "")
        if name.startswith("GREEK SMALL LETTER "):
            greek = name.removeprefix("GREEK SMALL LETTER ")
            letters.append(GREEK.get(greek, greek.lower()))
        elif "DASH" in name or name == "MINUS SIGN":
            letters.append("-")
        elif letter.isascii():
            letters.append(letter)
    return "".join(letters)
