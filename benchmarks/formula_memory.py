"""Memory over many formulas, each explored, raced and drawn as on the page: `python -m benchmarks.formula_memory`."""

import gc
import sys
from pathlib import Path

import jax

from experiments import Experiment, Run, formula_landscape, simulate, verdicts
from experiments.surface import surface

RUNS = (Run("gradient_descent"), Run("adam"))
FORMULAS = 300
EVERY = 30


def measure(formulas: int = FORMULAS) -> list[tuple[int, float, int]]:
    """After every `EVERY` formulas: how many, resident megabytes, compiled programs alive."""
    rows = []
    for count in range(1, formulas + 1):
        look_at(f"sin({count}*x/100)*y + 0.1*(x^2 + y^2) + {count % 7}*cos(y)")
        if count % EVERY == 0 or count == 1:
            gc.collect()
            rows.append((count, resident_megabytes(), len(jax.devices()[0].client.live_executables())))
            print(f"{count:5d} formulas {rows[-1][1]:7.0f} MB {rows[-1][2]:5d} compiled programs", flush=True)
    return rows


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


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else FORMULAS)
