"""Compiling ahead of the first visitor, and keeping what was compiled for the next start."""

import logging
import os
import sys
import time
from pathlib import Path

import jax

from experiments import simulate, telling_rate, verdicts
from lessons import FIRST, LESSONS
from ui.figures import THEMES
from ui.garbage import spare_what_was_made
from ui.reference.thumbnails import KINDS, thumbnail, tidy

MOST_KEPT = 512 * 2**20  # bytes on disk; every formula that somebody types adds to it
BREATH = 0.2  # seconds between two pictures
A_WHILE = 3600.0  # seconds between two looks at how much is kept
PAUSE = 20.0  # seconds in which the first visitor's browser has the processor to itself
logger = logging.getLogger("fall_line")


def cache_folder() -> Path:
    """Where this system keeps a user's caches, and among them ours."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "fall-line"


def pictures_folder() -> Path:
    """Where the thumbnails of the reference pages outlive the server."""
    return cache_folder() / "thumbnails"


def keep_compiled() -> None:
    """Turns JAX's persistent compilation cache on, for everything that takes noticeable time to compile."""
    compiled = cache_folder() / "jax"
    forget_oldest(compiled, MOST_KEPT)
    jax.config.update("jax_compilation_cache_dir", str(compiled))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", 0)


def forget_oldest(folder: Path, most: int) -> None:
    """Deletes the files of `folder` that were written longest ago, until the rest takes no more than `most` bytes."""
    files = [(path, path.stat()) for path in folder.glob("*") if path.is_file()]
    kept = 0
    for path, about in sorted(files, key=lambda file: file[1].st_mtime, reverse=True):
        kept += about.st_size
        if kept > most:
            path.unlink(missing_ok=True)


def warm_up() -> None:
    """Runs what a visitor will ask for: the first lesson at once; later, not to be in its way, all others, then pictures."""
    verdicts(FIRST.experiment, simulate(FIRST.experiment))
    spare_what_was_made()
    if os.environ.get("FALL_LINE_WORK_AHEAD") == "0":
        return
    time.sleep(PAUSE)
    for lesson in LESSONS.values():
        verdicts(lesson.experiment, simulate(lesson.experiment))
        for run in lesson.experiment.runs:
            telling_rate(lesson.experiment, run)
    spare_what_was_made()
    logger.info("compiled the lessons")
    draw_pictures()
    while True:  # a server may be up for months, and every formula that somebody types leaves programs on disk
        time.sleep(A_WHILE)
        forget_oldest(cache_folder() / "jax", MOST_KEPT)


def draw_pictures() -> None:
    """Draws the thumbnails that are not on disk yet, with pauses in which visitors come first."""
    tidy(pictures_folder())
    for kind, (entries, _) in KINDS.items():
        for slug in entries:
            for theme in THEMES:
                thumbnail(kind, slug, theme, pictures_folder())
            time.sleep(BREATH)
    logger.info("drew the thumbnails")
