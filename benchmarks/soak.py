"""A class that stays for half an hour: tabs come and go, pages are changed, lessons are played; nothing may pile up."""

import asyncio
import json
import os
import random
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from benchmarks.load import PACE, SLIDERS, data_of, surface
from benchmarks.report import median, p95, print_table
from benchmarks.servers import APP, running, wait_until_healthy
from benchmarks.visitor import PageError, Visitor, visitor
from lessons import LESSONS

SESSIONS = 60
MINUTES = float(os.environ.get("FALL_LINE_SOAK_MINUTES", "30"))
STAY = 120.0  # seconds that a tab stays open, on average
PAGES = ("", "lessons", "optimizers", "landscapes", "schedules")
EVERY = 60.0  # seconds between two looks at the server


@dataclass
class Stay:
    """What happened meanwhile: how often each thing was done, how long the player's data took, what went wrong."""

    data: list[float] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def count(self, what: str) -> None:
        self.done[what] = self.done.get(what, 0) + 1


def soak() -> None:
    """Prints the table, a row for every five minutes."""
    with (
        mock.patch.dict(os.environ, {"FALL_LINE_STATUS": "1"}),
        tempfile.TemporaryDirectory() as folder,
        running(APP, Path(folder)) as (address, _),
    ):
        wait_until_healthy(address)
        met = Stay()
        rows = asyncio.run(watched(address, met))
    for words in dict.fromkeys(met.wrong):
        print(f"  {words}", flush=True)
    done = ", ".join(f"{count:,} × {what}" for what, count in sorted(met.done.items()))
    notes = [f"{SESSIONS} tabs at a time, each for {STAY:g} s on average; {done}; {len(met.wrong)} errors.", GOAL]
    print_table("soak: half an hour of a class", ["minute", "memory", "tabs", "player's data", "errors"], rows, notes)


GOAL = "Goal: no error; memory grows by less than 10 % after the first five minutes."


async def watched(address: str, met: Stay) -> list[list[str]]:
    """Keeps the class going, and looks at the server from time to time."""
    begun, rows = time.perf_counter(), []
    ends = begun + 60 * MINUTES
    async with asyncio.TaskGroup() as group:
        for number in range(SESSIONS):
            group.create_task(one_seat(address, met, random.Random(number), ends))
        while time.perf_counter() < ends:
            await asyncio.sleep(EVERY)
            rows.append(await looked_at(address, met, (time.perf_counter() - begun) / 60))
            print("  ", *rows[-1], flush=True)
    return rows


async def looked_at(address: str, met: Stay, minute: float) -> list[str]:
    """One row of the table; the times are those since the last look."""
    async with visitor(address) as tab:
        status = json.loads((await tab.fetch("fall-line/status"))[1])
    times, met.data = met.data, []
    waited = f"{1000 * median(times):.0f} / {1000 * p95(times):.0f}" if times else "–"
    return [f"{minute:.0f}", f"{status['memory_megabytes']} MB", str(status["sessions"]), waited, str(len(met.wrong))]


async def one_seat(address: str, met: Stay, chance: random.Random, ends: float) -> None:
    """Opens one tab after the other; each does this and that, and is closed again."""
    await asyncio.sleep(chance.uniform(0.0, 10.0))
    while time.perf_counter() < ends:
        try:
            async with visitor(address) as tab:
                await one_tab(tab, met, chance, min(ends, time.perf_counter() + chance.expovariate(1 / STAY)))
        except (PageError, OSError, TimeoutError, RuntimeError) as error:
            met.wrong.append(f"{type(error).__name__}: {error}")
        met.count("tab")


async def one_tab(tab: Visitor, met: Stay, chance: random.Random, ends: float) -> None:
    """Moves sliders and changes pages until it is closed."""
    await open_compare(tab, met)
    while time.perf_counter() < ends:
        await asyncio.sleep(PACE * chance.uniform(0.5, 1.5))
        if chance.random() < 0.85:
            if not tab.sliders or tab.page:
                await open_compare(tab, met)
            met.data.append(data_of(await tab.move(chance.choice(SLIDERS), chance.choice((-1, 1)))))
            met.count("move")
        elif chance.random() < 0.5:
            await tab.open("lessons", f"lesson={chance.choice(list(LESSONS))}")
            await surface(tab)
            met.count("lesson")
        else:
            await tab.open(chance.choice(PAGES[1:]))
            met.count("other page")


async def open_compare(tab: Visitor, met: Stay) -> None:
    """Opens the first page, as it is without a link."""
    met.data.append(data_of(await tab.open()))
    await surface(tab)
    met.count("first page")
