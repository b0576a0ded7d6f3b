"""The controls wait until the player has drawn the paths that they brought."""

import json
import time
from threading import Thread
from urllib.parse import quote

import pytest
from starlette.applications import Starlette

from tests.asgi import get
from ui import drawn
from ui.drawn import drawn_routes, until_drawn

SERVER = Starlette(routes=drawn_routes("/fall-line"))


def report(serial):
    status, _, body = get(SERVER, f"/fall-line/drawn?serial={quote(str(serial))}", "POST")
    return status, body


def in_thread(steps):
    """Appends to `steps` what a run of the script does around something that a player draws; its number comes first."""

    def run():
        with until_drawn() as serial:
            steps.append(serial)
        steps.append("controls")

    thread = Thread(target=run)
    thread.start()
    while not steps:
        time.sleep(0.001)
    return thread


def test_what_follows_waits_for_the_report_of_the_player(monkeypatch):
    monkeypatch.setattr(drawn, "LONGEST", 60.0)
    steps: list = []
    thread = in_thread(steps)
    report(steps[0] + 1)
    thread.join(0.05)
    assert steps[1:] == []
    assert report(steps[0])[0] == 204
    thread.join(30)
    assert steps[1:] == ["controls"]


def test_a_report_that_comes_before_anybody_waits_counts(monkeypatch):
    monkeypatch.setattr(drawn, "LONGEST", 60.0)
    begun = time.monotonic()
    with until_drawn() as serial:
        report(serial)
    assert time.monotonic() - begun < 30


def test_a_tab_that_draws_nothing_holds_up_its_controls_only_for_a_while(monkeypatch):
    monkeypatch.setattr(drawn, "LONGEST", 0.01)
    steps: list = []
    in_thread(steps).join(30)
    assert steps[1:] == ["controls"]
    assert not drawn._expected


@pytest.mark.parametrize("serial", ["", "x", "-1", "1.5", "٣", "9" * 400])
def test_a_number_that_nobody_was_sent_is_refused_in_words(serial):
    status, body = report(serial)
    assert status == 400
    assert "allowed: " in json.loads(body)["error"]
