"""The page that plays without a server: at file:, with the network cut off, and under a policy that allows no address."""

import base64
import gzip
import json
import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from experiments import Experiment, Run, simulate, with_rate
from exports import to_html
from exports.bundle import bundle
from exports.page import POLICY, libraries, packed
from player import WEB
from player.payload import digest
from tests.browser import PLAYER, SHORT, attribute, in_browser, scrub_to, wait_for_other_paths, wait_for_paths
from tests.conftest import console_complaints

HOSTILE = "</script><script>document.title = 'run'</script> & “ŷ” <!--"
OF_DATA = Experiment("linear_regression", steps=30, runs=(Run("adam"), Run("gradient_descent")), batch_size=8)


@pytest.fixture(scope="module")
def offline(context, tmp_path_factory):
    """Opens experiments as pages from a disk with the network cut off, and notes what they ask for."""
    folder = tmp_path_factory.mktemp("pages")

    def open_page(experiment, **given):
        path = folder / f"{len(list(folder.iterdir()))}.html"
        path.write_text(to_html(experiment, **given), encoding="utf-8")
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        context.set_offline(True)
        page.goto(path.as_uri())
        wait_for_paths(page)
        return page

    yield open_page
    context.set_offline(False)


@pytest.fixture(scope="module")
def short(offline):
    """The page of the short experiment, which the tests leave as they found it."""
    page = offline(SHORT, title=HOSTILE)
    with console_complaints(page) as complaints:
        yield page
    assert complaints == []
    page.close()


def number(text: str) -> float:
    return float(text.replace("−", "-"))


@in_browser
def test_the_page_asks_for_nothing_and_says_that_it_may_not(short):
    assert len(short.asked) == 1
    assert short.asked[0].startswith("file:")
    policy = short.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content")
    assert policy in POLICY
    assert re.fullmatch(r"default-src 'none'(; (script|style)-src 'unsafe-inline')+", policy)


@in_browser
def test_the_page_draws_what_the_simulation_gives(short):
    assert attribute(short, "digest") == digest(simulate(SHORT))
    expect(short.locator("canvas").first).to_be_visible()
    expect(short.get_by_test_id("view-contour")).to_be_visible()
    expect(short.get_by_test_id("player-table").locator("tbody tr")).to_have_count(2)


@in_browser
def test_a_title_is_text_whatever_it_is_made_of(short):
    assert short.locator("h1").inner_text() == HOSTILE
    assert short.title() == HOSTILE


@in_browser
def test_it_plays_and_obeys_keys(short):
    short.keyboard.press("Home")
    expect(short.locator(PLAYER)).to_have_attribute("data-step", "0")
    short.keyboard.press("Space")
    expect(short.locator(PLAYER)).to_have_attribute("data-step", str(SHORT.steps))
    short.keyboard.press("ArrowLeft")
    expect(short.locator(PLAYER)).to_have_attribute("data-step", str(SHORT.steps - 1))
    short.keyboard.press("p")
    expect(short.locator(".fall-line-presenting")).to_be_visible()
    short.keyboard.press("Escape")
    expect(short.locator(".fall-line-presenting")).to_have_count(0)


@in_browser
def test_every_view_is_there(short):
    for name in ("slope", "race"):
        short.get_by_test_id(f"toggle-{name}").click()
        expect(short.get_by_test_id(f"view-{name}")).to_be_visible()
        short.get_by_test_id(f"toggle-{name}").click()
    expect(short.get_by_test_id("view-surface").locator("canvas").first).to_be_visible()
    short.get_by_test_id("player-layout").click()
    expect(short.locator("[data-testid=view-contour]:visible")).to_have_count(0)
    short.get_by_test_id("player-layout").click()
    expect(short.get_by_test_id("view-contour")).to_be_visible()


@in_browser
def test_what_needs_a_server_is_not_offered(short):
    for name in ("player-undo", "player-fit", "player-start"):
        expect(short.get_by_test_id(name)).to_be_hidden()


@in_browser
def test_a_step_is_told_in_numbers_with_its_formula(short):
    scrub_to(short, 7)
    short.keyboard.press("2")
    numbers = short.get_by_test_id("player-numbers")
    expect(numbers).to_have_attribute("data-step", "7")
    expect(numbers.locator(".fall-line-formula .katex-html")).to_be_visible()
    gradient = numbers.locator('tr[data-symbol="g_t"] td').all_inner_texts()[1:3]
    assert [number(text) for text in gradient] == pytest.approx(simulate(SHORT).gradients[1, 7].tolist(), rel=1e-5)
    assert short.evaluate("document.fonts.check('16px KaTeX_Math')")
    short.keyboard.press("Escape")


