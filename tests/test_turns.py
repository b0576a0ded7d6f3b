"""Requests that take the processor: as many at once as there are cores, not for ever, and only while somebody waits."""

import asyncio
import threading
from collections.abc import Callable

import numpy as np
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from experiments import Experiment, Run
from landscapes import LANDSCAPES
from surfaces import kept_with_landscape
from sweeps import Lanes, run_lanes
from tests.asgi import run_aside
from ui.routes import turns

SOON = 10.0  # seconds, of which a busy machine needs a few


async def ask(answer: Callable[[Request], Response], gone: asyncio.Event | None = None) -> Response:
    """What a browser gets that stays until it is `gone`."""
    gone = gone or asyncio.Event()

    async def receive() -> dict:
        await gone.wait()
        return {"type": "http.disconnect"}

    scope = {"type": "http", "path": "/", "query_string": b"", "headers": [], "server": ("class", 80), "scheme": "http"}
    return await turns.in_turn(answer)(Request(scope, receive))


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(SOON):
        while not holds():
            await asyncio.sleep(0.01)


def test_as_many_at_once_as_there_are_cores_and_all_are_answered(monkeypatch):
    monkeypatch.setattr(turns, "CORES", 2)
    running, most = set(), []
    both = threading.Barrier(2)

    def answer(_):
        running.add(threading.get_ident())
        most.append(len(running))
        both.wait(SOON)  # nobody is answered alone: two run together
        running.discard(threading.get_ident())
        return PlainTextResponse("done")

    async def everybody():
        return await asyncio.gather(*(ask(answer) for _ in range(8)))

    assert [response.status_code for response in run_aside(everybody())] == [200] * 8
    assert max(most) == 2


def test_who_has_waited_too_long_is_told_when_to_come_back(monkeypatch):
    monkeypatch.setattr(turns, "CORES", 1)
    monkeypatch.setattr(turns, "LONGEST_WAIT", 0.05)
    free = threading.Event()

    def answer(_):
        free.wait(SOON)
        return PlainTextResponse("done")

    async def everybody():
        first = asyncio.create_task(ask(answer))
        await asyncio.sleep(0)
        second = await ask(answer)
        free.set()
        return await first, second

    first, second = run_aside(everybody())
    assert first.status_code == 200
    assert second.status_code == 503
    assert int(second.headers["Retry-After"]) > 0
    assert "busy" in bytes(second.body).decode()


def test_who_goes_while_waiting_is_not_worked_for(monkeypatch):
    monkeypatch.setattr(turns, "CORES", 1)
    free, worked = threading.Event(), []

    def answer(name):
        def respond(_):
            worked.append(name)
            free.wait(SOON)
            return PlainTextResponse("done")

        return respond

    async def everybody():
        gone = asyncio.Event()
        first = asyncio.create_task(ask(answer("first")))
        await until(lambda: worked == ["first"])
        second = asyncio.create_task(ask(answer("second"), gone))
        await asyncio.sleep(0.05)
        gone.set()
        await asyncio.wait_for(second, SOON)  # while the first still works
        free.set()
        await first
        return await ask(answer("third"))

    assert run_aside(everybody()).status_code == 200
    assert worked == ["first", "third"]


def test_for_who_goes_meanwhile_nothing_more_is_compiled():
    made = []

    @kept_with_landscape
    def program(landscape, number):
        made.append(number)

    async def one_who_goes():
        gone, left = asyncio.Event(), threading.Event()

        def answer(_):
            program(LANDSCAPES["quadratic"], 1)
            left.wait(SOON)
            program(LANDSCAPES["quadratic"], 2)
            return PlainTextResponse("nobody reads this")

        asked = asyncio.create_task(ask(answer, gone))
        await until(lambda: made == [1])
        gone.set()
        await asyncio.sleep(0.05)
        left.set()
        await asyncio.wait_for(asked, SOON)

    run_aside(one_who_goes())
    assert made == [1]
    program(LANDSCAPES["quadratic"], 2)  # for whoever asks next
    assert made == [1, 2]


def test_for_who_goes_meanwhile_no_more_of_a_sweep_is_computed():
    """All of it would take minutes."""
    experiment = Experiment("himmelblau", steps=10_000, runs=(Run("adam", {"learning_rate": 0.01}),))
    many = np.full(5_000_000, 0.1)
    begun, ended = threading.Event(), []

    def answer(_):
        begun.set()
        try:
            run_lanes(Lanes(experiment, experiment.runs[0], {"start0": many, "start1": many}), single=True)
        except BaseException as error:  # what anyio raises is no Exception
            ended.append(error)
            raise
        return PlainTextResponse("nobody reads this")

    async def one_who_goes():
        gone = asyncio.Event()
        asked = asyncio.create_task(ask(answer, gone))
        await until(begun.is_set)
        gone.set()
        await asyncio.wait_for(asked, SOON)

    run_aside(one_who_goes())
    assert len(ended) == 1


def test_what_fails_is_not_hidden():
    def answer(_):
        raise ZeroDivisionError("the secret of the engine")

    with pytest.RaisesGroup(ZeroDivisionError):
        run_aside(ask(answer))
