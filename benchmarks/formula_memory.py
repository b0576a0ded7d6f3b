"""Memory over many formulas, each explored, raced and drawn as on the page."""

import gc
from pathlib import Path

import jax

from benchmarks.report import print_table
from experiments import Experiment, Run, formula_landscape, simulate, verdicts
from experiments.surface import surface

RUNS = (Run("gradient_descent"), Run("adam"))
FORMULAS = 300
EVERY = 30


def formula_memory() -> None:
    """Prints the table: after every `EVERY` formulas, resident memory and compiled programs alive."""
    rows = []
    for count in range(1, FORMULAS + 1):
        look_at(f"sin({count}*x/100)*y + 0.1*(x^2 + y^2) + {count % 7}*cos(y)")
        if count % EVERY == 0 or count == 1:
            gc.collect()
            programs = len(jax.devices()[0].client.live_executables())
            rows.append([count, f"{resident_megabytes():.0f} MB", programs])
    print_table("formula_memory: different formulas in one process", ["formulas", "resident", "programs"], rows)


def look_at(text: str) -> None:
    """What the page does with a formula."""
    landscape = formula_landscape(text)
    experiment = Experiment(landscape, steps=100, runs=RUNS)
    verdicts(experiment, simulate(experiment))
    surface(landscape, {})


def resident_megabytes() -> float:
    """The memory of this process, on Linux."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024
