"""The page of sweeps in a browser: handles, maps, the search, and the experiment that it shares with Compare."""

import re
from dataclasses import replace
from urllib.parse import urlencode

from playwright.sync_api import expect

from experiments import Experiment, Run, to_query
from tests.browser import PLAYER, SHORT, attribute, in_browser, settle, type_rate, wait_for_other_paths, wait_for_paths

pytestmark = in_browser
SWEEP = "[data-testid=sweep]"
BOWL = replace(SHORT, landscape_parameters={"condition_number": 10.0})
VALLEYS = Experiment(
    "himmelblau", steps=80, runs=(Run("gradient_descent", {"learning_rate": 0.01}), Run("adam", {"learning_rate": 0.1}))
)


def visit(page, address, experiment=BOWL, **options):
    page.goto(f"{address}/sweeps?{urlencode({**to_query(experiment), **options}, doseq=True)}")
    wait_for_paths(page)


def wait_for_rates(page):
    page.wait_for_selector(f"{SWEEP}[data-ready=true]")
    settle(page)


def wait_for_map(page, across):
    page.wait_for_selector(f"{SWEEP}[data-across='{across}']")
    settle(page)


def test_the_rates_of_all_runs_are_handles(page, address):
    visit(page, address)
    wait_for_rates(page)
    expect(page.get_by_test_id("sweep-sentence")).to_contain_text("Gradient descent forgives a factor")
    handle = page.get_by_test_id("sweep-rate-0")
    expect(handle).to_have_attribute("aria-label", "Learning rate of Gradient descent")
    before = attribute(page, "digest")
    handle.focus()
    page.keyboard.press("PageUp")
    wait_for_other_paths(page, before)
    expect(page).to_have_url(re.compile("gradient_descent~learning_rate~0.3~"))
    expect(page.get_by_test_id("sweep-rate-0")).to_be_focused()
    before = attribute(page, "digest")
    box = handle.locator("circle").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] - 80, box["y"], steps=5)
    page.mouse.up()
    wait_for_other_paths(page, before)
    assert float(handle.get_attribute("aria-valuenow")) < 0.1
    settle(page)


def test_the_best_rates_of_all_runs_are_found_and_can_be_taken_back(page, address):
    visit(page, address)
    wait_for_rates(page)
    before = attribute(page, "digest")
    page.get_by_role("button", name="Tune all").click()
    after = wait_for_other_paths(page, before)
    expect(page.locator(".stMarkdown table")).to_contain_text("Best rate")
    expect(page.get_by_text("512 candidates per run")).to_be_visible()
    settle(page)
    page.locator(".st-key-undo_tuning button").click()
    assert wait_for_other_paths(page, after) == before
    expect(page.locator(".stMarkdown table")).to_have_count(0)


def test_a_click_on_the_basins_starts_there(page, address):
    visit(page, address, VALLEYS, sweep="basins")
    wait_for_map(page, 512)
    expect(page.get_by_test_id("sweep-sentence")).to_contain_text("of the starts lead to")
    assert page.locator(f"{SWEEP} .minimum").count() == 4
    before = attribute(page, "digest")
    cells = page.locator(f"{SWEEP} .cells")
    box = cells.bounding_box()
    cells.click(position={"x": 0.75 * box["width"], "y": 0.25 * box["height"]})
    wait_for_other_paths(page, before)
    expect(page).to_have_url(re.compile(r"start=2\.7\d_2\.7\d"))
    before = attribute(page, "digest")
    page.get_by_test_id("sweep-map").focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    wait_for_other_paths(page, before)
    expect(page).to_have_url(re.compile(r"start=2\.0\d_2\.7\d"))
    settle(page)


def test_the_coarse_basins_follow_a_dragged_rate(page, address):
    visit(page, address, VALLEYS, sweep="basins")
    wait_for_map(page, 512)
    before = page.get_by_test_id("sweep-sentence").text_content()
    slider = page.get_by_test_id("sweep-map-rate")
    slider.evaluate("slider => { slider.value = 395; slider.dispatchEvent(new Event('input')) }")
    wait_for_map(page, 128)
    expect(page.get_by_test_id("sweep-sentence")).not_to_have_text(before)
    digest = attribute(page, "digest")
    slider.evaluate("slider => slider.dispatchEvent(new Event('change'))")
    wait_for_other_paths(page, digest)
    wait_for_map(page, 512)
    page.locator(".fall-line-sweep-strip button").nth(1).click()
    expect(page).to_have_url(re.compile("of=1"))
    expect(page.get_by_test_id("sweep-sentence")).to_contain_text("Adam")
    wait_for_map(page, 512)


def test_a_click_on_the_map_of_stability_sets_both_numbers(page, address):
    visit(page, address, replace(BOWL, runs=(Run("momentum", {"learning_rate": 0.01}),)), sweep="stability")
    wait_for_map(page, 96)
    assert page.locator(f"{SWEEP} .boundary").count() == 2
    before = attribute(page, "digest")
    cells = page.locator(f"{SWEEP} .cells")
    box = cells.bounding_box()
    cells.click(position={"x": 0.5 * box["width"], "y": 0.5 * box["height"]})
    wait_for_other_paths(page, before)
    expect(page).to_have_url(re.compile(r"momentum~learning_rate~0\.0(09|1)\d*~momentum~0\.(49|5)\d*~"))
    settle(page)


def test_the_experiment_is_shared_with_compare_both_ways(page, address):
    visit(page, address)
    wait_for_rates(page)
    before = attribute(page, "digest")
    type_rate(page, 0, "0.05")
    digest = wait_for_other_paths(page, before)
    page.get_by_role("link", name="Compare").click()
    expect(page).to_have_url(re.compile("gradient_descent~learning_rate~0.05~"))
    expect(page.locator(PLAYER)).to_have_attribute("data-digest", digest)
    settle(page)
    type_rate(page, 0, "0.06")
    digest = wait_for_other_paths(page, digest)
    page.get_by_role("link", name="Sweeps").click()
    expect(page.get_by_test_id("sweep-rate-0")).to_have_attribute("aria-valuenow", "0.06")
    expect(page.locator(PLAYER)).to_have_attribute("data-digest", digest)
    wait_for_rates(page)


def test_nothing_is_cut_off_on_a_phone(page, address):
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, address, VALLEYS)
    for name in ("Learning rates", "Basins", "Stability"):
        page.get_by_text(name, exact=True).click()
        page.wait_for_selector(f"{SWEEP} svg text")
        settle(page)
        box = page.locator(SWEEP).bounding_box()
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 390
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
