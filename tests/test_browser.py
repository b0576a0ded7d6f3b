"""The app as people see it, in a real browser."""

import os
import re
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from experiments import Experiment, Run, simulate, to_query
from landscapes import LANDSCAPES
from lessons import FIRST
from optimizers import OPTIMIZERS
from player.payload import digest
from schedules import SCHEDULES
from tests.browser import (
    CAMERA,
    PLAYER,
    SHORT,
    HeldBack,
    attribute,
    card_widget,
    choose_for_run,
    field,
    in_browser,
    numbers_in,
    open_run_menu,
    scrub_to,
    settle,
    show,
    turn_surface,
    type_into,
    type_rate,
    unfold_surface,
    visit,
    wait_for_other_paths,
    wait_for_paths,
    wait_until_playing_at,
)

pytestmark = in_browser


def test_tests_that_share_a_browser_run_in_one_process(request):
    assert request.node.nodeid.endswith("@browser") == ("PYTEST_XDIST_WORKER" in os.environ)


def test_the_first_visit_plays_once_by_itself(browser, address):
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    visit(page, address, None)
    expect(page.locator(PLAYER)).to_have_attribute("data-state", "playing", timeout=60_000)
    page.get_by_test_id("player-speed").select_option("5")
    expect(page.locator(PLAYER)).to_have_attribute("data-step", attribute(page, "steps"), timeout=60_000)
    expect(page.locator(PLAYER)).to_have_attribute("data-state", "paused")
    assert "learning_rate~" in page.url
    context.close()


def test_who_asks_for_less_motion_gets_the_finished_picture(opened):
    expect(opened.locator(PLAYER)).to_have_attribute("data-step", "60")
    assert attribute(opened, "state") == "paused"


def test_play_moves_the_step_and_pause_holds_it(opened):
    opened.get_by_test_id("player-speed").select_option("0.5")
    opened.get_by_test_id("player-play").click()
    wait_until_playing_at(opened, 5, 19)
    opened.get_by_test_id("player-play").click()
    expect(opened.locator(PLAYER)).to_have_attribute("data-state", "paused")
    held = attribute(opened, "step")
    opened.wait_for_timeout(400)
    assert attribute(opened, "step") == held


def test_scrub_and_single_steps_set_the_step(opened):
    scrub_to(opened, 25)
    opened.get_by_test_id("player-step-forward").click()
    expect(opened.locator(PLAYER)).to_have_attribute("data-step", "26")
    opened.get_by_test_id("player-step-back").click()
    opened.get_by_test_id("player-step-back").click()
    expect(opened.locator(PLAYER)).to_have_attribute("data-step", "24")
    scrub_to(opened, 0)
    opened.get_by_test_id("player-step-back").click()
    expect(opened.locator(PLAYER)).to_have_attribute("data-step", "0")


def test_replay_plays_from_the_start(opened):
    opened.get_by_test_id("player-speed").select_option("0.25")
    opened.get_by_test_id("player-replay").click()
    wait_until_playing_at(opened, 1, 19)


def test_a_lost_surface_is_named_and_fetched_again(context, address):
    with context.new_page() as page:
        page.route("**/fall-line/surface*", lambda route: route.abort())
        page.goto(f"{address}/?{urlencode(to_query(SHORT), doseq=True)}")
        expect(page.locator(".fall-line-notice")).to_contain_text("could not be fetched", timeout=60_000)
        page.unroute("**/fall-line/surface*")
        assert wait_for_paths(page)
        expect(page.locator(".fall-line-notice")).to_be_hidden()


def test_dragging_the_start_moves_it(opened):
    page = opened
    before = attribute(page, "digest")
    box = page.get_by_test_id("view-contour").bounding_box()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.4 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.6 * box["height"], steps=5)
    wait_for_other_paths(page, before)
    page.mouse.up()
    expect(page).not_to_have_url(re.compile(r"start=-2_1\.2&"))
    x, y = numbers_in(r"start=([-\d.]+)_([-\d.]+)", page.url)
    assert x > 0.4
    assert y < 0


