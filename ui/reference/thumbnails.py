"""Small pictures of surfaces, and of paths on them: drawn once, then kept in memory and on disk."""

import logging
import shutil
import threading
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from jaxtyping import Float, UInt8
from PIL import Image, ImageColor, ImageDraw

from catalogue import quoted
from experiments import Experiment, landscape_of, simulate
from landscapes import LANDSCAPES
from lessons import LESSONS
from optimizers import OPTIMIZERS
from player import THEMES, fingerprint, run_styles, scale_for
from surfaces import Surface, surface
from ui.reference.openings import BASELINE, optimizer_opening

WIDTH, HEIGHT = 480, 400  # pixels of the picture, about twice what a page shows it at
FINER = 2  # drawn this many times larger and then reduced, which smooths the edges
LEVELS = 14
QUALITY = 82
GROUND = {
    "light": ((255, 255, 255), (214, 226, 240), (124, 152, 187)),
    "dark": ((15, 20, 28), (33, 48, 70), (84, 112, 150)),
}
LINE = {"light": (70, 96, 130), "dark": (150, 176, 208)}
INK = {"light": (27, 37, 48), "dark": (232, 237, 243)}
PATH = {"light": (0, 114, 178), "dark": (86, 180, 233)}
FAINT = {"light": (213, 94, 0), "dark": (240, 140, 60)}
ROOT = Path(__file__).parents[2]
VERSION = fingerprint(
    *(
        path
        for room in ("landscapes", "optimizers", "surfaces", "experiments", "lessons", "ui/reference")
        for path in (ROOT / room).glob("*.py")
    ),
    *(ROOT / "player" / name for name in ("figures.py", "run_styles.py")),
)
logger = logging.getLogger("fall_line")
_drawing = threading.Lock()
_in_memory: dict[tuple[str, str, str], bytes] = {}


def thumbnail(kind: str, slug: str, theme: str, folder: Path | None = None) -> bytes:
    """A WebP of an entry: from memory, else from `folder`, else drawn now.

    Args:
      kind: "landscape" for the surface with its minima; "optimizer" for a path on the surface on which all rules are shown;
        "lesson" for the paths of its runs.
      slug: of the entry.
      theme: one of THEMES.
      folder: where pictures outlive the server; None keeps them in memory alone.

    Raises:
      ValueError: there is no such picture; the message says what there is.
    """
    check(kind, slug, theme)
    # One at a time: a gallery asks for dozens at once, and each takes all the processor can give.
    with _drawing:
        key = (kind, slug, theme)
        if key not in _in_memory:
            _in_memory[key] = _from_disk(folder, key) or _draw_and_store(folder, key)
        return _in_memory[key]


def check(kind: str, slug: str, theme: str) -> None:
    """Raises ValueError naming what is wrong and what there is."""
    for field, value, allowed in (("kind", kind, KINDS), ("theme", theme, THEMES)):
        if value not in allowed:
            raise ValueError(f"{field} is {quoted(value)}; allowed: {', '.join(allowed)}")
    entries, _ = KINDS[kind]
    if slug not in entries:
        raise ValueError(f"{kind} is {quoted(slug)}; allowed: {', '.join(entries)}")


def draw_landscape(slug: str, theme: str) -> Image.Image:
    """A surface with its minima."""
    landscape = LANDSCAPES[slug]
    parameters = {name: parameter.default for name, parameter in landscape.parameters.items()}
    picture = _Picture(surface(landscape, parameters), landscape.minimum, theme)
    for point in landscape.minima:
        picture.dot(point, INK[theme], 9)
    return picture.finished()


def draw_optimizer(slug: str, theme: str) -> Image.Image:
    """The path of a rule, over the path of gradient descent, from a ring to wherever it gets."""
    experiment = optimizer_opening(slug)
    landscape = landscape_of(experiment)
    picture = _Picture(surface(landscape, experiment.landscape_parameters), landscape.minimum, theme)
    paths = dict(zip(_names(experiment), simulate(experiment).positions, strict=True))
    for name, color, width in ((BASELINE, FAINT[theme], 4), (slug, PATH[theme], 7)):
        picture.path(paths[name], color, width)
    for point in landscape.minima:
        picture.dot(point, INK[theme], 9)
    picture.ring(experiment.start or landscape.starts[0], INK[theme], 10)
    return picture.finished()


def draw_lesson(slug: str, theme: str) -> Image.Image:
    """The paths of a lesson's runs in their colours, from rings to wherever they get."""
    lesson = LESSONS[slug]
    experiment, landscape = lesson.experiment, landscape_of(lesson.experiment)
    picture = _Picture(surface(landscape, experiment.landscape_parameters), landscape.minimum, theme, lesson.scale)
    paths = simulate(experiment).positions
    for path, style in zip(paths, run_styles(), strict=False):
        picture.path(path, ImageColor.getrgb(style["color"])[:3], 5)
    for point in landscape.minima:
        picture.dot(point, INK[theme], 9)
    for start in {tuple(path[0]) for path in paths}:
        picture.ring(start, INK[theme], 10)
    return picture.finished()


