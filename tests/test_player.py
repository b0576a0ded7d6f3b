"""What can be done in the player itself, in a real browser."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from experiments import MAX_RUNS, Experiment, Run, from_query, simulate
from player.payload import digest
from tests.browser import (
    CAMERA,
    PLAYER,
    SHORT,
    attribute,
    card_widget,
    choose_for_run,
    drag_rate,
    field,
    in_browser,
    numbers_in,
    scrub_to,
    select,
    settle,
    show,
    turn_surface,
    type_rate,
    visit,
    wait_for_other_paths,
)

pytestmark = in_browser


def on_contour(page: Page, across: float, down: float) -> tuple[float, float]:
    """A point of the page, by its place in the contour."""
    box = page.get_by_test_id("view-contour").bounding_box()
    assert box
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def expect_step(page: Page, step: int) -> None:
    expect(page.locator(PLAYER)).to_have_attribute("data-step", str(step))


def starts_in(url: str) -> list[str]:
    return re.findall(r"start~([-\d.e]+_[-\d.e]+)", url)


# ---------------------------------------------------------------- keys


def test_keys_play_and_move_the_step(opened):
    expect_step(opened, 60)
    for key, step in {"Home": 0, "ArrowRight": 1, "Shift+ArrowRight": 11, "ArrowLeft": 10, "End": 60}.items():
        opened.keyboard.press(key)
        expect_step(opened, step)
    opened.keyboard.press("Home")
    for _ in range(2):
        opened.keyboard.press("-")
    expect(opened.get_by_test_id("player-speed")).to_have_value("0.25")
    opened.keyboard.press("+")
    expect(opened.get_by_test_id("player-speed")).to_have_value("0.5")
    opened.keyboard.press("Space")
    expect(opened.locator(PLAYER)).to_have_attribute("data-state", "playing")
    opened.keyboard.press("Space")
    expect(opened.locator(PLAYER)).to_have_attribute("data-state", "paused")


def test_keys_typed_elsewhere_are_not_the_players(opened):
    page = opened
    scrub_to(page, 20)
    field(page, "start_x", "input").click()
    for key in ("Home", "ArrowRight", "l", "Space"):
        field(page, "start_x", "input").press(key)
    slider = card_widget(page, 0, "learning_rate_slider", "input[type=range]")
    slider.focus()
    slider.press("ArrowRight")
    page.get_by_test_id("player-speed").focus()
    page.keyboard.press("End")
    page.wait_for_url(re.compile("learning_rate~0.033"))
    expect_step(page, 20)
    expect(page.get_by_test_id("player-loop")).to_have_attribute("aria-pressed", "false")
    assert attribute(page, "state") == "paused"


def test_a_key_on_a_focused_button_of_the_player_acts_once(opened):
    scrub_to(opened, 20)
    opened.get_by_test_id("player-step-forward").focus()
    opened.keyboard.press("Space")
    expect_step(opened, 21)
    assert attribute(opened, "state") == "paused"
    opened.keyboard.press("Shift+ArrowRight")
    expect_step(opened, 31)


def test_a_loop_begins_again_by_itself(opened):
    opened.keyboard.press("l")
    expect(opened.get_by_test_id("player-loop")).to_have_attribute("aria-pressed", "true")
    opened.get_by_test_id("player-speed").select_option("5")
    opened.get_by_test_id("player-replay").click()
    expect_step(opened, 60)
    expect(opened.locator(PLAYER)).not_to_have_attribute("data-step", "60")
    assert attribute(opened, "state") == "playing"


def test_the_help_lists_the_keys(opened):
    opened.get_by_test_id("player-help").locator("summary").click()
    for key in ("Space", "Home, End", "Shift + ← →", "L", "P"):
        expect(opened.get_by_test_id("player-help")).to_contain_text(key)


# ---------------------------------------------------------------- pointing


def test_the_paths_follow_while_the_start_is_dragged_and_the_address_on_release(opened):
    page = opened
    url, before = page.url, attribute(page, "digest")
    page.mouse.move(*on_contour(page, 0.3, 0.4))
    page.mouse.down()
    page.mouse.move(*on_contour(page, 0.5, 0.5), steps=4)
    during = wait_for_other_paths(page, before)
    page.mouse.move(*on_contour(page, 0.7, 0.6), steps=4)
    wait_for_other_paths(page, during)
    settle(page)
    at_end = attribute(page, "digest")
    assert page.url == url
    page.mouse.up()
    page.wait_for_url(re.compile(r"start=0\.\d+_-0\.\d+"))
    settle(page)
    assert attribute(page, "digest") == at_end


def test_a_drag_that_ends_outside_changes_nothing(opened):
    url, before = opened.url, attribute(opened, "digest")
    opened.mouse.move(*on_contour(opened, 0.3, 0.4))
    opened.mouse.down()
    opened.mouse.move(*on_contour(opened, 0.5, 0.5), steps=4)
    wait_for_other_paths(opened, before)
    opened.mouse.move(*on_contour(opened, 0.5, -0.2), steps=2)
    opened.mouse.up()
    expect(opened.locator(PLAYER)).to_have_attribute("data-digest", before)
    settle(opened)
    assert opened.url == url


def test_the_start_moves_with_the_arrow_keys(opened):
    page = opened
    before = attribute(page, "digest")
    handle = page.get_by_test_id("player-start")
    handle.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    wait_for_other_paths(page, before)
    page.wait_for_url(re.compile(r"start=-1\.[67]"))
    expect_step(page, 60)


def test_the_loss_under_the_pointer_is_exact_between_the_points_of_the_grid(opened):
    opened.mouse.move(*on_contour(opened, 0.4137, 0.3319))
    readout = opened.get_by_test_id("view-contour").locator(".fall-line-readout")
    expect(readout).to_contain_text(re.compile(r"loss [\d.]+$"))
    x, y, loss = numbers_in(r"x (\S+)\s+y (\S+)\s+loss (\S+)", readout.inner_text().replace("−", "-"))
    assert loss == pytest.approx(0.5 * (x**2 + 50 * y**2), rel=2e-3)


def test_an_arrow_under_the_pointer_points_down(opened):
    place = on_contour(opened, 0.6, 0.3)
    opened.mouse.move(*place)
    expect(opened.get_by_test_id("view-contour")).to_have_attribute("data-downhill", re.compile(r"\d"))
    angle = float(opened.get_by_test_id("view-contour").get_attribute("data-downhill") or "")
    # Above the floor of the ravine, fifty times steeper across than along: almost straight down.
    assert 80 < angle < 100
    opened.mouse.move(5, 5)
    expect(opened.get_by_test_id("view-contour")).not_to_have_attribute("data-downhill", re.compile("."))


def test_shift_click_repeats_the_runs_from_a_second_start(opened):
    page = opened
    rows = page.get_by_test_id("player-table").locator("tbody tr")
    page.keyboard.down("Shift")
    page.mouse.click(*on_contour(page, 0.6, 0.35))
    page.keyboard.up("Shift")
    expect(rows).to_have_count(4)
    page.wait_for_url(re.compile("start~"))
    first, second = starts_in(page.url)
    assert first == second
    assert "start=-2_1.2" in page.url
    page.keyboard.down("Shift")
    page.mouse.click(*on_contour(page, 0.4, 0.65))
    page.keyboard.up("Shift")
    expect(rows).to_have_count(6)


def test_double_click_sets_one_start_for_all(opened):
    page = opened
    own = replace(SHORT, runs=(SHORT.runs[0], Run("adam", start=(1.0, 1.0))))
    show(page, own)
    assert starts_in(page.url) == ["1_1"]
    page.mouse.dblclick(*on_contour(page, 0.6, 0.35))
    page.wait_for_url(lambda url: not starts_in(url))
    x, y = numbers_in(r"start=([-\d.]+)_([-\d.]+)", page.url)
    assert x > 0
    assert y > 0


def test_a_runs_own_start_can_be_dragged(opened):
    page = opened
    own = replace(SHORT, runs=(SHORT.runs[0], Run("adam", start=(1.0, 1.0))))
    show(page, own)
    box = page.get_by_test_id("view-contour").bounding_box()
    assert box
    x, y = page.evaluate(
        """() => { const drawn = document.querySelector("[data-testid=view-contour] .js-plotly-plot")._fullLayout
        return [drawn.xaxis.l2p(1) + drawn._size.l, drawn.yaxis.l2p(1) + drawn._size.t] }"""
    )
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.mouse.down()
    page.mouse.move(box["x"] + x - 60, box["y"] + y + 10, steps=4)
    page.mouse.up()
    page.wait_for_url(lambda url: starts_in(url) not in ([], ["1_1"]))
    assert "start=-2_1.2" in page.url


def test_a_finger_plays_scrubs_and_drags_the_start(browser, address):
    with browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        visit(page, address)
        page.get_by_test_id("player-play").tap()
        expect(page.locator(PLAYER)).to_have_attribute("data-state", "playing")
        page.get_by_test_id("player-play").tap()
        expect(page.locator(PLAYER)).to_have_attribute("data-state", "paused")
        page.get_by_test_id("player-scrub").tap()
        expect_step(page, SHORT.steps // 2)
        handle = page.get_by_test_id("player-start")
        handle.scroll_into_view_if_needed()
        before, box = attribute(page, "digest"), handle.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        finger = context.new_cdp_session(page)
        finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for far in (20, 40, 60, 80):
            moved = {"x": x + far, "y": y + far / 4}
            finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [moved]})
        wait_for_other_paths(page, before)
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.wait_for_url(lambda url: "start=" in url and "start=-2_1.2" not in url)


def test_runs_are_not_repeated_beyond_the_most(opened):
    page = opened
    many = Experiment("quadratic", steps=20, runs=tuple(Run("adam", {"learning_rate": 0.01 * i}) for i in range(1, 21)))
    show(page, many)
    page.keyboard.down("Shift")
    page.mouse.click(*on_contour(page, 0.6, 0.35))
    page.keyboard.up("Shift")
    expect(page.get_by_test_id("player-table").locator("tbody tr")).to_have_count(MAX_RUNS)
    expect(page.get_by_test_id("stAlert")).to_contain_text("could not be repeated")


def test_a_moved_number_is_drawn_after_a_drag(opened):
    page = opened
    before = attribute(page, "digest")
    page.mouse.move(*on_contour(page, 0.3, 0.4))
    page.mouse.down()
    page.mouse.move(*on_contour(page, 0.5, 0.5), steps=4)
    page.mouse.up()
    wait_for_other_paths(page, before)
    type_rate(page, 0, "0.0123")
    page.wait_for_url(re.compile("learning_rate~0.0123"))
    settle(page)
    shown, problems = from_query(parse_qs(urlsplit(page.url).query), SHORT)
    assert problems == ()
    assert shown.start != SHORT.start
    assert attribute(page, "digest") == digest(simulate(shown))


# ---------------------------------------------------------------- one run


def shown_pair(page: Page, symbol: str) -> list[str]:
    cells = page.get_by_test_id("player-numbers").locator("tr[data-symbol]")
    texts = cells.evaluate_all(
        "rows => rows.map(row => [row.dataset.symbol, ...[...row.cells].map(c => c.textContent)])"
    )
    return next(text[2:4] for text in texts if text[0] == symbol)


def digits(value: float) -> str:
    """A number as the panel shows it, where it needs no power of ten."""
    return f"{value:.6g}".replace("-", "−")


def test_a_selected_run_shows_the_step_in_numbers(opened):
    scrub_to(opened, 7)
    select(opened, 1)
    numbers = opened.get_by_test_id("player-numbers")
    expect(numbers).to_have_attribute("data-step", "7")
    expect(numbers.locator(".fall-line-formula .katex-html")).to_be_visible()
    trajectory = simulate(SHORT)
    assert shown_pair(opened, "g_t") == [digits(value) for value in trajectory.gradients[1, 7]]
    assert shown_pair(opened, "m_t") == [digits(value) for value in trajectory.states[1]["mu"][7]]
    opened.keyboard.press("ArrowRight")
    expect(numbers).to_have_attribute("data-step", "8")
    assert shown_pair(opened, r"\theta_t") == [digits(value) for value in trajectory.positions[1, 8]]
    opened.keyboard.press("Escape")
    expect(numbers).to_be_hidden()
    opened.keyboard.press("1")
    expect(numbers).to_contain_text("Gradient descent")


def test_a_selected_run_that_is_removed_is_selected_no_more_and_the_others_play_on(opened):
    page = opened
    before = attribute(page, "digest")
    page.keyboard.press("2")
    numbers = page.get_by_test_id("player-numbers")
    expect(numbers).to_have_attribute("data-step", re.compile(r"\d"))
    choose_for_run(page, 1, "Remove")
    wait_for_other_paths(page, before)
    expect(numbers).to_be_hidden()
    expect(page.get_by_test_id("player-table").locator("tbody tr")).to_have_count(1)
    page.get_by_test_id("player-step-back").click()
    expect_step(page, SHORT.steps - 1)


def test_formulas_in_the_player_look_like_those_of_the_page(opened):
    """Small letters are small: the style sheet is there, and is the one for the script that has typeset the formula."""
    select(opened, 1)
    expect(opened.get_by_test_id("player-numbers")).to_have_attribute("aria-busy", "false")
    sizes = (
        opened.get_by_test_id("player-numbers")
        .locator(".fall-line-formula .mtight")
        .first.evaluate(
            "small => [small, small.closest('.base')].map(part => parseFloat(getComputedStyle(part).fontSize))"
        )
    )
    assert sizes[0] < 0.8 * sizes[1]


def test_the_path_morphs_while_the_rate_is_dragged_and_the_exact_rate_is_kept(opened):
    page = opened
    select(page, 0)
    url, before = page.url, attribute(page, "digest")
    drag_rate(page, 0.3)
    expect(page.locator(PLAYER)).to_have_attribute("data-preview", re.compile(r"\d"))
    assert page.url == url
    page.mouse.move(*on_contour(page, 0.9, 0.95), steps=3)
    rate = float(page.locator(".fall-line-rate-value").inner_text().replace("−", "-"))
    expect(page.get_by_test_id("player-run-0").locator(".fall-line-run-verdict")).to_have_text(re.compile("^loss "))
    expect(page.get_by_test_id("player-numbers")).to_have_attribute("aria-busy", "false")
    set_to = replace(SHORT, runs=(Run("gradient_descent", {"learning_rate": rate}), SHORT.runs[1]))
    assert shown_pair(page, "g_t") == [digits(value) for value in simulate(set_to).gradients[0, -1]]
    page.mouse.up()
    wait_for_other_paths(page, before)
    page.wait_for_url(lambda url: numbers_in(r"gradient_descent~learning_rate~([^~]+)~", url) == [rate])
    assert attribute(page, "digest") == digest(simulate(set_to))


def test_the_rate_moves_with_the_keys(opened):
    page = opened
    select(page, 1)
    before = attribute(page, "digest")
    slider = page.get_by_test_id("player-rate")
    expect(slider).to_be_enabled(timeout=60_000)
    slider.focus()
    expect(slider).to_have_attribute("data-ready", "true", timeout=60_000)
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    expect(page.locator(PLAYER)).to_have_attribute("data-preview", re.compile(r"\d"))
    wait_for_other_paths(page, before)
    page.wait_for_url(re.compile(r"adam~learning_rate~0\.05[1-9]"))
    expect(slider).to_be_focused()


def test_a_rate_moved_by_key_is_kept_when_another_run_is_selected_at_once(opened):
    page = opened
    select(page, 1)
    slider = page.get_by_test_id("player-rate")
    expect(slider).to_be_enabled(timeout=60_000)
    slider.focus()
    expect(slider).to_have_attribute("data-ready", "true", timeout=60_000)
    # Both in one task of the browser: however slow the machine, the change has not settled yet.
    slider.evaluate(
        """slider => { slider.stepUp(40); slider.dispatchEvent(new Event("input")); slider.dispatchEvent(new Event("change"))
        document.querySelector('[data-testid="player-run-0"]').click() }"""
    )
    page.wait_for_url(lambda url: numbers_in(r"adam~learning_rate~([^~]+)~", url)[0] > 0.055)
    expect(slider).to_be_enabled(timeout=60_000)
    own = SHORT.runs[0].hyperparameters["learning_rate"]
    assert numbers_in(r"gradient_descent~learning_rate~([^~]+)~", page.url) == [own]
    assert float(page.locator(".fall-line-rate-value").inner_text()) == pytest.approx(own, rel=1e-3)


# ---------------------------------------------------------------- views


def test_side_by_side_there_is_a_contour_for_every_run_in_step(opened):
    opened.get_by_test_id("player-layout").click()
    panels = opened.get_by_test_id("view-panels").locator("section")
    expect(panels).to_have_count(2)
    expect(panels.nth(1)).to_contain_text("Adam")
    expect(opened.get_by_test_id("view-contour")).to_be_hidden()
    before = painted(opened, "[data-testid=view-panel-1]")
    opened.keyboard.press("Home")
    expect_step(opened, 0)
    assert painted(opened, "[data-testid=view-panel-1]") < before
    opened.get_by_test_id("player-layout").click()
    expect(opened.get_by_test_id("view-contour")).to_be_visible()


def test_side_by_side_the_start_is_dragged_too(opened):
    page = opened
    url, before = page.url, attribute(page, "digest")
    page.get_by_test_id("player-layout").click()
    panel = page.get_by_test_id("view-panel-1")
    expect(page.get_by_test_id("view-panel-0").get_by_test_id("player-start")).to_be_visible()
    box = panel.bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.4 * box["height"])
    expect(panel.locator(".fall-line-readout")).to_contain_text(re.compile(r"loss [\d.]+$"))
    expect(panel).to_have_attribute("data-downhill", re.compile(r"\d"))
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 0.45 * box["height"], steps=4)
    wait_for_other_paths(page, before)
    assert page.url == url
    page.mouse.up()
    page.wait_for_url(re.compile(r"start=[01]\.\d+_0\.\d+"))
    page.get_by_test_id("player-layout").click()
    expect(page.get_by_test_id("view-contour").get_by_test_id("player-start")).to_be_visible()


def test_side_by_side_the_selected_run_has_the_arrows_of_its_step(opened):
    opened.get_by_test_id("player-layout").click()
    opened.keyboard.press("2")
    expect(opened.get_by_test_id("player-numbers")).to_have_attribute("data-step", re.compile(r"\d"))
    scrub_to(opened, 5)
    expect(opened.get_by_test_id("player-numbers")).to_have_attribute("data-step", "5")
    heads = [painted(opened, f"[data-testid=view-panel-{run}]", 1) for run in (0, 1)]
    assert heads[1] > 1.5 * heads[0]
    opened.keyboard.press("Escape")
    opened.get_by_test_id("player-layout").click()
    opened.get_by_test_id("player-scrub").blur()


def painted(page: Page, view: str, layer: int = 0) -> int:
    """How many pixels are not empty of the canvas that holds a view's paths, or of layer 1, which holds what moves."""
    return page.evaluate(
        """([view, layer]) => { const canvas = document.querySelectorAll(`${view} canvas`)[layer]
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
        let count = 0
        for (let index = 3; index < data.length; index += 4) count += data[index] > 0
        return count }""",
        [view, layer],
    )