@pytest.mark.parametrize("slowness", [1, 3])
def test_fifty_quick_moves_end_at_the_last_one(opened, slowness):
    page = opened
    page.get_by_test_id("toggle-surface").click()  # not what this is about, and most of what a slow machine would do
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slowness})
    slider = card_widget(page, 0, "learning_rate_slider", "input[type=range]")
    slider.focus()
    for key in ["ArrowRight"] * 30 + ["ArrowLeft"] * 20:
        page.keyboard.press(key)
    expect(slider).to_have_attribute("aria-valuetext", "0.09")
    expect(page).to_have_url(re.compile(r"run=gradient_descent~learning_rate~0\.09~"), timeout=45_000)
    settle(page)
    expect(slider).to_have_attribute("aria-valuetext", "0.09")
    last = Run("gradient_descent", {"learning_rate": 0.09})
    assert attribute(page, "digest") == digest(simulate(replace(SHORT, runs=(last, SHORT.runs[1]))))
    session.detach()  # with which the browser is as fast again as it was


def test_a_rate_change_draws_new_paths_and_keeps_camera_and_step(opened):
    page = opened
    before = attribute(page, "digest")
    scrub_to(page, 20)
    turned = turn_surface(page)
    type_rate(page, 0, "0.0123")
    wait_for_other_paths(page, before)
    settle(page)
    assert attribute(page, "step") == "20"
    assert page.evaluate(CAMERA) == turned
    assert "learning_rate~0.0123" in page.url


def test_a_click_on_the_contour_moves_the_start(opened):
    page = opened
    before = attribute(page, "digest")
    box = page.get_by_test_id("view-contour").bounding_box()
    page.mouse.click(box["x"] + 0.6 * box["width"], box["y"] + 0.35 * box["height"])
    wait_for_other_paths(page, before)
    page.wait_for_url(lambda url: "start=-2_1.2&" not in url)
    x, y = numbers_in(r"start=([-\d.]+)_([-\d.]+)", page.url)
    assert 0 < x < 2.4
    assert 0 < y < 2
    expect(field(page, "start_x", "input")).to_have_value(re.compile(re.escape(f"{x:g}")[:4]))


def test_the_copied_link_gives_the_same_picture_in_a_fresh_browser(opened, browser):
    page = opened
    before = attribute(page, "digest")
    unfold_surface(page)
    type_into(page, "noise_exact", "0.7")
    changed = wait_for_other_paths(page, before)
    page.wait_for_url(re.compile("noise=0.7"))
    with browser.new_context() as context:
        other = context.new_page()
        other.goto(page.url)
        assert wait_for_paths(other) == changed


def test_runs_are_added_duplicated_and_removed(opened):
    page = opened
    rows = page.get_by_test_id("player-table").locator("tbody tr")
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="Add a run").first.click()
    expect(rows).to_have_count(3)
    choose_for_run(page, 0, "Duplicate")
    expect(rows).to_have_count(4)
    expect(page.locator("[class*='_card']")).to_have_count(4)
    choose_for_run(page, 2, "Remove")
    expect(rows).to_have_count(3)
    expect(page.get_by_test_id("player-table")).not_to_contain_text("Adam")


def test_an_open_menu_stays_and_works_when_new_paths_arrive_and_move_its_card(page, address):
    server = HeldBack(page)
    visit(page, address)
    rows, cards = page.get_by_test_id("player-table").locator("tbody tr"), page.locator("[class*='_card']")
    expect(cards).to_have_count(2)
    server.hold()
    choose_for_run(page, 0, "Duplicate")
    open_run_menu(page, 1)
    while rows.count() < 3 or cards.count() < 3 or server.messages:
        page.wait_for_timeout(20)
        if server.messages:
            server.let_one_through()
    server.let_all_through()
    expect(page.get_by_role("menuitem").first).to_be_focused()
    expect(page.get_by_role("menuitem", name="Move up")).to_be_visible()
    page.get_by_role("menuitem", name="Remove").click()
    expect(rows).to_have_count(2)
    expect(page.get_by_test_id("player-table")).not_to_contain_text("Adam")


