"""A class at one server: how long sessions wait for their pictures, and what they cost, for more and more of them."""

import asyncio
import json
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.report import median, p95, print_table
from benchmarks.servers import APP, running, wait_until_healthy
from benchmarks.visitor import Answer, PageError, Visitor, visitor

CLASSES = (1, 10, 20, 40, 60, 120)
ARRIVAL = 10.0  # seconds in which a class opens the page
LESSON = 60.0  # seconds in which everybody moves sliders
PACE = 3.0  # seconds between two moves of one session
SLIDERS = [f"run{run}_learning_rate_slider" for run in (1, 2, 3, 4)]
HEADER = ["sessions", "opened", "player's data", "script finished", "late", "wrong", "processor", "memory"]
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Load:
    """What a class met: seconds until pages were open, data arrived and scripts ended, and whatever went wrong."""

    opened: list[float] = field(default_factory=list)
    data: list[float] = field(default_factory=list)
    finished: list[float] = field(default_factory=list)
    late: int = 0  # moves whose data came after the next was due
    wrong: list[str] = field(default_factory=list)


@dataclass
class Cost:
    """What a process used: processor seconds a second, and megabytes resident at the end."""

    processor: float
    memory: float


def load() -> None:
    """Prints the table."""
    rows = []
    with tempfile.TemporaryDirectory() as folder, running(APP, Path(folder)) as (address, process):
        wait_until_healthy(address)
        asyncio.run(a_class(address, 1, lesson=1.0))  # what is compiled once is no one's waiting time
        for sessions in CLASSES:
            rows.append(row(str(sessions), *measured(a_class(address, sessions), process)))
    notes = [
        f"4 runs × 150 steps; all open the page within {ARRIVAL:g} s, then move a rate every {PACE:g} s for {LESSON:g} s.",
        "Milliseconds, median / p95; the driver is on the same machine. Goals at p95: opened ≤ 1500 at 60 sessions,",
        "data ≤ 100 at 60 and ≤ 300 at 120; nothing late or wrong.",
    ]
    print_table("load: a class at one process", HEADER, rows, notes)


def row(name: str, met: Load, *costs: Cost) -> list[str]:
    """One class in the table; what went wrong is also said in full, once."""
    for words in dict.fromkeys(met.wrong):
        print(f"  {name} sessions: {words}", flush=True)
    times = [
        f"{1000 * median(values):.0f} / {1000 * p95(values):.0f}" for values in (met.opened, met.data, met.finished)
    ]
    processor = " + ".join(f"{cost.processor:.0%}" for cost in costs)
    memory = " + ".join(f"{cost.memory:.0f}" for cost in costs)
    return [name, *times, str(met.late), str(len(met.wrong)), processor, f"{memory} MB"]


def measured(act: Coroutine[Any, Any, Load], *processes: subprocess.Popen) -> tuple[Load, *tuple[Cost, ...]]:
    """What came of `act`, and what it cost each of the servers."""
    before, begun = [processor_seconds(process.pid) for process in processes], time.perf_counter()
    met = asyncio.run(act)
    took = time.perf_counter() - begun
    used = [processor_seconds(process.pid) - earlier for process, earlier in zip(processes, before, strict=True)]
    return met, *(Cost(seconds / took, resident_memory(p.pid)) for seconds, p in zip(used, processes, strict=True))


async def a_class(address: str, sessions: int, arrival: float = ARRIVAL, lesson: float = LESSON) -> Load:
    """Many sessions that arrive one after the other and then all move sliders until the lesson ends."""
    met = Load()
    begun = time.perf_counter()
    ends = begun + arrival + lesson
    arrivals = [begun + arrival * number / sessions for number in range(sessions)]
    async with asyncio.TaskGroup() as group:
        for number, at in enumerate(arrivals):
            group.create_task(one_session(address, met, random.Random(number), at, ends))
    return met


async def one_session(address: str, met: Load, chance: random.Random, begins: float, ends: float) -> None:
    """Opens the page, fetches the surface, and moves sliders; what goes wrong ends the session and is noted."""
    await asyncio.sleep(begins - time.perf_counter())
    try:
        async with visitor(address) as tab:
            met.opened.append(data_of(await tab.open()))
            await surface(tab)
            due = time.perf_counter() + chance.uniform(0.0, PACE)
            while due < ends:
                await asyncio.sleep(due - time.perf_counter())
                await one_move(tab, met, chance, due)
                due += PACE
    except (PageError, OSError, TimeoutError, RuntimeError) as error:
        met.wrong.append(f"{type(error).__name__}: {error}")


async def one_move(tab: Visitor, met: Load, chance: random.Random, due: float) -> None:
    """Moves one slider by one place; what the session waited before it could is part of the waiting."""
    waited = time.perf_counter() - due
    answer = await tab.move(chance.choice(SLIDERS), chance.choice((-1, 1)))
    met.data.append(waited + data_of(answer))
    met.finished.append(waited + answer.finished)
    met.late += waited + data_of(answer) > PACE


async def surface(tab: Visitor) -> None:
    """Fetches the picture of the surface, as the player does when it has got its first data."""
    status, _ = await tab.fetch(f"fall-line/surface?{json.loads(tab.payload)['surface']}")
    if status != 200:
        raise RuntimeError(f"the surface was answered with status {status}")


def data_of(answer: Answer) -> float:
    if answer.data is None:
        raise RuntimeError("the script ended without data for the player")
    return answer.data


def processor_seconds(pid: int) -> float:
    """What a process has used so far, all threads together (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_memory(pid: int) -> float:
    """Megabytes that a process holds in memory (Linux)."""
    return int(Path(f"/proc/{pid}/status").read_text().split("VmRSS:")[1].split()[0]) / 1024