def test_the_race_is_a_view_of_its_own(opened):
    expect(opened.get_by_test_id("view-race")).to_be_hidden()
    opened.get_by_test_id("toggle-race").click()
    expect(opened.get_by_test_id("view-race")).to_contain_text("Rank by loss")
    assert painted(opened, "[data-testid=view-race]") > 100


def test_minima_can_be_hidden(opened):
    scrub_to(opened, 0)
    with_stars = marks(opened)
    opened.get_by_test_id("player-marks").click()
    assert marks(opened) < with_stars
    opened.get_by_test_id("player-marks").click()
    assert marks(opened) == with_stars


def marks(page: Page) -> int:
    """How many pixels around the minimum of the ravine, the middle of the contour, are drawn on."""
    return page.evaluate(
        """() => { const plot = document.querySelector("[data-testid=view-contour] .js-plotly-plot")._fullLayout
        const canvas = document.querySelectorAll("[data-testid=view-contour] canvas")[1]
        const [x, y] = [plot.xaxis.l2p(0) + plot._size.l, plot.yaxis.l2p(0) + plot._size.t]
        const { data } = canvas.getContext("2d").getImageData(x - 8, y - 8, 16, 16)
        let count = 0
        for (let index = 3; index < data.length; index += 4) count += data[index] > 0
        return count }"""
    )