def test_back_is_not_undone_by_an_address_that_was_on_its_way(page, address):
    server = HeldBack(page)
    visit(page, address)
    url, before = page.url, attribute(page, "digest")
    type_rate(page, 0, "0.0123")
    page.wait_for_url(re.compile("learning_rate~0.0123"))
    settle(page)
    server.hold()
    type_rate(page, 0, "0.02")
    while not any(b"learning_rate~0.02" in message for _, message in server.messages):
        page.wait_for_timeout(20)
    page.go_back()
    server.let_all_through()
    expect(page.locator(PLAYER)).to_have_attribute("data-digest", before)
    settle(page)
    assert attribute(page, "digest") == before
    assert page.url == url


def test_the_menu_of_a_run_is_used_by_key(opened):
    page = opened
    button = page.get_by_role("button", name="Run 2: duplicate, remove or move")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Duplicate")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("menuitem", name="Move up")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menuitem")).to_have_count(0)
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("player-table").locator("tbody tr")).to_have_count(1)
    expect(page.get_by_test_id("player-table")).not_to_contain_text("Adam")


def test_a_diverged_run_says_so(opened):
    wild = Experiment("rosenbrock", steps=60, runs=(Run("gradient_descent", {"learning_rate": 1.0}),))
    show(opened, wild)
    step = int(simulate(wild).diverged_at[0])
    assert step > 0
    expect(opened.get_by_test_id("player-table")).to_contain_text(f"diverged at step {step}")


def test_back_returns_to_the_experiment_before(opened):
    page = opened
    before, rate = attribute(page, "digest"), card_widget(page, 0, "learning_rate_exact", "input")
    type_rate(page, 0, "0.0123")
    wait_for_other_paths(page, before)
    page.wait_for_url(re.compile("gradient_descent~learning_rate~0.0123~"))
    page.go_back()
    expect(page.locator(PLAYER)).to_have_attribute("data-digest", before)
    expect(rate).to_have_value("0.03")
    assert "gradient_descent~learning_rate~0.03~" in page.url
    page.go_forward()
    expect(rate).to_have_value("0.0123")


def test_changes_are_taken_back_one_after_the_other_and_back_still_works(page, address):
    visit(page, address)
    first, rate = attribute(page, "digest"), card_widget(page, 0, "learning_rate_exact", "input")
    undo = page.get_by_test_id("player-undo")
    expect(undo).to_be_disabled()
    type_rate(page, 0, "0.0123")
    second = wait_for_other_paths(page, first)
    choose_for_run(page, 0, "Remove")
    wait_for_other_paths(page, second)
    settle(page)
    page.locator(PLAYER).click(position={"x": 5, "y": 200})
    page.keyboard.press("Control+z")
    expect(page.locator(PLAYER)).to_have_attribute("data-digest", second)
    undo.click()
    expect(page.locator(PLAYER)).to_have_attribute("data-digest", first)
    expect(rate).to_have_value("0.03")
    expect(undo).to_be_disabled()
    page.wait_for_url(re.compile("learning_rate~0.03~"))
    page.go_back()
    expect(page.locator(PLAYER)).to_have_attribute("data-digest", second)


def test_a_hand_edited_address_says_what_was_wrong(page, address):
    page.goto(f"{address}/?landscape=rosenbrock&steps=1000000000&start=nan_1&run=adam~learning_rate~x&run=nobody")
    wait_for_paths(page)
    alert = page.get_by_test_id("stAlert")
    for part in ("steps is “1000000000”", "start is “nan_1”", "learning_rate is “x”", "optimizer is “nobody”"):
        expect(alert).to_contain_text(part)
    expect(page.get_by_test_id("stSidebar")).to_contain_text("Gradient noise")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1440, 900), (390, 844)])
def test_the_rules_and_rates_of_four_runs_are_on_the_first_screen(page, address, width, height):
    page.set_viewport_size({"width": width, "height": height})
    visit(page, address, None)
    if width < 500:
        page.get_by_test_id("stExpandSidebarButton").click()
    fields = ("optimizer", "learning_rate_slider", "learning_rate_exact")
    for run in range(4):
        for name in fields:
            widget_box = card_widget(page, run, name, "> *").first
            expect(widget_box).to_be_in_viewport(ratio=1)
    page.get_by_role("slider", name="Learning rate").nth(3).press("ArrowRight")
    rate = FIRST.experiment.runs[3].hyperparameters["learning_rate"]
    page.wait_for_url(re.compile(f"adam~learning_rate~(?!{rate}~)"))


