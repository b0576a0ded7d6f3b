"""What the player's routes answer, and the names that they take away from a query before it is read as a link."""

import ast
import base64
import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import plotly
import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from experiments import Experiment, Run, formula_landscape, simulate, to_query
from landscapes._landscape import RESERVED
from player import ASSETS, WEB
from player.payload import digest, surface_query
from tests.asgi import get
from ui.mount import LOADER, MODULES, ROOT, SURFACES, VERSION, fingerprint
from ui.reference import thumbnails
from ui.routes import all_routes
from ui.routes.player import surface_response
from ui.state import VIEW_OPTIONS

FAR_RIGHT = ((21.0, 40.0), (-5.0, 5.0))


def answer(query: str) -> tuple[int, dict]:
    """Status and document of the surface that the player would get for `query`."""
    response = surface_response(Request({"type": "http", "query_string": query.encode(), "headers": []}))
    return response.status_code, json.loads(bytes(response.body))


def test_a_formula_is_drawn_on_its_own_view():
    status, drawn = answer(surface_query(Experiment(formula_landscape("sqrt(x-20)", FAR_RIGHT)), "log"))
    assert status == 200
    assert (drawn["x"], drawn["y"]) == ([21.0, 40.0], [-5.0, 5.0])


def test_the_levels_of_a_formula_are_those_of_its_own_view():
    landscape = formula_landscape("(x-30)^2 + y^2 + 7", FAR_RIGHT)
    _, drawn = answer(surface_query(Experiment(landscape), "log"))
    assert landscape.minimum == pytest.approx(7)
    assert drawn["scale"]["floor"] == pytest.approx(landscape.minimum)


@pytest.mark.parametrize("landscape", ["rosenbrock", formula_landscape("(x-30)^2 + y^2 + 7", FAR_RIGHT)])
def test_a_window_is_what_is_drawn_and_moves_no_level(landscape):
    query = surface_query(Experiment(landscape), "log")
    status, drawn = answer(f"{query}&window=22_24_-1_1")
    assert status == 200
    assert (drawn["x"], drawn["y"]) == ([22.0, 24.0], [-1.0, 1.0])
    assert np.shape(drawn["loss"]) == (drawn["rows"], drawn["columns"])
    assert drawn["scale"]["floor"] == pytest.approx(answer(query)[1]["scale"]["floor"])


@pytest.mark.parametrize("window", ["1_2_3", "2_1_0_1", "a_b_c_d", "1_inf_0_1"])
def test_a_window_that_is_none_is_named(window):
    query = urlencode({"landscape": "rosenbrock", "a": "1", "b": "100", "window": window})
    status, document = answer(query)
    assert status == 400
    assert f"window is “{window}”; allowed: the ends of x and of y" in document["error"]


