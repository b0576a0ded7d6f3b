"""How long it takes to compile one rule on one surface: for the first time, and from JAX's cache on disk."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping

from benchmarks.report import median, milliseconds, print_table
from benchmarks.servers import ROOT
from experiments import Experiment, Run, simulate
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from ui.warm_up import keep_compiled

SURFACE, RULE = "rosenbrock", "adam"


def compile_time() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as cache:
        cold, warm = times_with(cache), times_with(cache)
    rows = [
        [f"{what}, {when}", *summary(times[what])]
        for what in (f"every rule on {SURFACE}", f"{RULE} on every surface")
        for when, times in (("cold", cold), ("from the cache on disk", warm))
    ]
    header = ["first run of a process", "median", "longest", "of"]
    print_table("compile_time: one rule on one surface, tracing and ten steps included", header, rows)


def times_with(cache: str) -> dict[str, dict[str, float]]:
    """What a fresh process measures that keeps its compiled programs in `cache`."""
    command = [sys.executable, "-m", "benchmarks.compile_time"]
    environment = {**os.environ, "XDG_CACHE_HOME": cache}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def measure() -> dict[str, dict[str, float]]:
    """Seconds of every first run. What all of them share is compiled before."""
    keep_compiled()
    seconds("himmelblau", "gradient_descent")
    return {
        f"every rule on {SURFACE}": {slug: seconds(SURFACE, slug) for slug in OPTIMIZERS},
        f"{RULE} on every surface": {slug: seconds(slug, RULE) for slug in LANDSCAPES if slug != SURFACE},
    }


def seconds(landscape: str, optimizer: str) -> float:
    """How long a run of ten steps takes."""
    begun = time.perf_counter()
    simulate(Experiment(landscape, steps=10, runs=(Run(optimizer),)))
    return time.perf_counter() - begun


def summary(times: Mapping[str, float]) -> list[str]:
    """Median, the longest and whose it is, and how many there are."""
    slug = max(times, key=lambda name: times[name])
    return [milliseconds(median(list(times.values()))), f"{milliseconds(times[slug])} ({slug})", f"{len(times)}"]


if __name__ == "__main__":
    print(json.dumps(measure()))