FOREIGN = (
    *(
        "https://evil.example/login",
        "www.evil.example",
        "mailto:a@evil.example",
        "a@evil.example",
        "<https://evil.example>",
    ),
    *("[here](https://evil.example)", "![x](https://evil.example/a.png)", "\r===", "x\r\n# Big", "*a* _b_ ~~c~~ `d`"),
    *(
        ":material/home: :red[x] :smile: :+1:",
        "$x^2$ $$y$$",
        "| a | b |\r|---|---|",
        "-> <- --- >= <=",
        "&lt;b&gt; &#35;",
    ),
    *("<img src=x onerror=alert(1)>", "[^1] [^1]: x", "\u2028- one", "# Head", "\\*a\\*"),
)


def test_what_a_link_contains_is_plain_text(page, address):
    """Each of them as the value of something that a link may hold, some at a time since only so many are said."""
    for first in range(0, len(FOREIGN), 4):
        texts = FOREIGN[first : first + 4]
        names = ("landscape", "start", "noise", "seed")
        page.goto(f"{address}/?{urlencode(dict(zip(names, texts, strict=True)))}")
        wait_for_paths(page)
        alert = page.get_by_test_id("stAlert")
        said = without_spaces(alert.inner_text())
        for text in texts:
            assert f"is“{without_spaces(text)}”;" in said
        marked = "a, img, h1, h2, h3, hr, code, em, strong, del, table, sup, .katex, [role=img]"
        assert alert.get_by_test_id("stMarkdownContainer").locator(marked).count() == 0


def without_spaces(text: str) -> str:
    return "".join(text.replace("\u2060", "").split())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_player_fits_the_screen(page, address, theme):
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, address)
    check_layout(page, 390, 844)
    for width, height in ((1280, 720), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        check_layout(page, width, height)


def test_the_player_fits_the_screen_on_which_it_was_opened(opened):
    check_layout(opened, 1280, 720)


def check_layout(page: Page, width: int, height: int) -> None:
    contour = page.get_by_test_id("view-contour").bounding_box()
    assert contour
    assert contour["x"] >= 0
    assert contour["x"] + contour["width"] <= width
    assert min(contour["width"], contour["height"]) >= 300
    if width > 1000:
        assert contour["y"] + contour["height"] <= height
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0


def test_every_formula_renders(context, pages):
    formulas = [entry.formula for catalogue in (LANDSCAPES, OPTIMIZERS, SCHEDULES) for entry in catalogue.values()]
    with context.new_page() as page:
        page.goto(f"{pages}/formulas")
        expect(page.locator(".katex-html")).to_have_count(len(formulas), timeout=60_000)
        assert page.locator(".katex-error").all_inner_texts() == []
        assert page.locator(".katex-html [style*='color']").all_inner_texts() == []


def test_a_failing_page_keeps_its_controls_and_shows_no_traceback(context, pages):
    with context.new_page() as page:
        page.goto(f"{pages}/failing")
        expect(page.get_by_test_id("stAlert")).to_contain_text("Something went wrong", timeout=60_000)
        expect(page.locator(".st-key-control")).to_be_visible()
        body = page.locator("body").inner_text()
        assert "secret" not in body
        assert "Traceback" not in body
        assert "Deploy" not in body


def test_another_lesson_plays_from_its_beginning(browser, address):
    with browser.new_context(viewport={"width": 1280, "height": 720}) as context:
        page = context.new_page()
        visit(page, address)
        unfold_surface(page)
        page.get_by_test_id("player-speed").select_option("20")
        expect(page.locator(PLAYER)).to_have_attribute("data-step", "60", timeout=60_000)
        before = attribute(page, "digest")
        page.get_by_test_id("player-speed").select_option("0.5")
        field(page, "lesson_menu", "input").fill("noise")
        page.get_by_role("option", name="Noise, and why rates decay").click()
        wait_for_other_paths(page, before)
        expect(page.locator(PLAYER)).to_have_attribute("data-state", "playing", timeout=60_000)
        assert int(attribute(page, "step")) < 200
