"""Memory over many formulas, each explored, raced and drawn as on the page."""

import gc
import subprocess
import sys
from pathlib import Path

import jax

from benchmarks.report import print_table
from benchmarks.servers import ROOT
from experiments import Experiment, Run, simulate, verdicts
from surfaces import formula_landscape, surface

RUNS = (Run("gradient_descent"), Run("adam"))
FORMULAS = 100
EVERY = 20


def formula_memory() -> None:
    """Measures in a process of its own, which holds nothing else."""
    subprocess.run([sys.executable, "-m", "benchmarks.formula_memory"], cwd=ROOT, check=True)


def measure() -> None:
    """Prints the table: after every `EVERY` formulas, resident memory and compiled programs alive."""
    rows = []
    for count in range(1, FORMULAS + 1):
        look_at(f"sin({count}*x/100)*y + 0.1*(x^2 + y^2) + {count % 7}*cos(y)")
        if count % EVERY == 0 or count == 1:
            gc.collect()
            programs = len(jax.devices()[0].client.live_executables())
            rows.append([count, resident_memory(), programs])
    print_table("formula_memory: different formulas in one process", ["formulas", "resident", "programs"], rows)


def look_at(text: str) -> None:
    """What the page does with a formula."""
    landscape = formula_landscape(text)
    experiment = Experiment(landscape, steps=100, runs=RUNS)
    verdicts(experiment, simulate(experiment))
    surface(landscape, {})


def resident_memory() -> str:
    """The memory of this process, where the system tells it as Linux does."""
    status = Path("/proc/self/status")
    return f"{int(status.read_text().split('VmRSS:')[1].split()[0]) / 1024:.0f} MB" if status.exists() else "not known"


if __name__ == "__main__":
    measure()
