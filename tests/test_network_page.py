"""The page of networks: what is sent, what the routes answer, and the page in a browser."""

import base64
import gzip
import json
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import numpy as np
import pytest
from playwright.sync_api import expect
from starlette.applications import Starlette

from experiments import Run
from networks import (
    ACTIVATIONS,
    DATA_SETS,
    FIRST,
    INITIALIZATIONS,
    KINDS,
    NetworkExperiment,
    answers,
    network_problem,
    plane,
    sharpness,
    to_query,
    train,
)
from networks.answers import answers_at
from networks.planes import barrier
from player import ON, plane_document, recent_boundaries, recent_network_payload
from player.network_payload import caption, percent
from tests.asgi import get
from tests.browser import (
    PLAYER,
    attribute,
    field,
    go_to,
    in_browser,
    open_run_menu,
    scrub_to,
    settle,
    type_rate,
    wait_for_other_paths,
    wait_for_paths,
)
from tests.test_reference_browser import is_complaint
from ui.network import controls
from ui.routes import all_routes

SMALL = NetworkExperiment(
    "moons", hidden=(4, 3), points=60, steps=40, runs=(Run("gradient_descent", {"learning_rate": 0.5}), Run("adam"))
)
SERVER = Starlette(routes=all_routes(""))


def link(experiment, **looks):
    return urlencode(to_query(experiment) | looks, doseq=True)


def decoded(series):
    return np.frombuffer(base64.b64decode(series["bdata"]), "<f4").reshape(series["shape"])


