"""The reference pages as people see them, in a real browser."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from tests.browser import HARMLESS, PLAYER, SHORT, attribute, in_browser, settle, type_into, visit, wait_for_paths

pytestmark = in_browser
TREE = ".fall-line-tree"
PAGES = {"optimizers": TREE, "landscapes": ".fall-line-card", "schedules": ".fall-line-card"}
PHONE = {"width": 390, "height": 844}
WIDE = [{"width": 1280, "height": 720}, {"width": 1440, "height": 900}]


@pytest.fixture
def page(context):
    """A page; at the end, whatever the console said against it fails the test."""
    opened = context.new_page()
    opened.emulate_media(reduced_motion="no-preference")
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
    opened.set_default_timeout(60_000)
    yield opened
    opened.close()
    assert complaints == []


def is_complaint(message) -> bool:
    """An error or a warning, other than of software rendering, and of Streamlit's search for its own path."""
    harmless = "/_stcore/" in message.location["url"] or any(text in message.text for text in HARMLESS)
    return message.type in ("error", "warning") and not harmless


def open_page(page: Page, at: str, name: str, query: str = "") -> None:
    page.goto(f"{at}/{name}{query}")
    expect(page.locator(PAGES[name]).first).to_be_visible(timeout=60_000)


def rule_card(page: Page):
    return page.locator(".st-key-rule_card")


def choose(page: Page, slug: str) -> None:
    page.locator(f"{TREE} [data-rule={slug}]").click()
    expect(rule_card(page).get_by_role("heading").first).to_contain_text(OPTIMIZERS[slug].label)


def test_a_click_in_the_tree_shows_the_card_and_back_returns(page, address):
    open_page(page, address, "optimizers")
    choose(page, "lion")
    expect(page.locator(f"{TREE} [data-rule=lion]")).to_have_attribute("aria-current", "true")
    page.wait_for_url(re.compile("rule=lion"))
    assert page.locator(f"{TREE} path.before[data-child=lion]").count() == len(OPTIMIZERS["lion"].builds_on)
    choose(page, "nesterov")
    page.wait_for_url(re.compile("rule=nesterov"))
    page.go_back()
    expect(rule_card(page).get_by_role("heading").first).to_contain_text("Lion")


def test_the_chosen_rule_is_in_sight(page, address):
    open_page(page, address, "optimizers", "?rule=lion")
    expect(page.locator(f"{TREE} [data-rule=lion]")).to_have_attribute("aria-current", "true")
    page.wait_for_function(
        """() => { const [rule, frame] = ["[data-rule=lion]", ".fall-line-tree"].map(
          found => document.querySelector(found).getBoundingClientRect())
        return rule.top >= frame.top && rule.bottom <= frame.bottom && frame.height < 1000 }"""
    )


def test_the_tree_answers_the_keyboard(page, address):
    open_page(page, address, "optimizers")
    page.locator(f"{TREE} [data-rule=adam]").focus()
    page.locator(f"{TREE} [data-rule=adagrad]").press("Enter")
    expect(rule_card(page).get_by_role("heading").first).to_contain_text("Adagrad")


def test_a_rule_opens_in_compare_and_back_returns_to_its_card(page, address):
    open_page(page, address, "optimizers", "?rule=rmsprop")
    picture = rule_card(page).locator("img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 0
    rule_card(page).get_by_role("link", name="Open RMSprop in Compare").click()
    wait_for_paths(page)
    rows = page.get_by_test_id("player-table").locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("Gradient descent")
    expect(rows.nth(1)).to_contain_text("RMSprop")
    page.go_back()
    expect(rule_card(page).get_by_role("heading").first).to_contain_text("RMSprop")


def test_a_surface_and_a_schedule_open_in_compare(page, address):
    open_page(page, address, "landscapes")
    expect(page.locator(".fall-line-card")).to_have_count(len(LANDSCAPES))
    page.get_by_role("link", name=f"Open {LANDSCAPES['himmelblau'].label} in Compare").click()
    wait_for_paths(page)
    assert "landscape=himmelblau" in page.url
    page.get_by_role("link", name="Schedules").click()
    expect(page.locator(".fall-line-card")).to_have_count(len(SCHEDULES))
    page.get_by_role("link", name=f"Open {SCHEDULES['one_cycle'].label} in Compare").click()
    wait_for_paths(page)
    assert "schedule~one_cycle" in page.url


def test_pages_are_changed_while_it_plays_and_the_experiment_waits(page, address):
    visit(page, address, SHORT)
    digest = attribute(page, "digest")
    type_into(page, "run1_learning_rate_exact", "0.0123")
    expect(page.locator(PLAYER)).not_to_have_attribute("data-digest", digest)
    digest = attribute(page, "digest")
    page.get_by_test_id("player-speed").select_option("0.25")
    page.get_by_test_id("player-replay").click()
    expect(page.locator(PLAYER)).to_have_attribute("data-state", "playing")
    for name, selector in PAGES.items():
        page.get_by_role("link", name=name.capitalize()).click()
        expect(page.locator(selector).first).to_be_visible()
        expect(page.locator(PLAYER)).to_have_count(0)
    page.get_by_role("link", name="Compare", exact=True).first.click()
    assert wait_for_paths(page) == digest
    page.wait_for_url(re.compile("learning_rate~0.0123"))


def test_the_surface_tells_its_formula_beside_the_controls(opened):
    page = opened
    page.get_by_text("Formula and source").click()
    fold = page.locator(".st-key-landscape_facts")
    expect(fold.locator(".katex-html").first).to_be_visible()
    expect(fold).to_contain_text(LANDSCAPES["quadratic"].reference)
    page.get_by_text("Formula and source").click()


def test_pictures_and_links_work_at_a_path_prefix(page, prefixed):
    open_page(page, prefixed, "landscapes")
    picture = page.locator(".fall-line-picture").first
    expect(picture).to_have_js_property("complete", True, timeout=60_000)
    assert picture.evaluate("image => image.naturalWidth") > 0
    page.locator(".fall-line-open").first.click()
    wait_for_paths(page)
    assert "/class/one/?landscape=" in page.url


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_the_screen_and_its_formulas_and_symbols_are_typeset(page, address, theme, name):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size(PHONE)
    open_page(page, address, name)
    check_layout(page, name, theme)
    expect(page.locator(".katex-html").first).to_be_visible()
    assert page.locator(".katex-error").count() == 0
    assert "$" not in page.get_by_test_id("stMainBlockContainer").inner_text()
    for wider in WIDE:
        page.set_viewport_size(wider)
        check_layout(page, name, theme)


def check_layout(page: Page, name: str, theme: str) -> None:
    settle(page)
    box = page.locator(PAGES[name]).first.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.evaluate("innerWidth")
    assert page.get_by_test_id("stMain").evaluate("element => element.scrollWidth - element.clientWidth") <= 0
    cards = page.locator(".fall-line-card")
    assert cards.evaluate_all("cards => cards.filter(card => card.scrollWidth > card.clientWidth).length") == 0
    levels = [int(tag[1]) for tag in page.evaluate(HEADINGS)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.locator("img:not([alt]), img[alt='']").count() == 0
    source = page.locator(".fall-line-picture").first
    if source.count():
        assert f"theme={theme}" in (source.get_attribute("src") or "")


HEADINGS = (
    """[...document.querySelectorAll("[data-testid=stMain] :is(h1, h2, h3, h4)")].map(heading => heading.tagName)"""
)