def test_a_view_that_fits_shows_the_paths_that_left_and_goes_back(opened):
    page = opened
    fast = Run("gradient_descent", {"learning_rate": 0.042})
    show(page, replace(SHORT, steps=20, runs=(fast,)))
    fit = page.get_by_test_id("player-fit")
    expect(fit).to_be_visible()
    own = x_range(page)
    fit.click()
    expect(fit).to_have_attribute("aria-pressed", "true")
    page.wait_for_function(f"{RANGE}[1] > {own[1] * 1.01}")
    trajectory = simulate(replace(SHORT, steps=20, runs=(fast,)))
    low, high = page.evaluate(RANGE.replace("xaxis", "yaxis"))
    assert low < trajectory.positions[0, :, 1].min()
    assert high > trajectory.positions[0, :, 1].max()
    fit.click()
    page.wait_for_function(f"Math.abs({RANGE}[1] - {own[1]}) < 1e-9")


RANGE = "document.querySelector('[data-testid=view-contour] .js-plotly-plot')._fullLayout.xaxis.range"


def x_range(page: Page) -> list[float]:
    return page.evaluate(RANGE)


def test_a_camera_is_kept_by_new_paths_after_the_picture_had_another_size(opened):
    page = opened
    page.set_viewport_size({"width": 1300, "height": 730})
    settle(page)
    before, turned = attribute(page, "digest"), turn_surface(page)
    type_rate(page, 0, "0.0123")
    wait_for_other_paths(page, before)
    settle(page)
    assert page.evaluate(CAMERA) == turned


