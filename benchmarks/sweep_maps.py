"""Basins of attraction as the page asks for them: how soon they are there, and what a slider beside them waits for."""

import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from benchmarks.report import median, milliseconds, p95, print_table, times_as
from benchmarks.servers import APP, running, wait_until_healthy
from experiments import Experiment, Run, to_query, with_rate

COARSE, FINE = 128, 512
MOVES, PACE = 60, 0.1  # of a slider, and the seconds between two
RATES = iter(range(1, 1_000_000))  # of which every one is asked for once: nothing is answered from memory
EXPERIMENT = Experiment("himmelblau", steps=300, runs=(Run("adam", {"learning_rate": 0.1}),))
LONGEST = Experiment("himmelblau", steps=1000, runs=(Run("adam", {"learning_rate": 0.1}),))
CLASSMATE = Experiment("rosenbrock", steps=300, runs=(Run("adam"), Run("momentum"), Run("gradient_descent")))


def sweep_maps() -> None:
    """Prints both tables."""
    with TemporaryDirectory() as folder, running(APP, Path(folder)) as (address, process):
        wait_until_healthy(address)
        first = seconds(address, basins_query(EXPERIMENT, COARSE))
        rows = [["the first, coarse; compiled just now", milliseconds(first), "-", "1"]]
        for name, across, experiment in (
            ("coarse", COARSE, EXPERIMENT),
            ("fine", FINE, EXPERIMENT),
            ("fine, 1000 steps", FINE, LONGEST),
        ):
            taken = [seconds(address, basins_query(experiment, across)) for _ in range(10)]
            rows.append([f"{name}, {across}²", milliseconds(median(taken)), milliseconds(p95(taken)), "10"])
        alone, beside = moves(address), moves_beside_a_sweep(address)
        memory = peak(process.pid)
    notes = ["From the request to the last byte, 300 steps of Adam on Himmelblau unless said. Goals: 150 ms, 1000 ms."]
    print_table("basins", ["map", "median", "p95", "repeats"], rows, notes)
    rows = [
        ["alone", milliseconds(median(alone)), milliseconds(p95(alone)), "1.00×"],
        [
            "beside endless fine maps",
            milliseconds(median(beside)),
            milliseconds(p95(beside)),
            times_as(p95(beside), p95(alone)),
        ],
    ]
    notes = [f"{MOVES} moves. Goal: p95 at most twice. The server's memory was {memory} MB at most."]
    print_table("paths of a moved slider", ["", "median", "p95", "p95 against alone"], rows, notes)


def basins_query(experiment: Experiment, across: int) -> str:
    """A map that nobody has asked for before."""
    run = with_rate(experiment.runs[0], 0.05 + 1e-6 * next(RATES))
    moved = Experiment(experiment.landscape, steps=experiment.steps, runs=(run,))
    return "sweep/basins?" + urlencode({**to_query(moved), "of": 0, "across": across}, doseq=True)


def seconds(address: str, path: str) -> float:
    """How long the server takes to answer."""
    begun = time.perf_counter()
    with urllib.request.urlopen(f"{address}/fall-line/{path}") as answer:
        answer.read()
    return time.perf_counter() - begun


def moves(address: str) -> list[float]:
    """The seconds that the paths of a classmate take, who moves a slider again and again."""
    return list(_moves(address))


def _moves(address: str) -> Iterator[float]:
    for _ in range(MOVES):
        start = {"x": -1.0 + 1e-6 * next(RATES), "y": 2.0}
        yield seconds(address, "paths?" + urlencode({**to_query(CLASSMATE), **start}, doseq=True))
        time.sleep(PACE)


def moves_beside_a_sweep(address: str) -> list[float]:
    """The same while somebody else asks for one fine map after the other."""
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            seconds(address, basins_query(LONGEST, FINE))

    asking = threading.Thread(target=ask)
    asking.start()
    taken = moves(address)
    over.set()
    asking.join()
    return taken


def peak(pid: int) -> int:
    """The most memory that a process has held, in megabytes."""
    return int(Path(f"/proc/{pid}/status").read_text().split("VmHWM:")[1].split()[0]) // 1024
