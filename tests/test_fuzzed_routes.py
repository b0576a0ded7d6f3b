"""Whatever is asked of the app's own routes: an answer, or one sentence that says what was wrong."""

import json
import time
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from experiments import Run, to_query
from experiments.link import landscape_query
from landscapes import LANDSCAPES
from networks import KINDS, NetworkExperiment
from networks import to_query as network_query
from optimizers import OPTIMIZERS
from player import ON, SCALES, THEMES
from tests.asgi import get
from tests.strategies import experiments
from ui.routes import PREFIX, all_routes
from ui.routes.files import FILES
from ui.sweeps.mount import FILES as SWEEPS

APP = Starlette(routes=all_routes(""))
LONGEST_SENTENCE = 3000  # bytes
ODD = [
    *("", "0", "-1", "1", "0.5", "1e308", "-1e308", "5e-324", "1e-320", "nan", "inf", "1e999", "0,05", "٣", "abc", "~"),
    *("_", "1_2", "-5_5_-5_5", "-1e308_1e308_-1_1", "0_1e-320_0_1", "1e30_1e31_0_1", "1_1_1_1", "<script>", "%", "\0"),
    *("9" * 400, "log", "linear", "dark", "formula", "quadratic", "x^2+y^2", "1/0*x", "sqrt(x-9)", "((((", "x" * 500),
    *("adam", "adam~learning_rate", "adam~learning_rate~1e308", "adam~b2~1~learning_rate~0", "nope~learning_rate~1"),
    *("gradient_descent~learning_rate~-1e308~start~1e308_1e308~clip_norm~1e-320", "../../etc/passwd", "10000", "24"),
]
NAMES = ["landscape", "formula", "view", "start", "steps", "seed", "noise", "batch_size", "run", "junk", "\U0001f600"]
odd = st.sampled_from(ODD) | st.text(max_size=20)
some = experiments(("quadratic", "linear_regression", "easom"), ("gradient_descent", "adam"))


@st.composite
def queries(draw, parts, more, made=some):
    """A query that is right, but for at most three of its parts."""
    query = {name: values[:] for name, values in parts(draw(made)).items()} | draw(st.fixed_dictionaries(more))
    for name in draw(st.lists(st.sampled_from([*query, *NAMES]), max_size=3)):
        query[name] = draw(st.lists(odd, max_size=2))
    return query


places = st.sampled_from(["0", "-1.5", "2e3", "1e308"])
ACROSS = {"across": st.sampled_from(["4", "9", "1", "x"])}
OF, AT = {"of": st.sampled_from("0159")}, {"at": st.sampled_from(["0", "3", "59", "x"])}
ELSEWHERE = {"x": st.just("") | places, "y": st.just("") | places, "of": st.sampled_from(["", "0", "7"])}
SCALE = {"scale": st.sampled_from(SCALES)}
WINDOW = {
    "window": st.sampled_from(["", "-1_1_-2_2", "0_1e-9_0_1", "-1e29_1e29_-1_1"]),
    "theme": st.sampled_from(THEMES),
}
LOOKS = {"plane": st.sampled_from(KINDS), "on": st.sampled_from(ON), "theme": st.sampled_from(THEMES)}
QUERIES = {
    "/surface": queries(landscape_query, SCALE | WINDOW),
    "/paths": queries(to_query, SCALE | ELSEWHERE),
    "/value": queries(to_query, {"x": places, "y": places}),
    "/numbers": queries(to_query, OF | AT),
    "/rates": queries(to_query, OF),
    "/examples": queries(to_query, {}),
    "/take/{name}": queries(to_query, SCALE),
    "/sweep/rates": queries(to_query, {}),
    "/sweep/basins": queries(to_query, OF | ACROSS | {"rate": st.sampled_from(["", "0.1", "1e-300", "0"])}),
    "/sweep/stability": queries(to_query, OF | ACROSS | {"up": st.sampled_from(["", "noise", "b1", "learning_rate"])}),
}
network = st.just(
    NetworkExperiment("moons", hidden=(2,), steps=5, points=50, runs=(Run("gradient_descent"), Run("adam")))
)
QUERIES |= {
    "/plane": queries(network_query, LOOKS, network),
    "/boundaries": queries(network_query, {}, network),
}
kinds = st.sampled_from(["landscape", "optimizer", "schedule", "lesson"]) | odd
slugs = st.sampled_from([*LANDSCAPES, *OPTIMIZERS][::9]) | odd
words = st.fixed_dictionaries({}, optional={"theme": st.sampled_from(THEMES) | odd, "v": odd})
PATHS = {
    "/open/{kind}/{slug}": st.tuples(kinds, slugs).map(lambda parts: f"/open/{parts[0]}/{parts[1]}"),
    "/thumbnail/{kind}/{slug}": st.tuples(kinds, odd).map(lambda parts: f"/thumbnail/{parts[0]}/{parts[1]}"),
    "/sweeps/{version}/{name}": st.tuples(odd, st.sampled_from(SWEEPS) | odd).map(
        lambda both: f"/sweeps/{both[0]}/{both[1]}"
    ),
    "/{name}": st.sampled_from(sorted(FILES)).map(lambda name: f"/{name}") | odd.map(lambda name: f"/{name}"),
    "/{version}/{name:path}": st.tuples(odd, st.sampled_from(sorted(FILES)) | odd).map(
        lambda both: f"/{both[0]}/{both[1]}"
    ),
}


