"""A small class at one server, without browsers: nothing is lost, whatever a client sends."""

import asyncio
import json
from typing import Any
from urllib.parse import urlencode

import pytest

from benchmarks.load import a_class
from benchmarks.visitor import Visitor, visitor
from experiments import Experiment, Run, to_query
from optimizers import OPTIMIZERS
from tests.asgi import run_aside
from tests.browser import server

pytestmark = pytest.mark.xdist_group("load")
PATIENCE = 30.0  # seconds, of which a busy machine needs a few
LARGE = Experiment("ackley", steps=10_000, runs=tuple(Run(slug) for slug in list(OPTIMIZERS)[:24]))


@pytest.fixture(scope="module")
def address():
    """A server of its own, which says how it is doing."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FALL_LINE_STATUS", "1")
        with server() as running:
            yield running


def with_tab(address, act):
    """What `act` makes of a tab that shows the first page."""

    async def look():
        async with visitor(address) as tab:
            await tab.open()
            return await act(tab)

    return run_aside(look())


async def status(tab: Visitor) -> dict:
    return json.loads((await tab.fetch("fall-line/status"))[1])


def test_ten_sessions_for_ten_seconds_lose_nothing(address):
    before = with_tab(address, status)
    met = run_aside(a_class(address, sessions=10, arrival=1.0, lesson=9.0))
    after = with_tab(address, status)
    assert met.wrong == []
    assert len(met.opened) == 10
    assert len(met.data) >= 20
    collections = after["full_garbage_collections"] - before["full_garbage_collections"]
    assert collections < len(met.data) / 2, "a collection after every run"


def test_a_session_is_let_go_with_its_tab(address):
    async def come_and_go():
        async with asyncio.timeout(PATIENCE):
            async with visitor(address) as one, visitor(address) as other:
                await one.open()
                await other.open()
                assert (await status(one))["sessions"] >= 2
            async with visitor(address) as alone:
                while (await status(alone))["sessions"] > 1:
                    await asyncio.sleep(0.1)

    run_aside(come_and_go())


SENT: dict[str, list[Any]] = {
    "start": [{}, [], "q", {"x": "q"}, {"x": 10**400, "y": 0}, {"x": 1, "y": 1, "run": "z"}],
    "second": [{"x": "q"}, 3, {"x": 1e308, "y": None}],
    "rate": [7, {"run": 0}, {"run": 0, "rate": "q"}, {"run": None, "rate": 1}],
    "address": [5, ["?a"]],
    "scale": [5, ["linear"], {}],
}
ODD = [(name, sent) for name, all_sent in SENT.items() for sent in all_sent]


@pytest.mark.parametrize(("name", "sent"), ODD)
def test_what_a_player_would_never_send_leaves_the_page_standing(address, name, sent):
    async def act(tab):
        answer = await tab.act(name, sent)
        return answer, json.loads(tab.payload)

    answer, payload = with_tab(address, act)
    assert answer.data is not None
    assert payload["start"] == [-2.0, 1.2]


def test_a_start_that_is_one_moves(address):
    async def act(tab):
        await tab.act("start", {"x": 0.5, "y": 0.25})
        return json.loads(tab.payload)["start"]

    assert with_tab(address, act) == [0.5, 0.25]


@pytest.mark.parametrize(("asked", "spaced"), [("linear", "linear"), ("sideways", "log"), ("log", "log")])
def test_levels_are_spaced_as_asked_and_by_factors_where_that_is_no_way(address, asked, spaced):
    async def act(tab):
        await tab.act("scale", asked)
        answer = await tab.move("run1_learning_rate_slider", 1)
        return answer, json.loads(tab.payload)

    answer, payload = with_tab(address, act)
    assert answer.data is not None
    assert payload["surface"].endswith(f"scale={spaced}")
    assert payload["scale"] == spaced


@pytest.mark.parametrize("key", ["lesson_menu", "landscape", "run1_optimizer", "run1_schedule"])
def test_a_menu_that_reports_what_it_never_offered_changes_nothing(address, key):
    async def act(tab):
        await tab.press("run1_fold_button")  # beneath which the schedule is
        before = json.loads(tab.payload)["query"]
        for fragment, states in tab.widgets.items():
            for state in states.values():
                if state.id.endswith(f"-{key}"):
                    state.string_value = "nonsense"
                    chosen = fragment
        await tab.send(chosen)
        return before, json.loads(tab.payload)["query"]

    before, after = with_tab(address, act)
    assert before == after


def test_the_server_answers_others_while_it_is_asked_for_much(address):
    async def ask():
        query = urlencode(to_query(LARGE), doseq=True)
        async with visitor(address) as tab, asyncio.timeout(4 * PATIENCE):
            asked = [asyncio.create_task(tab.fetch(f"fall-line/rates?{query}&of={run}")) for run in range(8)]
            await asyncio.sleep(0.2)
            assert await tab.fetch("_stcore/health") == (200, b"ok")
            assert (await tab.open()).data is not None
            still_computing = sum(not request.done() for request in asked)
            statuses = {status for status, _ in await asyncio.gather(*asked)}
            return still_computing, statuses

    still_computing, statuses = run_aside(ask())
    assert still_computing > 0
    assert statuses <= {200, 503}