def test_there_is_nothing_to_fit_where_no_path_leaves(opened):
    expect(opened.get_by_test_id("player-fit")).to_be_hidden()


def test_presenter_mode_leaves_only_the_player_and_is_in_the_link(opened):
    page = opened
    page.keyboard.press("p")
    page.wait_for_url(re.compile("present=1"))
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    settle(page)
    box = page.locator(PLAYER).bounding_box()
    assert box
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 1280, 720)
    link = page.url
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "present" not in url)
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector(f"{PLAYER}[data-digest]", timeout=60_000)
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    settle(page)
    contour = page.get_by_test_id("view-contour").bounding_box()
    assert contour
    assert contour["y"] + contour["height"] <= 720
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "present" not in url)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1440, 900), (390, 844)])
def test_whatever_is_shown_can_be_read_and_no_button_says_otherwise(opened, width, height):
    page = opened
    page.set_viewport_size({"width": width, "height": height})
    show(page, replace(SHORT, runs=tuple(Run("adam", {"learning_rate": 0.01 * (run + 1)}) for run in range(12))))
    for name in ("slope", "race"):
        page.get_by_test_id(f"toggle-{name}").click()
    for name in ("loss", "surface", "rate", "slope", "race"):
        view, toggle = page.get_by_test_id(f"view-{name}"), page.get_by_test_id(f"toggle-{name}")
        assert (toggle.get_attribute("aria-pressed") == "true") == view.is_visible()
        if view.is_visible():
            box = view.bounding_box()
            assert box
            assert box["height"] > 100
    texts = page.locator(".fall-line-name-difference, .fall-line-run-verdict")
    assert texts.evaluate_all("texts => texts.filter(text => text.scrollWidth > text.clientWidth + 1).length") == 0
    select(page, 0)
    expect(page.get_by_test_id("view-loss")).to_be_visible()
    expect(page.get_by_test_id("toggle-race")).to_have_attribute("aria-pressed", "false")


def test_every_verdict_is_seen_without_scrolling(opened):
    page = opened
    rules = ("gradient_descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
    show(page, replace(SHORT, runs=tuple(Run(rule) for rule in rules)))
    for run in range(len(rules)):
        chip = page.get_by_test_id(f"player-run-{run}")
        expect(chip.locator(".fall-line-run-verdict")).not_to_be_empty()
        box = chip.bounding_box()
        assert box
        assert box["y"] + box["height"] < 720
