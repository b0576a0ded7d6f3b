"""Compiling ahead of the first visitor, and keeping what was compiled for the next start."""

import gc
import logging
import os
import time
from pathlib import Path

import jax

from experiments import simulate, suggested_rate, verdicts
from lessons import FIRST, LESSONS
from networks import FIRST as FIRST_NETWORK
from networks import KINDS as PLANES
from player import ON, SCALES, THEMES, recent_boundaries, recent_network_payload
from ui.cache_folder import pictures_folder, programs_folder
from ui.reference.thumbnails import KINDS, remove_earlier_versions, thumbnail

# Bytes on disk, about 1500 programs, to which every formula that somebody types adds eight. JAX looks at all of them to
# add one, which takes 1 ms for every 60; a lookup takes 0.3 ms.
MOST_KEPT = 16 * 2**20
BREATH = 0.2  # seconds between two pictures
PAUSE = 20.0  # seconds in which the first visitor's browser has the processor to itself
logger = logging.getLogger("fall_line")


def keep_compiled(folder: Path | None = None, most: int = MOST_KEPT) -> None:
    """Turns on JAX's cache of compiled programs on disk, in which those used longest ago give way to others.

    Args:
      folder: where they are; None for the usual place.
      most: how many bytes they may take; -1 for no bound, with which adding and finding one takes no time.
    """
    folder = folder or programs_folder()
    if most >= 0:
        forget_undated(folder)
    jax.config.update("jax_compilation_cache_dir", str(folder))
    jax.config.update("jax_compilation_cache_max_size", most)
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
    jax.config.update("jax_persistent_cache_min_entry_size_bytes", 0)


def forget_undated(folder: Path) -> None:
    """Deletes programs without the file that says when they were used, as after a crash: JAX would add no others."""
    for program in folder.glob("*-cache"):
        if not program.with_name(program.name.removesuffix("cache") + "atime").exists():
            program.unlink(missing_ok=True)


def warm_up() -> None:
    """Runs what a visitor will ask for: the first lesson at once; later, not to be in its way, all others, then pictures."""
    verdicts(FIRST.experiment, simulate(FIRST.experiment))
    freeze_gc()
    if os.environ.get("FALL_LINE_WORK_AHEAD") == "0":
        return
    time.sleep(PAUSE)
    for lesson in LESSONS.values():
        trajectory = simulate(lesson.experiment)
        verdicts(lesson.experiment, trajectory)
        for claim in lesson.claims:
            claim(lesson.experiment, trajectory)
        for run in lesson.experiment.runs:
            suggested_rate(lesson.experiment, run)
    recent_network_payload(FIRST_NETWORK, PLANES[0], ON[0], SCALES[0])
    recent_boundaries(FIRST_NETWORK)
    logger.info("compiled the lessons and the first network")
    draw_pictures()


def freeze_gc() -> None:
    """Takes all that is there before the first visitor out of Python's garbage collections.

    JAX and the first programs are 190,000 objects that stay anyway: looking through them takes 0.2 s, in which the
    server sends nothing. Once only: what is frozen with a visitor's page would never be collected.
    """
    gc.collect()
    gc.freeze()


def draw_pictures() -> None:
    """Draws the thumbnails that are not on disk yet, with pauses in which visitors come first."""
    remove_earlier_versions(pictures_folder())
    for kind, (entries, _) in KINDS.items():
        for slug in entries:
            for theme in THEMES:
                thumbnail(kind, slug, theme, pictures_folder())
            time.sleep(BREATH)
    logger.info("drew the thumbnails")
