"""The lessons as people see them, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from lessons import GLOSSARY, LESSONS
from tests.browser import (
    HARMLESS,
    PLAYER,
    attribute,
    in_browser,
    type_into,
    visit,
    wait_for_other_paths,
    wait_for_paths,
)

pytestmark = in_browser
DESKTOP, PHONE = {"width": 1280, "height": 720}, {"width": 390, "height": 844}
BOX = ".fall-line-definition"
SIGHT = """([selector, least]) => { const main = document.querySelector("[data-testid=stMain]").getBoundingClientRect()
  const { top, bottom, left, right, height } = document.querySelector(selector).getBoundingClientRect()
  const seen = Math.min(bottom, innerHeight) - Math.max(top, main.top)
  return height > 0 && left >= 0 && right <= innerWidth && seen >= least * height - 1 }"""
OVERFLOW = """() => { const main = document.querySelector("[data-testid=stMain]")
  return [main.scrollHeight - main.clientHeight, main.scrollWidth - main.clientWidth] }"""


@pytest.fixture
def page(context):
    """A page of somebody who has nothing against motion; what the console says against it fails the test."""
    opened = context.new_page()
    opened.emulate_media(reduced_motion="no-preference")
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
    yield opened
    opened.close()
    assert complaints == []


def is_complaint(message) -> bool:
    """An error or a warning, other than of software rendering, and of Streamlit's search for its own path."""
    harmless = "/_stcore/" in message.location["url"] or any(text in message.text for text in HARMLESS)
    return message.type in ("error", "warning") and not harmless


def open_lesson(page: Page, address: str, slug: str, query: str = "") -> None:
    page.goto(f"{address}/lessons?lesson={slug}{query}")
    wait_for_paths(page)


def see_to_the_end(page: Page) -> None:
    """Goes to the last step, as who does not want to wait."""
    page.locator("[data-testid=player-play]").focus()
    page.keyboard.press("End")
    expect(page.locator(".fall-line-evidence")).to_be_visible()


def is_in_sight(page: Page, selector: str, least: float = 1) -> bool:
    """Whether at least this share of an element is seen without scrolling."""
    return page.evaluate(SIGHT, [selector, least])


def wait_until_in_sight(page: Page, selector: str, least: float = 1) -> None:
    page.wait_for_function(SIGHT, arg=[selector, least])


# Room on the screen


def test_every_lesson_fits_the_window_before_and_after_it_was_seen(page, address):
    open_lesson(page, address, next(iter(LESSONS)))
    for number, lesson in enumerate(LESSONS.values()):
        expect(page.get_by_role("heading", name=lesson.label)).to_be_visible()
        wait_for_paths(page)
        fits(page, lesson.slug)
        page.set_viewport_size(PHONE)
        for selector in (".st-key-lesson_question h2", "[data-testid=player-play]"):
            wait_until_in_sight(page, selector)
        wait_until_in_sight(page, "[data-testid=view-contour]", 0.95)
        assert page.evaluate(OVERFLOW)[1] <= 0, lesson.slug
        page.set_viewport_size(DESKTOP)
        see_to_the_end(page)
        fits(page, lesson.slug)
        assert page.locator("[data-holds=false]").count() == 0, lesson.slug
        if number + 1 < len(LESSONS):
            seen = attribute(page, "digest")
            page.get_by_role("button", name="Next").first.click()
            wait_for_other_paths(page, seen)


def fits(page: Page, slug: str) -> None:
    """Nothing lies below the window, and question and player are seen as a whole."""
    try:
        page.wait_for_function(f"() => Math.max(...({OVERFLOW})()) <= 0")
    except Exception as error:
        raise AssertionError(f"{slug} is {page.evaluate(OVERFLOW)} pixels too high and too wide") from error
    for selector in (".st-key-lesson_question", PLAYER, ".st-key-lesson_answer"):
        wait_until_in_sight(page, selector)


# Predict, then watch


def test_predict_then_watch_by_keyboard_alone(page, address):
    open_lesson(page, address, "stability_limit")
    assert attribute(page, "state") == "paused"
    assert attribute(page, "step") == "0"
    tab_to(page, "[role=radiogroup] input")
    page.keyboard.press("ArrowDown")
    tab_to(page, ".st-key-lesson_watch button")
    expect(page.locator(".st-key-lesson_watch button")).to_have_text(re.compile("Watch$"))
    page.keyboard.press("Enter")
    expect(page.locator(PLAYER)).to_have_attribute("data-state", "playing")
    assert page.locator(".fall-line-evidence").count() == 0
    expect(page.locator(".fall-line-marks [data-right=true]")).to_have_count(1)
    expect(page.locator(".fall-line-evidence [data-holds=true]")).to_have_count(1)
    expect(page.locator(PLAYER)).to_have_attribute("data-step", "40")
    tab_to(page, ".st-key-lesson_answer input")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("lesson=stability_limit&.*run="))


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the focus is on what the selector finds."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


