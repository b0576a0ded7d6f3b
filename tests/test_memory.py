"""One process stays within the memory that Streamlit's Community Cloud allows, whatever is asked of it."""

import asyncio
import json
import random
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from benchmarks.visitor import Visitor, visitor
from experiments import Experiment, Run, landscape_query, to_query
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from tests.asgi import run_aside
from tests.browser import server

pytestmark = pytest.mark.xdist_group("load")
ALLOWED = 1200  # megabytes
AT_ONCE = 6
MOST_STEPS = 10_000


def worst() -> Iterator[str]:
    """200 requests, each for something else: the longest and most runs, all rules on all surfaces, and all windows."""
    chance = random.Random(7)
    rules, surfaces = list(OPTIMIZERS), list(LANDSCAPES)
    for number in range(80):
        run = Run(chance.choice(rules))
        experiment = Experiment(chance.choice(surfaces), steps=MOST_STEPS - number, runs=(run,), seed=number)
        yield f"rates?of=0&{urlencode(to_query(experiment), doseq=True)}"
    for number in range(60):
        runs = tuple(map(Run, rules[:24]))
        experiment = Experiment("quadratic", steps=MOST_STEPS - number, runs=runs, seed=number, noise=0.1)
        yield f"paths?{urlencode(to_query(experiment), doseq=True)}"
    for number in range(60):
        shown = landscape_query(Experiment(surfaces[number % 7])) | {"window": f"-1_{number + 1}_-2_{number + 2}"}
        yield f"surface?{urlencode(shown, doseq=True)}"


async def ask_for_all(tab: Visitor) -> list[int]:
    """The statuses, asking for several at a time."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def ask(path: str) -> int:
        async with turns:
            return (await tab.fetch(f"fall-line/{path}"))[0]

    return await asyncio.gather(*map(ask, worst()))


def test_two_hundred_of_the_worst_requests_fit_into_memory(monkeypatch):
    monkeypatch.setenv("FALL_LINE_STATUS", "1")

    async def look(address: str) -> tuple[list[int], dict]:
        async with visitor(address) as tab:
            statuses = await ask_for_all(tab)
            return statuses, json.loads((await tab.fetch("fall-line/status"))[1])

    with server() as address:
        statuses, status = run_aside(look(address))
    assert len(statuses) == 200
    assert set(statuses) <= {200, 503}
    assert statuses.count(200) > 100
    assert status["programs"] > 60
    assert status["most_memory_megabytes"] < ALLOWED, status
