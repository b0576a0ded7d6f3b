"""Small pictures of surfaces, and of paths on them: drawn once, then kept in memory and on disk."""

import logging
import shutil
import threading
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageColor

from catalogue import quoted
from experiments import Experiment, landscape_of, simulate
from exports import INK, Picture
from landscapes import LANDSCAPES
from lessons import LESSONS
from optimizers import OPTIMIZERS
from player import THEMES, fingerprint, run_styles
from surfaces import surface
from ui.reference.openings import BASELINE, optimizer_opening

WIDTH, HEIGHT = 480, 400  # pixels of the picture, about twice what a page shows it at
SIZE = (WIDTH, HEIGHT)
QUALITY = 82
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
    ROOT / "exports" / "picture.py",
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
    picture = Picture(surface(landscape, parameters), landscape.minimum, theme, SIZE)
    for point in landscape.minima:
        picture.dot(point, INK[theme], 9)
    return picture.finished()


def draw_optimizer(slug: str, theme: str) -> Image.Image:
    """The path of a rule, over the path of gradient descent, from a ring to wherever it gets."""
    experiment = optimizer_opening(slug)
    landscape = landscape_of(experiment)
    picture = Picture(surface(landscape, experiment.landscape_parameters), landscape.minimum, theme, SIZE)
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
    picture = Picture(surface(landscape, experiment.landscape_parameters), landscape.minimum, theme, SIZE, lesson.scale)
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
