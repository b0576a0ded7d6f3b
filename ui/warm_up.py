"""Compiling ahead of the first visitor, and keeping what was compiled for the next start."""

import logging
import os
import time
from pathlib import Path

import jax

from experiments import simulate, suggested_rate, verdicts
from lessons import FIRST, LESSONS
from player import THEMES
from ui.cache_folder import cache_folder, pictures_folder
from ui.garbage_collection import freeze_new_programs
from ui.reference.thumbnails import KINDS, thumbnail, tidy

MOST_KEPT = 512 * 2**20  # bytes on disk; every formula that somebody types adds to it
BREATH = 0.2  # seconds between two pictures
A_WHILE = 3600.0  # seconds between two looks at how much is kept
PAUSE = 20.0  # seconds in which the first visitor's browser has the processor to itself
logger = logging.getLogger("fall_line")


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
    freeze_new_programs()
    if os.environ.get("FALL_LINE_WORK_AHEAD") == "0":
        return
    time.sleep(PAUSE)
    for lesson in LESSONS.values():
        verdicts(lesson.experiment, simulate(lesson.experiment))
        for run in lesson.experiment.runs:
            suggested_rate(lesson.experiment, run)
    freeze_new_programs()
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