def test_paths_are_sent_in_the_plane_and_losses_as_they_are():
    sent, training = recent_network_payload(SMALL, "pca", "training", "log"), train(SMALL)
    np.testing.assert_allclose(decoded(sent["positions"]), plane(training, "pca").paths, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(decoded(sent["gaps"]) + sent["floor"], training.losses, rtol=1e-5)
    np.testing.assert_allclose(decoded(sent["heldOut"]), training.held_out_losses, rtol=1e-5)
    assert sent["caption"].startswith("The runs' own plane: ")
    json.dumps(sent, allow_nan=False)


def test_curvature_is_sent_at_every_step_and_its_limit_where_it_is_known():
    sent, found = recent_network_payload(SMALL, "pca", "training", "log"), sharpness(train(SMALL))
    np.testing.assert_allclose(decoded(sent["sharpness"])[:, found.steps], found.values, rtol=1e-5)
    np.testing.assert_allclose(decoded(sent["limits"][0]), 2 / 0.5)
    assert sent["limits"][1] is None  # Adam steps by more than the slope


def test_what_is_learned_is_sent_as_shades_of_the_probability():
    document, training = recent_boundaries(SMALL), train(SMALL)
    columns, rows = document["sizes"]
    shades = np.frombuffer(base64.b64decode(document["values"]), np.uint8)
    shades = shades.reshape(2, len(document["steps"]), rows, columns)
    x, y = (np.linspace(ends[0], ends[1], size) for ends, size in zip(document["ends"], document["sizes"], strict=True))
    points = np.array([[x[0], y[0]], [x[-1], y[3]]])
    outputs = answers_at(training, np.array([40]), points)[:, 0]
    np.testing.assert_allclose(shades[:, -1, [0, 3], [0, -1]], 255 / (1 + np.exp(-outputs)), atol=0.51)
    assert (len(document["training"]["inputs"]), len(document["heldOut"]["targets"])) == (45, 15)


def test_accuracy_is_the_share_of_examples_on_the_right_side():
    training = train(SMALL)
    learned = answers(training)
    problem = network_problem(SMALL)
    outputs = answers_at(training, np.array([40]), problem.training.inputs[:45])[:, 0]
    right = (np.sign(outputs) == problem.training.targets[:45]).mean(axis=1)
    assert learned.accuracy is not None
    undecided = answers(train(replace(SMALL, initialization="zero", steps=1))).accuracy
    assert undecided is not None
    assert undecided[0, 0] == pytest.approx(0.5, abs=0.1)
    np.testing.assert_array_equal(learned.accuracy[:, -1], right)


def test_a_run_that_is_lost_is_said_to_be_and_all_that_is_sent_is_finite():
    lost = replace(SMALL, l2=0.01, runs=(SMALL.runs[1], Run("gradient_descent", {"learning_rate": 1e200})))
    sent = recent_network_payload(lost, "pca", "training", "log")
    json.dumps(
        [sent, recent_boundaries(lost), plane_document(lost, "pca", "training", "log", "light")], allow_nan=False
    )
    assert sent["runs"][1]["kind"] == "diverged"
    assert sent["runs"][1]["verdict"].startswith("diverged at step ")
    assert sent["runs"][1]["drawn"] < 40


@pytest.mark.parametrize("on", ON)
@pytest.mark.parametrize("kind", KINDS)
def test_a_plane_is_answered_by_its_link(kind, on):
    status, _, body = get(SERVER, f"/fall-line/plane?{link(SMALL, plane=kind, on=on, theme='dark')}")
    drawn, found = json.loads(body), plane(train(SMALL), kind)
    assert status == 200
    losses = found.losses if on == "training" else found.held_out_losses
    np.testing.assert_allclose(drawn["loss"], losses, rtol=1e-5)
    assert drawn["x"] == [found.x[0], found.x[-1]]


def test_what_the_player_fetches_of_a_usual_network_is_small():
    """With the paths, which come first, no more than 400 kB over the wire."""
    usual = replace(
        FIRST, runs=tuple(Run("gradient_descent", {"learning_rate": rate}) for rate in (0.1, 0.2, 0.4, 0.8))
    )
    sizes = [len(json.dumps(recent_network_payload(usual, "pca", "training", "log")))]
    for route in ("plane", "boundaries"):
        asked = f"/fall-line/{route}?{link(usual)}"
        _, headers, body = get(SERVER, asked, accept_encoding="gzip, br")
        assert headers["content-encoding"] == "gzip"
        assert gzip.decompress(body) == get(SERVER, asked)[2]
        sizes.append(len(body))
    assert sum(sizes) <= 400_000, sizes


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("plane=pca", "the query is empty"),
        (link(SMALL, plane="flat"), "plane is “flat”; allowed: pca, ends, random"),
        (link(SMALL, on="all"), "on is “all”; allowed: training, held_out"),
        (link(SMALL).replace("hidden=4_3", "hidden=99"), "hidden is “99”; allowed: a whole number from 1 to 16"),
    ],
)
@pytest.mark.parametrize("route", ["plane", "boundaries"])
def test_what_is_wrong_with_a_question_is_answered_in_words(route, query, words):
    status, _, body = get(SERVER, f"/fall-line/{route}?{query}")
    assert status == 400
    assert words in json.loads(body)["error"]


def test_every_name_has_a_label():
    assert set(controls.ACTIVATION_NAMES) == set(ACTIVATIONS)
    assert set(controls.INITIALIZATION_NAMES) == set(INITIALIZATIONS)
    assert (tuple(controls.PLANES), tuple(controls.LOSSES_OF)) == (KINDS, ON)


@pytest.fixture
def page(context):
    """A page; at the end, whatever the console said against it fails the test."""
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
    opened.set_default_timeout(60_000)
    yield opened
    opened.close()
    assert complaints == []


def visit(page, address, experiment=SMALL, **looks):
    page.goto(f"{address}/network?{link(experiment, **looks)}")
    return wait_for_paths(page)


@in_browser
def test_every_data_set_is_drawn(page, address):
    """The path in the plane, and what the run has learned: at the start another picture than at the end."""
    digest = ""
    for data in DATA_SETS:
        shown = replace(SMALL, data=data, loss=None, noise=None, hidden=(2,), runs=SMALL.runs[:1])
        go_to(page, f"?{link(shown)}") if digest else visit(page, address, shown)
        digest = wait_for_other_paths(page, digest)
        for view in ("contour", "boundary", "loss", "sharpness"):
            expect(page.get_by_test_id(f"view-{view}")).to_be_visible()
        expect(page.get_by_text("of the movement")).to_be_visible()
        seen = [boundary_at(page, step) for step in (0, 40)]
        assert seen[0] != seen[1], data


