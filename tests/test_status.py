"""What the one who runs a server is told, if asked for, and nobody else."""

import pytest
from starlette.applications import Starlette

from surfaces import programs_made
from tests.asgi import get
from ui.routes import all_routes, slowest
from ui.routes.status import status, version

APP = Starlette(routes=all_routes(""))


def test_nobody_is_told_unless_the_environment_says_so(monkeypatch):
    monkeypatch.delenv("FALL_LINE_STATUS", raising=False)
    assert "/fall-line/status" not in [route.path for route in all_routes("")]
    assert get(APP, "/fall-line/status")[0] == 404
    monkeypatch.setenv("FALL_LINE_STATUS", "1")
    assert "/fall-line/status" in [route.path for route in all_routes("")]


def test_the_numbers_are_there():
    told = status()
    assert told["version"] == version() != ""
    assert told["programs"] == programs_made()
    assert told["sessions"] == 0
    assert told["memory_megabytes"] is None or told["memory_megabytes"] > 50


@pytest.fixture
def remembered(monkeypatch):
    """An empty list of slow requests."""
    monkeypatch.setattr(slowest, "_slow", type(slowest._slow)(maxlen=5))


def test_the_slowest_requests_come_first_and_quick_ones_not_at_all(remembered, monkeypatch):
    for seconds, path in [(0.2, "/surface"), (0.01, "/value"), (3.0, "/rates"), (0.5, "/paths")]:
        slowest.note(path, seconds)
    assert [slow["path"] for slow in status()["slowest_requests"]] == ["/rates", "/paths", "/surface"]
    monkeypatch.setattr(slowest, "LATELY", -1.0)
    assert status()["slowest_requests"] == []


def test_of_a_request_its_path_is_remembered_and_not_what_was_asked(remembered, monkeypatch):
    monkeypatch.setattr(slowest, "SLOW", 0.0)
    assert get(APP, "/fall-line/value?landscape=formula&formula=my+secret")[0] == 400
    (request,) = status()["slowest_requests"]
    assert request.keys() == {"path", "seconds", "minutes_ago"}
    assert request["path"] == "/fall-line/value"