def checked(path, query):
    """The status; what is wrong with the request is said in a sentence, and what is sent can be read."""
    status, headers, body = get(APP, f"{PREFIX}{path}?{urlencode(query, doseq=True, errors='replace')}")
    assert status in (200, 307, 400, 404), body
    if headers.get("content-type") == "application/json":
        json.loads(body, parse_constant=pytest.fail)  # NaN is not JSON
    if status in (400, 404) and body != b"Not Found":  # which Starlette says of what is no address of ours
        assert json.loads(body)["error"].strip()
        assert len(body) < LONGEST_SENTENCE
    return status


def test_every_route_is_asked():
    asked = {path.removeprefix(PREFIX) for path in (route.path for route in all_routes(""))}
    assert asked == {*QUERIES, *PATHS, "/drawn", "/qr"}


@pytest.mark.parametrize("path", QUERIES)
def test_an_experiment_or_a_sentence(path):
    seen, asked = set(), path.format(name="runs.csv")

    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(QUERIES[path])
    def ask(query):
        seen.add(checked(asked, query))

    ask()
    assert seen == {200, 400}


@pytest.mark.parametrize("path", PATHS)
def test_a_file_a_way_or_a_sentence(path):
    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(PATHS[path], words)
    def ask(address, query):
        checked(address, query)

    ask()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(odd, max_size=2))
def test_a_report_of_what_was_drawn_is_taken_or_refused_in_a_sentence(serials):
    query = urlencode({"serial": serials}, doseq=True, errors="replace")
    status, _, body = get(APP, f"{PREFIX}/drawn?{query}", "POST")
    assert status in (204, 400)
    assert status == 204 or json.loads(body)["error"].strip()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(odd | st.text(max_size=3000))
def test_a_code_or_a_sentence(link):
    checked("/qr", {"link": link})


@pytest.mark.parametrize("path", QUERIES)
def test_thousands_of_names_take_no_time_and_no_room(path):
    query = "&".join(f"{quote(f'name {number}')}=1" for number in range(16_000))
    begun = time.process_time()
    status, _, body = get(APP, f"{PREFIX}{path.format(name='runs.csv')}?landscape=quadratic&{query}")
    assert time.process_time() - begun < 1.5  # looking through all names for each takes over 4
    assert status == 400
    assert "more" in json.loads(body)["error"]
    assert len(body) < LONGEST_SENTENCE
