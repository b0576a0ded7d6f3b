"""What is taken away from a page: the files that the route makes, and the button that asks for them."""

import csv
import html
import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from io import StringIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
import segno
from playwright.sync_api import expect
from starlette.applications import Starlette

from experiments import Experiment, Run, to_query
from exports import to_code, to_csv, to_gif, to_handout, to_html, to_json, to_png, to_svg
from lessons import LESSONS
from tests.asgi import get
from tests.browser import SHORT, in_browser, visit, wait_for_paths
from ui.routes import all_routes
from ui.routes.take_away import KINDS

LINK = urlencode(to_query(SHORT), doseq=True)
NEWTON = Experiment("quadratic", steps=5, runs=(Run("newton"),))


@pytest.fixture(scope="module")
def server():
    return Starlette(routes=all_routes("class/one"))


def take(server, name, query=LINK):
    return get(server, f"/class/one/fall-line/take/{name}?{query}")


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("runs.csv", to_csv),
        ("page.html", to_html),
        ("paths.gif", to_gif),
        ("end.png", to_png),
        ("end.svg", to_svg),
        ("handout.html", to_handout),
        ("experiment.json", to_json),
        ("optax.py", lambda experiment: to_code(experiment, "optax")),
        ("torch.py", lambda experiment: to_code(experiment, "torch")),
        ("keras.py", lambda experiment: to_code(experiment, "keras")),
    ],
)
def test_a_file_is_that_of_the_experiment_in_the_address(server, name, made):
    status, headers, body = take(server, name)
    expected = made(SHORT)
    assert status == 200
    assert body == (expected if isinstance(expected, bytes) else expected.encode())
    assert headers["content-disposition"] == f'attachment; filename="fall-line-{name}"'
    assert headers["cache-control"] == "no-store"
    assert headers["content-type"].startswith(KINDS[name].media_type)


def test_a_lesson_gives_its_title_to_the_page(server):
    _, _, body = take(server, "page.html", "lesson=zigzag")
    assert f"<h1>{html.escape(LESSONS['zigzag'].label)}</h1>" in body.decode()


@pytest.mark.parametrize(
    ("name", "query", "status", "said"),
    [
        ("runs.csv", "", 400, "allowed: the address of an experiment"),
        ("runs.csv", f"{LINK}&steps=many", 400, "steps is “many”; allowed: a whole number"),
        ("runs.csv", f"{LINK}&version=7", 400, "version is “7”; allowed: up to 1"),
        ("optax.py", urlencode(to_query(NEWTON), doseq=True), 400, "optax has no Newton (damped)."),
        ("all.zip", LINK, 404, "no file “all.zip”; there are page.html, "),
    ],
)
def test_what_is_wrong_is_said_in_words(server, name, query, status, said):
    found, _, body = take(server, name, query)
    assert found == status
    assert said in json.loads(body)["error"]


def open_panel(page):
    page.get_by_test_id("take-away").scroll_into_view_if_needed()
    page.get_by_test_id("take-away").click()
    expect(page.get_by_test_id("take-away-panel")).to_be_visible()


@in_browser
def test_the_table_of_what_is_on_the_screen_is_saved(opened):
    page = opened
    open_panel(page)
    with page.expect_download() as saved:
        page.get_by_test_id("take-runs-csv").click()
    assert saved.value.suggested_filename == "fall-line-runs.csv"
    rows = list(csv.DictReader(StringIO(Path(saved.value.path()).read_text(encoding="utf-8"))))
    assert len(rows) == 2 * (SHORT.steps + 1)
    assert Path(saved.value.path()).read_text(encoding="utf-8") == to_csv(SHORT)
    expect(page.get_by_test_id("take-runs-csv")).not_to_have_attribute("aria-busy", "true")
    page.keyboard.press("Escape")


@in_browser
def test_a_page_that_was_saved_plays(opened, context):
    page = opened
    open_panel(page)
    with page.expect_download() as saved:
        page.get_by_test_id("take-page-html").click()
    path = Path(saved.value.path()).rename(Path(saved.value.path()).with_suffix(".html"))
    with context.new_page() as offline:
        offline.goto(path.as_uri())
        wait_for_paths(offline)
    page.keyboard.press("Escape")


@in_browser
def test_the_link_and_the_line_for_another_page_lead_here(page, address):
    visit(page, address)
    open_panel(page)
    link = page.get_by_test_id("share-link").input_value()
    assert link == page.url
    line = page.get_by_test_id("share-embed").input_value()
    found = re.fullmatch(r'<iframe src="([^"]*)" width="100%" height="820"></iframe>', line)
    assert found
    framed = html.unescape(found[1])
    assert "embed=true" in framed
    page.goto(framed)
    wait_for_paths(page)