def popped(path: Path) -> set[str]:
    """The names that a module takes out of a query: `query.pop("name"…)`, and all that `answering("name"…)` pops."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    taken = [call.args[:1] for call in calls if ast.unparse(call.func).endswith("query.pop")]
    taken += [call.args for call in calls if ast.unparse(call.func) == "answering"]
    return {part.value for args in taken for part in args if isinstance(part, ast.Constant)}


def test_no_landscape_may_call_a_parameter_what_routes_and_links_take_away():
    paths = [*(ROOT / "ui").rglob("*.py"), ROOT / "experiments" / "link.py"]
    names = set().union(*map(popped, paths)) | set(VIEW_OPTIONS)
    assert {"x", "y", "of", "at", "window", "scale", "theme", "v", "formula"} <= names
    assert names <= RESERVED


def test_the_address_of_a_surface_changes_with_what_finds_and_answers_it():
    parts = [*(ROOT / "landscapes").glob("*.py"), *(ROOT / "formulas").glob("*.py"), *(ROOT / "surfaces").glob("*.py")]
    parts += [ROOT / "player" / name for name in ("figures.py", "surface_document.py")]
    assert fingerprint(*parts) == SURFACES
    assert all(fingerprint(*(other for other in parts if other != part)) != SURFACES for part in parts)


APP = Starlette(routes=all_routes("class/one"))
RACE = Experiment("quadratic", start=(1.0, 0.5), steps=20, runs=(Run("adam"), Run("lion", start=(-1.0, 0.25))))


def asked(route, experiment, **more):
    """Status and document of what the player would get."""
    status, _, body = get(APP, f"/class/one/fall-line/{route}?{urlencode(to_query(experiment) | more, doseq=True)}")
    return status, json.loads(body)


def paths(experiment, **more):
    return asked("paths", experiment, **more)


def test_a_step_at_a_dragged_rate_is_that_of_the_experiment_with_the_rate():
    dragged = replace(RACE, runs=(RACE.runs[0], replace(RACE.runs[1], hyperparameters={"learning_rate": 0.037})))
    status, numbers = asked("numbers", RACE, of=1, at=7, rate=0.037)
    assert status == 200
    _, exact = asked("numbers", dragged, of=1, at=7)
    assert numbers == exact != asked("numbers", RACE, of=1, at=7)[1]


@pytest.mark.parametrize("rate", ["fast", "nan", "-1"])
def test_a_rate_that_is_none_is_named(rate):
    status, answered = asked("numbers", RACE, of=1, at=7, rate=rate)
    assert status == 400
    assert "rate is" in answered["error"]


def test_the_gradients_of_the_fan_are_as_long_as_those_of_the_runs_at_its_rates():
    fan = asked("rates", RACE, of=0)[1]
    low, high = asked("numbers", RACE, of=0, at=0)[1]["range"]
    slopes = np.frombuffer(base64.b64decode(fan["slopes"]["bdata"]), "<f4").reshape(fan["slopes"]["shape"])
    assert slopes.shape == (64, RACE.steps + 1)
    for place in (0, 30):
        rate = low * (high / low) ** (place / 63)
        run = simulate(replace(RACE, runs=(Run("adam", {"learning_rate": rate}),)))
        np.testing.assert_allclose(slopes[place, :-1], np.hypot(*run.gradients[0].T), rtol=1e-5)


def test_paths_from_a_dragged_start_are_those_of_the_experiment_that_begins_there():
    assert paths(RACE)[1]["digest"] == digest(simulate(RACE))
    moved = replace(RACE, start=(0.3, -0.2))
    status, sent = paths(RACE, x=0.3, y=-0.2)
    assert status == 200
    assert (sent["digest"], sent["start"]) == (digest(simulate(moved)), [0.3, -0.2])
    assert [run["ownStart"] for run in sent["runs"]] == [False, True]
    own = replace(RACE, runs=(RACE.runs[0], replace(RACE.runs[1], start=(0.3, -0.2))))
    assert paths(RACE, x=0.3, y=-0.2, of=1)[1]["digest"] == digest(simulate(own))


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ({"x": 0.3}, "y is “”"),
        ({"x": "a", "y": 1}, "x is “a”"),
        ({"x": 1, "y": 1, "of": 2}, "run is 2; allowed: a whole number from 0 to 1"),
    ],
)
def test_a_start_that_is_none_is_named(more, complaint):
    status, answered = paths(RACE, **more)
    assert status == 400
    assert complaint in answered["error"]


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("mount.js", "text/javascript; charset=utf-8"),
        ("views/overlay.js", "text/javascript; charset=utf-8"),
        ("styles/views.css", "text/css; charset=utf-8"),
        ("katex/fonts/KaTeX_Math-Italic.woff2", "font/woff2"),
    ],
)
def test_the_players_files_are_served_from_its_folders_and_kept_by_their_version(name, type_):
    status, headers, body = get(APP, f"/class/one/fall-line/{VERSION}/{name}")
    assert (status, headers["content-type"], body) == (200, type_, (WEB / name).read_bytes())
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert get(APP, f"/class/one/fall-line/older/{name}")[1]["cache-control"] == "no-cache"
    _, headers, packed = get(APP, f"/class/one/fall-line/{VERSION}/{name}", accept_encoding="gzip")
    assert headers.get("content-encoding") == (None if name.endswith(".woff2") else "gzip")
    assert len(packed) <= len(body)


@pytest.mark.parametrize(
    ("path", "version"),
    [
        ("plotly.min.js?", plotly.__version__),
        (f"surface?{surface_query(RACE, 'log')}&", SURFACES),
        ("thumbnail/landscape/booth?", thumbnails.VERSION),
    ],
)
def test_only_what_has_our_version_in_its_address_is_kept_for_long(path, version):
    kept = {
        given: get(APP, f"/class/one/fall-line/{path}v={given}")[1]["cache-control"] for given in (version, "7", "")
    }
    assert kept.pop(version).startswith("public, max-age=")
    assert set(kept.values()) == {"no-cache"}


@pytest.mark.parametrize("name", ["documents.d.ts", "katex/LICENSE", "../files.py", "nothing.js"])
def test_nothing_but_the_players_files_is_served(name):
    status, _, body = get(APP, f"/class/one/fall-line/{VERSION}/{name}")
    assert status == 404
    assert json.loads(body)["error"].startswith("no file")


def test_the_page_asks_at_once_for_all_modules_that_are_needed_at_first():
    assert {"mount.js", "views/overlay.js", "geometry/path.js"} <= set(MODULES) <= set(ASSETS)
    assert not any(name.startswith("katex/") for name in MODULES)
    assert json.dumps(MODULES) in LOADER
