"""Sweeps as small pictures: indexed PNGs, whose colours do not depend on hue alone."""

from io import BytesIO

import numpy as np
from jaxtyping import Float, Int
from PIL import Image

from sweeps.basins import DIVERGED, UNFINISHED, Basins
from sweeps.stability import StabilityMap

# Okabe and Ito, Color Universal Design, 2008, without the black, which is what is lost. Neighbours
# differ in brightness, too.
COLORS = np.array(
    [(86, 180, 233), (213, 94, 0), (240, 228, 66), (0, 114, 178), (0, 158, 115), (204, 121, 167), (230, 159, 0)], float
)
# Nuñez, Anderton and Renslow 2018: cividis, which looks alike to all who see colours differently. Low losses are light.
CIVIDIS = np.array(
    [(0, 32, 77), (31, 59, 112), (87, 92, 109), (124, 123, 120), (167, 155, 114), (213, 190, 93), (255, 234, 70)], float
)
GREY, LOST, STRIPE = (128.0, 128.0, 128.0), (24.0, 24.0, 24.0), (92.0, 92.0, 92.0)
STRIPES = 12  # pixels from one to the next
DARKEST = 0.35  # of its brightness: what is left of a colour where runs took longest
USUAL = (0.01, 0.99)  # of the runs: what is earlier or later looks like that
SHADES = (24, 12, 6, 3, 1)  # of a colour, as many as there is room for
LARGEST = 60_000  # bytes
LEVELS = 28  # of the loss
DECADES = 9  # of losses that are told apart, below the highest


def basins_picture(found: Basins) -> bytes:
    """A PNG with a pixel per start, y upwards: the colour of the minimum that is reached, the darker the later.

    What is not finished is grey, what is lost is black with stripes; where the surface is not defined there is nothing.
    It is at most LARGEST bytes long: where basins are so intricate that it would not be, it has fewer shades, then pixels.
    """
    stride = 1
    while True:
        for shades in SHADES:
            picture = _png(*_basin_pixels(found, shades, stride))
            if len(picture) <= LARGEST:
                return picture
        stride += 1


def color_of(minimum: int) -> tuple[int, int, int]:
    """The colour of a minimum, where it is reached at once. There are seven; then they come again."""
    red, green, blue = COLORS[minimum % len(COLORS)].astype(int).tolist()
    return red, green, blue


def map_picture(found: StabilityMap, lowest: float) -> bytes:
    """A PNG with a pixel per cell, up upwards: the final loss above `lowest` by factors, light where it is low.

    What does not end below its start is black with stripes.
    """
    with np.errstate(divide="ignore"):
        heights = np.log10(np.where(found.stable, found.final_losses - lowest, np.nan))
    finite = heights[np.isfinite(heights)]
    top = finite.max() if finite.size else 0.0
    bottom = max(finite.min(), top - DECADES) if finite.size else 0.0
    shares = np.clip((top - np.nan_to_num(heights, nan=top, neginf=bottom)) / max(top - bottom, 1e-9), 0, 1)
    levels = np.round(shares * (LEVELS - 1)).astype(int)
    places = np.linspace(0, len(CIVIDIS) - 1, LEVELS)
    ramp = np.stack([np.interp(places, range(len(CIVIDIS)), CIVIDIS[:, part]) for part in range(3)], axis=1)
    pixels = np.where(found.stable, levels, LEVELS + _stripes(levels.shape, 4))
    return _png(pixels, np.concatenate([ramp, [LOST, STRIPE]]))


def _basin_pixels(found: Basins, shades: int, stride: int) -> tuple[np.ndarray, np.ndarray]:
    """The index of every pixel's colour, and the colours; the first is none."""
    reached, steps = found.reached[::stride, ::stride], found.steps[::stride, ::stride]
    there = reached >= 0
    first, last = np.quantile(steps[there], USUAL) if there.any() else (0.0, 1.0)
    late = np.round((steps - first) / max(last - first, 1.0) * (shades - 1)).clip(0, shades - 1).astype(int)
    brightness = np.linspace(1.0, DARKEST, shades)[:, None]
    colors = (COLORS[:, None] * brightness).reshape(-1, 3)
    special = 1 + len(colors)
    pixels = 1 + reached % len(COLORS) * shades + late
    pixels = np.where(reached == UNFINISHED, special, pixels)
    pixels = np.where(reached == DIVERGED, special + 1 + _stripes(reached.shape, STRIPES), pixels)
    pixels = np.where((reached == DIVERGED) & (steps == 0), 0, pixels)
    return pixels, np.concatenate([[(0.0, 0.0, 0.0)], colors, [GREY, LOST, STRIPE]])


def _stripes(shape: tuple[int, ...], apart: int) -> Int[np.ndarray, "rows columns"]:
    """1 on diagonal stripes, else 0."""
    rows, columns = np.indices(shape)
    return ((rows + columns) % apart < max(apart // 4, 1)).astype(int)


def _png(pixels: Int[np.ndarray, "rows columns"], colors: Float[np.ndarray, "colors 3"]) -> bytes:
    """The rows from below upwards, as a PNG with a palette; the colour 0 of basins is transparent."""
    image = Image.fromarray(pixels[::-1].astype(np.uint8), mode="P")
    image.putpalette(colors.astype(np.uint8).tobytes())
    file = BytesIO()
    transparent = {"transparency": 0} if not colors[0].any() else {}
    image.save(file, "PNG", optimize=True, **transparent)
    return file.getvalue()
