"""A surface from above as an image, and what is drawn on it: for files, and for the small pictures of entries."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float, UInt8
from PIL import Image, ImageDraw

from player import scale_for
from surfaces import Surface

FINER = 2  # drawn this many times larger and then reduced, which smooths the edges
LEVELS = 14
GROUND = {
    "light": ((255, 255, 255), (214, 226, 240), (124, 152, 187)),
    "dark": ((15, 20, 28), (33, 48, 70), (84, 112, 150)),
}
LINE = {"light": (70, 96, 130), "dark": (150, 176, 208)}
INK = {"light": (27, 37, 48), "dark": (232, 237, 243)}
Color = tuple[int, int, int]


class Picture:
    """A surface from above in a picture's own pixels, on which points and paths are drawn.

    Args:
      grid: the surface.
      minimum: its lowest value, if known.
      theme: one of THEMES.
      size: of the finished image, width and height.
      scale: how the levels are spaced.
    """

    def __init__(
        self, grid: Surface, minimum: float | None, theme: str, size: tuple[int, int], scale: str = "log"
    ) -> None:
        self.left, self.right = float(grid.x[0]), float(grid.x[-1])
        self.bottom, self.top = float(grid.y[0]), float(grid.y[-1])
        self.size = size
        heights = scale_for(grid, minimum, scale).height(grid.loss)
        self.image = Image.fromarray(contours(heights, theme, size))
        self.pen = ImageDraw.Draw(self.image)

    def pixel(self, points: np.ndarray) -> np.ndarray:
        """Where points of the surface lie; far outside is brought nearer, as a pen cannot hold it."""
        x = (points[..., 0] - self.left) / (self.right - self.left) * self.image.width
        y = (self.top - points[..., 1]) / (self.top - self.bottom) * self.image.height
        return np.clip(np.stack([x, y], axis=-1), -1e5, 1e5)

    def path(self, positions: np.ndarray, color: Color, width: int, dash: Sequence[float] = ()) -> None:
        """A line through the positions, as far as they are finite; `dash` are the lengths of strokes and gaps in turn."""
        finite = np.isfinite(positions).all(axis=1)
        shown = self.pixel(positions[: len(positions) if finite.all() else int(finite.argmin())])
        for stroke in strokes(shown, dash) if dash else [shown]:
            self.pen.line([tuple(point) for point in stroke], fill=color, width=width, joint="curve")

    def dot(self, point: Sequence[float], color: Color, radius: int) -> None:
        """A filled circle."""
        x, y = self.pixel(np.array(point))
        self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=color)

    def ring(self, point: Sequence[float], color: Color, radius: int) -> None:
        """An open circle."""
        x, y = self.pixel(np.array(point))
        self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=color, width=5)

    def finished(self) -> Image.Image:
        """The picture at its final size."""
        return self.image.resize(self.size, Image.Resampling.LANCZOS)


def strokes(points: Float[np.ndarray, "points 2"], dash: Sequence[float]) -> list[np.ndarray]:
    """The parts of a line that a pattern of strokes and gaps leaves, the pattern repeated along it."""
    lengths = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    if not 0 < lengths[-1] < 1e6:  # of a line that goes nowhere, or far out of the picture, all is one stroke
        return [points]
    ends = np.cumsum(np.tile(dash, int(lengths[-1] / sum(dash)) + 1))
    bounds = np.minimum(np.concatenate([[0.0], ends]), lengths[-1])
    parts = []
    for begin, end in zip(bounds[:-1:2], bounds[1::2], strict=False):
        if end > begin:
            inside = lengths[(lengths > begin) & (lengths < end)]
            along = np.concatenate([[begin], inside, [end]])
            parts.append(np.stack([np.interp(along, lengths, points[:, axis]) for axis in (0, 1)], axis=-1))
    return parts


def contours(
    heights: Float[np.ndarray, "rows columns"], theme: str, size: tuple[int, int]
) -> UInt8[np.ndarray, "height width 3"]:
    """Heights as tinted bands with a line between each two, the last row of `heights` on top; NaN is left blank."""
    defined = np.isfinite(heights)
    low, high = (float(heights[defined].min()), float(heights[defined].max())) if defined.any() else (0.0, 1.0)
    share = np.where(defined, (heights - low) / (high - low if high > low else 1.0), 0.0)
    share, blank = _enlarged(share, size), _enlarged(~defined, size) > 0.5
    band = np.minimum(np.floor(np.clip(share, 0.0, 1.0) * LEVELS), LEVELS - 1)
    stops = np.linspace(0.0, 1.0, len(GROUND[theme]))
    channels = zip(*GROUND[theme], strict=True)
    picture = np.stack([np.interp(band / (LEVELS - 1), stops, channel) for channel in channels], axis=-1)
    edge = np.zeros(band.shape, bool)
    edge[:, 1:] |= band[:, 1:] != band[:, :-1]
    edge[1:, :] |= band[1:, :] != band[:-1, :]
    picture[edge] = 0.55 * picture[edge] + 0.45 * np.array(LINE[theme])
    picture[blank] = GROUND[theme][0]
    return np.round(picture).astype(np.uint8)


def _enlarged(field: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """A field on the grid, top row first, at the size at which it is drawn."""
    image = Image.fromarray(field[::-1].astype(np.float32))
    return np.asarray(image.resize((size[0] * FINER, size[1] * FINER), Image.Resampling.BICUBIC))