def test_nothing_says_what_becomes_of_the_runs_before_it_was_seen(page, address):
    open_lesson(page, address, "momentum_ravine")
    buttons = page.locator(".fall-line-run-verdict")
    assert not any("minimum" in text for text in buttons.all_inner_texts())
    see_to_the_end(page)
    expect(buttons.nth(1)).to_contain_text("minimum")


def test_a_slider_changes_paths_evidence_and_address_and_back_undoes_it(page, address):
    open_lesson(page, address, "momentum_ravine")
    see_to_the_end(page)
    digest = attribute(page, "digest")
    type_into(page, "lesson_momentum_ravine_0_exact", "0")
    expect(page.locator(".fall-line-evidence [data-holds=false]").first).to_be_visible()
    expect(page.locator(PLAYER)).not_to_have_attribute("data-digest", digest)
    page.wait_for_url(re.compile("momentum~0(~|&|$)"))
    page.go_back()
    expect(page.locator(PLAYER)).to_have_attribute("data-digest", digest)
    expect(page.locator(".fall-line-evidence [data-holds=false]")).to_have_count(0)


# Ways through the course


def test_one_click_opens_a_lesson_and_back_returns_to_all(page, address):
    page.goto(f"{address}/lessons")
    card = page.locator("[data-lesson=nesterov]")
    card.scroll_into_view_if_needed()
    expect(card.locator("img")).to_have_js_property("complete", True)
    card.click()
    wait_for_paths(page)
    assert page.url == f"{address}/lessons?lesson=nesterov"
    page.get_by_role("button", name="Next").first.click()
    expect(page.get_by_role("heading", name=LESSONS["two_conventions"].label)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name=LESSONS["nesterov"].label)).to_be_visible()
    page.go_back()
    expect(page.locator(".fall-line-course")).to_be_visible()
    expect(page.locator(PLAYER)).to_have_count(0)


def test_a_changed_lesson_opens_in_compare_which_keeps_its_own_otherwise(page, address):
    visit(page, address)
    own = attribute(page, "digest")
    page.get_by_role("link", name="Lessons").click()
    page.locator("[data-lesson=clipping]").click()
    lesson = wait_for_other_paths(page, own)
    page.get_by_role("link", name="Compare").first.click()
    expect(page.locator(PLAYER)).to_have_attribute("data-digest", own)
    page.get_by_role("link", name="Lessons").click()
    page.locator("[data-lesson=clipping]").click()
    expect(page.get_by_role("heading", name=LESSONS["clipping"].label)).to_be_visible()
    expect(page.locator(PLAYER)).to_have_attribute("data-digest", lesson)
    type_into(page, "lesson_clipping_0_exact", "5")
    page.wait_for_url(re.compile("clip_norm~5"))
    changed = wait_for_other_paths(page, lesson)
    page.get_by_role("button", name="Open in Compare").click()
    expect(page.locator(".st-key-add_run")).to_be_visible()
    expect(page.locator(PLAYER)).to_have_attribute("data-digest", changed)
    assert "/lessons" not in page.url


# The glossary


def test_a_word_is_explained_where_it_is_pointed_at(page, address):
    open_lesson(page, address, "momentum_ravine")
    word = page.locator("[data-term=ravine]").first
    word.hover()
    expect(page.locator(BOX)).to_contain_text(GLOSSARY["ravine"].sentence)
    expect(page.locator(f"{BOX} img")).to_have_js_property("complete", True)
    assert is_in_sight(page, BOX)
    page.mouse.move(900, 700)
    expect(page.locator(BOX)).to_be_hidden()


def test_a_word_is_explained_by_keyboard(page, address):
    open_lesson(page, address, "momentum_ravine")
    tab_to(page, "[data-term=momentum]")
    expect(page.locator(BOX)).to_contain_text(GLOSSARY["momentum"].sentence)
    expect(page.locator(f"{BOX} .katex-html")).to_be_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.fall-line-definition a')")
    page.keyboard.press("Escape")
    expect(page.locator(BOX)).to_be_hidden()
    assert page.evaluate("document.activeElement.dataset.term") == "momentum"


@pytest.mark.parametrize("name", ["optimizers?rule=momentum", "landscapes", "schedules"])
def test_a_word_of_the_reference_pages_is_explained_where_it_is_tapped(browser, address, name):
    context = browser.new_context(viewport=PHONE, has_touch=True)
    page = context.new_page()
    page.goto(f"{address}/{name}")
    word = page.locator(".fall-line-term").first
    word.tap()
    expect(page.locator(BOX)).to_contain_text(GLOSSARY[word.get_attribute("data-term") or ""].sentence)
    assert is_in_sight(page, BOX)
    page.locator("h1").first.tap()
    expect(page.locator(BOX)).to_be_hidden()
    context.close()