KINDS: Mapping[str, tuple[Mapping, Callable[[str, str], Image.Image]]] = {
    "landscape": (LANDSCAPES, draw_landscape),
    "optimizer": (OPTIMIZERS, draw_optimizer),
    "lesson": (LESSONS, draw_lesson),
}


class _Picture:
    """A surface from above in a picture's own pixels, on which points and paths are drawn."""

    def __init__(self, grid: Surface, minimum: float | None, theme: str, scale: str = "log") -> None:
        self.left, self.right = float(grid.x[0]), float(grid.x[-1])
        self.bottom, self.top = float(grid.y[0]), float(grid.y[-1])
        heights = scale_for(grid, minimum, scale).height(grid.loss)
        self.image = Image.fromarray(contours(heights, theme))
        self.pen = ImageDraw.Draw(self.image)

    def pixel(self, points: np.ndarray) -> np.ndarray:
        """Where points of the surface lie; far outside is brought nearer, as a pen cannot hold it."""
        x = (points[..., 0] - self.left) / (self.right - self.left) * self.image.width
        y = (self.top - points[..., 1]) / (self.top - self.bottom) * self.image.height
        return np.clip(np.stack([x, y], axis=-1), -1e5, 1e5)

    def path(self, positions: np.ndarray, color: tuple[int, int, int], width: int) -> None:
        """A line through the positions, as far as they are finite."""
        finite = np.isfinite(positions).all(axis=1)
        shown = positions[: len(positions) if finite.all() else int(finite.argmin())]
        self.pen.line([tuple(point) for point in self.pixel(shown)], fill=color, width=width, joint="curve")

    def dot(self, point: tuple[float, float], color: tuple[int, int, int], radius: int) -> None:
        """A filled circle."""
        x, y = self.pixel(np.array(point))
        self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=color)

    def ring(self, point: Sequence[float], color: tuple[int, int, int], radius: int) -> None:
        """An open circle."""
        x, y = self.pixel(np.array(point))
        self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=color, width=5)

    def finished(self) -> Image.Image:
        """The picture at its final size."""
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def contours(heights: Float[np.ndarray, "rows columns"], theme: str) -> UInt8[np.ndarray, "height width 3"]:
    """Heights as tinted bands with a line between each two, the last row of `heights` on top; NaN is left blank."""
    defined = np.isfinite(heights)
    low, high = (float(heights[defined].min()), float(heights[defined].max())) if defined.any() else (0.0, 1.0)
    share = np.where(defined, (heights - low) / (high - low if high > low else 1.0), 0.0)
    share, blank = _enlarged(share), _enlarged(~defined) > 0.5
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


def _enlarged(field: np.ndarray) -> np.ndarray:
    """A field on the grid, top row first, at the size at which it is grid."""
    image = Image.fromarray(field[::-1].astype(np.float32))
    return np.asarray(image.resize((WIDTH * FINER, HEIGHT * FINER), Image.Resampling.BICUBIC))


def _names(experiment: Experiment) -> list[str]:
    return [run.optimizer if isinstance(run.optimizer, str) else run.optimizer.slug for run in experiment.runs]


def _draw_and_store(folder: Path | None, key: tuple[str, str, str]) -> bytes:
    kind, slug, theme = key
    file = BytesIO()
    KINDS[kind][1](slug, theme).save(file, "WEBP", quality=QUALITY, method=4)
    if folder is not None:
        _store(_path(folder, key), file.getvalue())
    return file.getvalue()


def _store(path: Path, picture: bytes) -> None:
    """Writes a picture whole or not at all; without a place to write, memory has to do."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{threading.get_ident()}")
        unfinished.write_bytes(picture)
        unfinished.replace(path)
    except OSError as error:
        logger.warning("a picture could not be stored on disk: %s", error)


def _from_disk(folder: Path | None, key: tuple[str, str, str]) -> bytes | None:
    path = None if folder is None else _path(folder, key)
    return path.read_bytes() if path is not None and path.is_file() else None


def _path(folder: Path, key: tuple[str, str, str]) -> Path:
    return folder / VERSION / f"{'-'.join(key)}.webp"


def remove_earlier_versions(folder: Path) -> None:
    """Removes the pictures of earlier versions."""
    for version in folder.glob("*/"):
        if version.name != VERSION:
            shutil.rmtree(version, ignore_errors=True)