def test_the_code_of_a_link_is_a_picture_of_that_link_alone(server):
    def code(link):
        return get(server, f"/class/one/fall-line/qr?{urlencode({'link': link})}")

    (status, headers, body), (_, _, other) = code(f"http://class.test/?{LINK}"), code(f"http://class.test/?{LINK}1")
    assert (status, headers["content-type"]) == (200, "image/svg+xml")
    modules = segno.make_qr(f"http://class.test/?{LINK}", error="L", boost_error=False).symbol_size()[0]
    assert ElementTree.fromstring(body).get("width") == str(modules)
    assert body != other
    status, _, body = code("x" * 2954)
    assert status == 400
    assert "too long for a QR code; allowed: up to 2,953 bytes" in json.loads(body)["error"]


@in_browser
def test_what_others_see_stands_in_the_link(page, address):
    visit(page, address)
    open_panel(page)
    page.get_by_test_id("share-choices").locator("summary").click()
    for name in ("hide-minima", "hide-start", "lock", "paused"):
        page.get_by_test_id(f"share-{name}").check()
    link = page.get_by_test_id("share-link").input_value()
    page.get_by_test_id("share-qr").locator("summary").click()
    expect(page.get_by_test_id("share-qr").get_by_role("img")).to_have_js_property("complete", True)
    page.wait_for_function("() => document.querySelector('[data-testid=share-qr] img').naturalWidth > 0")
    page.goto(link)
    wait_for_paths(page)
    expect(page.get_by_test_id("player")).to_have_attribute("data-step", "0")
    expect(page.get_by_test_id("player")).to_have_attribute("data-state", "paused")
    expect(page.locator("[class*=st-key-start_x]")).to_have_count(0)
    open_panel(page)
    page.get_by_test_id("share-choices").locator("summary").click()
    expect(page.get_by_test_id("share-hide-minima")).to_be_checked()
    expect(page.get_by_test_id("share-hide-rates")).not_to_be_checked()


@in_browser
def test_a_page_within_another_has_no_navigation(page, address):
    visit(page, address)
    expect(page.get_by_role("link", name="Optimizers")).to_be_visible()
    page.goto(page.url + "&embed=true")
    wait_for_paths(page)
    expect(page.get_by_role("link", name="Optimizers")).to_have_count(0)


@in_browser
def test_a_saved_experiment_is_opened_and_a_wrong_file_changes_nothing(page, address):
    visit(page, address)
    page.get_by_text("Steps, surface, noise, lessons").click()
    fields = [page.locator(f".st-key-experiment_file{opened} input[type=file]") for opened in (0, 1)]
    other = replace(SHORT, steps=17)
    fields[0].set_input_files({"name": "a.json", "mimeType": "application/json", "buffer": to_json(other).encode()})
    expect(page).to_have_url(re.compile("steps=17"))
    fields[1].set_input_files({"name": "b.json", "mimeType": "application/json", "buffer": b"\x89PNG\r\n"})
    expect(page.get_by_text("no text in UTF-8")).to_be_visible()
    assert "steps=17" in page.url
    page.get_by_test_id("player-undo").click()
    expect(page).to_have_url(re.compile(f"steps={SHORT.steps}&"))


@in_browser
def test_what_cannot_be_made_is_said_beside_the_button(context, address):
    page = context.new_page()
    visit(page, address, NEWTON)
    open_panel(page)
    page.get_by_test_id("take-optax-py").click()
    expect(page.get_by_test_id("take-away-panel").get_by_role("status")).to_contain_text("optax has no Newton")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("take-away-panel")).to_be_hidden()
    page.close()


@in_browser
def test_a_file_that_is_being_made_can_be_stopped(opened):
    page = opened
    open_panel(page)
    page.route("**/fall-line/take/**", lambda route: None)  # an answer that never comes
    button = page.get_by_test_id("take-paths-gif")
    button.click()
    expect(button).to_have_attribute("aria-busy", "true")
    expect(button).to_contain_text("cancel")
    button.click()
    expect(button).not_to_have_attribute("aria-busy", "true")
    expect(page.locator(".fall-line-take-away-said")).to_be_empty()
    page.unroute("**/fall-line/take/**")
    page.keyboard.press("Escape")


@in_browser
def test_a_lesson_can_be_taken_away_too(context, address):
    page = context.new_page()
    page.goto(f"{address}/lessons?lesson=zigzag")
    wait_for_paths(page)
    open_panel(page)
    assert "lesson=zigzag" in page.get_by_test_id("share-link").input_value()
    with page.expect_download() as saved:
        page.get_by_test_id("take-runs-csv").click()
    assert Path(saved.value.path()).read_text(encoding="utf-8") == to_csv(LESSONS["zigzag"].experiment)
    page.close()