def boundary_at(page, step):
    """The picture of what is learned at a step."""
    scrub_to(page, step)
    return page.get_by_test_id("view-boundary").locator("canvas").evaluate("canvas => canvas.toDataURL()")


@in_browser
def test_the_page_is_used(page, address):
    """A rate is typed, a run is added, the plane is changed, data are chosen; the link holds it all and nothing is wrong."""
    before = visit(page, address)
    type_rate(page, 0, "0.25")
    before = wait_for_other_paths(page, before)
    page.get_by_role("button", name="Add a run").click()
    expect(page.get_by_test_id("player-table").locator("tbody tr")).to_have_count(3)
    before = wait_for_other_paths(page, before)
    open_run_menu(page, 2)
    page.get_by_role("menuitem", name="Remove").click()
    before = wait_for_other_paths(page, before)
    field(page, "network_view_plane", "input").click()
    page.get_by_role("option", name="two ends").click()
    before = wait_for_other_paths(page, before)
    expect(page.get_by_text("Start and two ends:")).to_be_visible()
    field(page, "network_data", "input").click()
    page.get_by_role("option", name="Sine wave").click()
    wait_for_other_paths(page, before)
    settle(page)
    query = parse_qs(urlsplit(page.url).query)
    assert (query["data"], query["plane"], query["hidden"]) == (["sine"], ["ends"], ["4_3"])
    assert query["run"][0].startswith("gradient_descent~learning_rate~0.25~")
    digest = attribute(page, "digest")
    page.reload()
    assert wait_for_paths(page) == digest


@in_browser
def test_a_wrong_part_of_the_link_is_named_and_the_rest_is_used(page, address):
    page.goto(f"{address}/network?{link(SMALL).replace('steps=40', 'steps=1000000000')}")
    wait_for_paths(page)
    expect(page.get_by_text("allowed: a whole number from 1 to 2000")).to_be_visible()
    expect(page.locator(PLAYER)).to_have_attribute("data-steps", "500")


@in_browser
def test_one_comes_from_compare_and_goes_back(page, address):
    """The player of each page asks for its own kind of picture."""
    page.goto(address)
    before = wait_for_paths(page)
    page.get_by_role("link", name="Network").click()
    other = wait_for_other_paths(page, before)
    expect(page.get_by_test_id("view-boundary")).to_be_visible()
    page.get_by_role("link", name="Compare").click()
    assert wait_for_other_paths(page, other) == before
    expect(page.get_by_test_id("view-boundary")).to_be_hidden()


@in_browser
def test_the_claims_of_a_lesson_follow_the_picture(page, address):
    before = visit(page, address)
    field(page, "network_lesson", "input").click()
    page.get_by_role("option", name="Symmetric weights").click()
    before = wait_for_other_paths(page, before)
    expect(page.get_by_text("All weights start at 0.")).to_be_visible()
    page.get_by_text("Why, what to try").click()
    expect(page.get_by_text("differ by 0 at most")).to_be_visible()
    type_rate(page, 0, "0.25")
    expect(page.get_by_text("differ by 0 at most")).to_be_visible()
    page.get_by_text("Network, training, examples").click()
    field(page, "network_initialization", "input").click()
    page.get_by_role("option", name="Glorot").click()
    wait_for_other_paths(page, before)
    expect(page.get_by_text("differ by 0 at most")).to_be_hidden()
    expect(page.get_by_text("first hidden layer differ by")).to_be_visible()


def test_the_caption_says_what_the_plane_holds_and_what_lies_between_two_ends():
    training = train(SMALL)
    own, ends = (caption(training, plane(training, kind, resolution=3)) for kind in ("pca", "ends"))
    assert own == f"The runs' own plane: {percent(plane(training, 'pca', resolution=3).held)} of the movement"
    height = barrier(training, (0, -1), (1, -1)).height
    assert ends.endswith(
        f"the loss rises by {height:.2g}" if height > 1e-3 * training.losses[0, 0] else "does not rise"
    )
    assert [percent(share) for share in (1.0, 0.99999, 0.996, 0.834, 0.05)] == [
        "100 %",
        "99.9 %",
        "99.6 %",
        "83 %",
        "5 %",
    ]