@in_browser
def test_a_dragged_rate_gives_the_path_of_the_simulation_at_that_rate(offline):
    page = offline(SHORT)
    before = attribute(page, "digest")
    page.keyboard.press("1")
    slider = page.get_by_test_id("player-rate")
    expect(slider).to_be_enabled()
    box = slider.bounding_box()
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.61 * box["width"], box["y"] + box["height"] / 2, steps=6)
    page.mouse.up()
    after = wait_for_other_paths(page, before)
    expect(page.get_by_test_id("player-numbers")).to_have_attribute("aria-busy", "false")
    rate = number(page.locator(".fall-line-rate-value").inner_text())
    runs = (with_rate(SHORT.runs[0], rate), SHORT.runs[1])
    trajectory = simulate(replace(SHORT, runs=runs))
    assert after == digest(trajectory)
    scrub_to(page, 11)
    numbers = page.get_by_test_id("player-numbers")
    expect(numbers).to_have_attribute("data-step", "11")
    shown = numbers.locator(r'tr[data-symbol="\\theta_t"] td').all_inner_texts()[1:3]
    assert [number(text) for text in shown] == pytest.approx(trajectory.positions[0, 11].tolist(), rel=1e-5)
    page.close()


@in_browser
def test_a_surface_of_data_comes_with_its_examples(offline):
    page = offline(OF_DATA)
    with console_complaints(page) as complaints:
        expect(page.get_by_test_id("view-data")).to_be_visible()
        assert attribute(page, "digest") == digest(simulate(OF_DATA))
    assert complaints == []
    page.close()


@in_browser
def test_it_follows_the_theme_of_the_system(short):
    paper = "getComputedStyle(document.body).backgroundColor"
    assert short.evaluate(paper) == "rgb(255, 255, 255)"
    short.emulate_media(color_scheme="dark")
    assert short.evaluate(paper) == "rgb(15, 20, 28)"
    expect(short.get_by_test_id("view-surface").locator("canvas").first).to_be_visible()
    short.emulate_media(color_scheme="light")


def test_a_page_of_six_runs_of_500_steps_is_below_six_megabytes():
    rules = ("gradient_descent", "momentum", "rmsprop", "adam", "adamw", "nadam")
    experiment = Experiment("rosenbrock", steps=500, runs=tuple(Run(rule) for rule in rules))
    assert len(to_html(experiment).encode()) < 6e6


def test_the_same_experiment_is_the_same_page():
    assert to_html(SHORT) == to_html(SHORT)


def test_a_page_is_called_like_its_surface_unless_it_is_told_how():
    assert "<title>Quadratic ravine</title>" in to_html(SHORT)
    assert "<title>My class</title>" in to_html(SHORT, title=" My class ")


def test_another_scale_is_refused():
    with pytest.raises(ValueError, match="scale is 'cubic'; allowed: log, linear"):
        to_html(SHORT, scale="cubic")


def test_what_is_packed_cannot_end_a_script():
    assert re.fullmatch(r"[A-Za-z0-9+/=]+", packed({"text": HOSTILE}))
    assert json.loads(gzip.decompress(base64.b64decode(packed({"text": HOSTILE})))) == {"text": HOSTILE}
    assert re.fullmatch(r"[A-Za-z0-9+/=]+", libraries())


def test_the_script_of_the_page_has_every_module_once():
    script = bundle(WEB / "stored_page.js")
    assert "import " not in re.sub(r"@import|^\s*(//|\*|/\*\*).*$", "", script, flags=re.MULTILINE)
    assert script.count("class Player {") == script.count("class Clock {") == 1


def test_a_module_that_cannot_be_bundled_is_refused(tmp_path):
    (tmp_path / "one.js").write_text('import * as everything from "./two.js"\n')
    (tmp_path / "two.js").write_text("export const two = 2\n")
    with pytest.raises(ValueError, match=r"one\.js has 'import \* as everything"):
        bundle(tmp_path / "one.js")
    (tmp_path / "one.js").write_text("export default 1\n")
    with pytest.raises(ValueError, match=r"one\.js has 'export default 1'"):
        bundle(tmp_path / "one.js")
