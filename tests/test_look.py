"""What Compare looks like: nothing is cut, nothing lies on something else, at the sizes that a class has."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from experiments import Experiment, Run, simulate
from landscapes import LANDSCAPES
from lessons import FIRST, LESSONS
from optimizers import OPTIMIZERS
from player.payload import digest
from tests.browser import (
    PLAYER,
    SHORT,
    HeldBack,
    attribute,
    card_widget,
    drag_rate,
    field,
    in_browser,
    scrub_to,
    select,
    settle,
    show,
    type_into,
    type_rate,
    unfold_surface,
    visit,
    wait_for_other_paths,
    wait_for_paths,
)
from tests.conftest import console_complaints

pytestmark = in_browser
SIZES = [(1280, 720), (1440, 900), (390, 844)]
RULES = ("gradient_descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "nadam", "lion")
EXPERIMENTS = {
    "two": SHORT,
    "four": FIRST.experiment,
    "six": replace(SHORT, steps=300, runs=tuple(Run(rule) for rule in RULES[:6])),  # all end at one point
    "eight": replace(SHORT, runs=tuple(Run(rule) for rule in RULES)),
    "twelve": replace(SHORT, runs=tuple(Run("adam", {"learning_rate": 0.01 * (run + 1)}) for run in range(12))),
    "large numbers": Experiment("eggholder", steps=2000, runs=(Run("adam"), Run("momentum"))),
}

# Remembers the texts of every canvas since it was last cleared, in pixels of the page's layout.
RECORDER = """() => { if (window.textsOn) return
const texts = new Map(), { clearRect, fillText } = CanvasRenderingContext2D.prototype
CanvasRenderingContext2D.prototype.clearRect = function (...area) {
  texts.set(this.canvas, [])
  return clearRect.apply(this, area)
}
CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
  const size = this.measureText(text)
  const [left, right] = [x - size.actualBoundingBoxLeft, x + size.actualBoundingBoxRight]
  const [top, bottom] = [y - size.actualBoundingBoxAscent, y + size.actualBoundingBoxDescent]
  texts.get(this.canvas)?.push({ text, left, right, top, bottom })
  return fillText.call(this, text, x, y)
}
window.textsOn = canvas => texts.get(canvas) ?? [] }"""
# The names in the contour, and how much of each lies on painted pixels of the paths.
NAMES = """() => { const [paths, heads] = document.querySelectorAll("[data-testid=view-contour] canvas")
const ratio = paths.width / paths.clientWidth, context = paths.getContext("2d")
return textsOn(heads).map(({ text, left, right, top, bottom }) => {
  const area = [left, top, Math.max(right - left, 1), Math.max(bottom - top, 1)].map(length => Math.ceil(length * ratio))
  const { data } = context.getImageData(...area)
  let painted = 0
  for (let index = 3; index < data.length; index += 4) painted += data[index] > 128
  const inside = left >= 0 && top >= 0 && right <= paths.clientWidth && bottom <= paths.clientHeight
  return { text, left, right, top, bottom, inside, painted: (4 * painted) / data.length }
}) }"""


def names(page: Page, step: int) -> list[dict]:
    """The names that are drawn at a step."""
    page.evaluate(RECORDER)
    scrub_to(page, step - 1 if step else 1)
    scrub_to(page, step)
    return page.evaluate(NAMES)


def overlap(one: dict, other: dict) -> bool:
    across = one["left"] < other["right"] and other["left"] < one["right"]
    return across and one["top"] < other["bottom"] and other["top"] < one["bottom"]


def names_lie_neither_on_each_other_nor_on_paths(page: Page, experiment: Experiment) -> None:
    for step in (0, 3, experiment.steps // 2, experiment.steps):
        drawn = names(page, step)
        assert len(drawn) == len(experiment.runs)
        assert all(name["inside"] for name in drawn), drawn
        pairs = [(one, other) for index, one in enumerate(drawn) for other in drawn[:index]]
        assert [pair for pair in pairs if overlap(*pair)] == []
        most = 0.15 if len(drawn) < 8 else 0.3  # one stroke across a name, or across a number
        assert max(name["painted"] for name in drawn) <= most, drawn


# Of every view that is seen, its numbers and titles: those that are not wholly within it, and ticks without a number.
CUT = """() => [...document.querySelectorAll("[data-testid=player] .fall-line-view")].flatMap(view => {
const frame = view.getBoundingClientRect()
if (!frame.width) return []
const isCramped = text => text instanceof HTMLElement && text.scrollWidth > text.clientWidth + 1
const seen = text => text.checkVisibility() && getComputedStyle(text).opacity !== "0" && text.textContent.trim()
const isCut = ({ left, right, top, bottom }) =>
  left < frame.left - 0.5 || right > frame.right + 0.5 || top < frame.top - 0.5 || bottom > frame.bottom + 0.5
const texts = [...view.querySelectorAll(".xtick text, .ytick text, .gtitle, .fall-line-caption span")].filter(seen)
const cut = texts.filter(text => isCut(text.getBoundingClientRect()) || isCramped(text))
const ticks = ["xtick", "ytick"].filter(tick =>
  view.querySelectorAll(`path.${tick}`).length > [...view.querySelectorAll(`.${tick} text`)].filter(seen).length)
return [...cut.map(text => text.textContent), ...ticks].map(what => `${view.dataset.testid}: ${what}`)
})"""


def every_tick_has_its_number_and_none_is_cut(page: Page, experiment: Experiment) -> None:
    with pressed(page, "toggle-slope", "toggle-race"):
        assert page.evaluate(CUT) == []


# What is wrong with the buttons of the player that are seen: too narrow for their words, cut, or too small for a finger.
FAULTS = """() => [...document.querySelectorAll("[data-testid=player] :is(button, select, summary)")].flatMap(button => {
const { left, right, bottom, width, height } = button.getBoundingClientRect()
if (!width || !button.checkVisibility({ visibilityProperty: true })) return []
const faults = {
  cramped: button.scrollWidth > button.clientWidth + 1,
  hidden: button.parentElement.getBoundingClientRect().bottom < bottom - 1,
  outside: left < 0 || right > innerWidth,
  small: Math.min(width, height) < 24,
}
return Object.keys(faults).filter(fault => faults[fault]).map(fault => `${fault}: ${button.textContent || button.title}`)
})"""


def every_button_of_the_player_is_whole(page: Page, experiment: Experiment) -> None:
    assert page.evaluate(FAULTS) == []


MODES = {
    "page": (),
    "presenter mode": ("player-present",),
    "side by side": ("player-layout",),
    "a run selected": ("player-run-1",),
}
# What is asked of the page: of which experiments, in which modes.
QUESTIONS = (
    (
        names_lie_neither_on_each_other_nor_on_paths,
        ("two", "four", "six", "eight", "twelve"),
        ("page", "presenter mode"),
    ),
    (
        every_tick_has_its_number_and_none_is_cut,
        ("four", "twelve", "large numbers"),
        ("page", "presenter mode", "side by side"),
    ),
    (every_button_of_the_player_is_whole, ("four",), ("page", "presenter mode", "a run selected")),
)


def asked(which: str, mode: str) -> list[Callable[[Page, Experiment], None]]:
    """The questions about an experiment in a mode."""
    return [question for question, experiments, modes in QUESTIONS if which in experiments and mode in modes]


@contextmanager
def pressed(page: Page, *buttons: str) -> Iterator[None]:
    """The page while these are pressed, once it stands still; a view without room does not look pressed."""
    for name in buttons:
        page.get_by_test_id(name).click()
    settle(page)
    try:
        yield
    finally:
        for name in buttons:
            page.get_by_test_id(name).click()


@pytest.fixture(scope="module")
def kept_stage(context, address):
    """A page that goes from experiment to experiment, from size to size: opening one takes longer."""
    with context.new_page() as page:
        visit(page, address)
        yield page


@pytest.fixture
def stage(kept_stage):
    """The same; what the console says against it fails the test."""
    with console_complaints(kept_stage) as complaints:
        yield kept_stage
    assert complaints == []


@pytest.mark.parametrize(
    ("which", "mode"), [(which, mode) for which in EXPERIMENTS for mode in MODES if asked(which, mode)]
)
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_cut_and_nothing_covers_anything(stage, width, height, which, mode):
    stage.set_viewport_size({"width": width, "height": height})
    experiment = EXPERIMENTS[which]
    if attribute(stage, "digest") != digest(simulate(experiment)):
        show(stage, experiment)
    with pressed(stage, *MODES[mode]):
        for question in asked(which, mode):
            question(stage, experiment)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_levels_are_switched_above_the_contour_and_the_address_says_so(opened, width, height):
    page = opened
    page.set_viewport_size({"width": width, "height": height})
    settle(page)
    switch, contour = page.get_by_role("group", name="Contour levels"), page.get_by_test_id("view-contour")
    boxes = [part.bounding_box() for part in (switch, contour)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[1]["x"] <= boxes[0]["x"] < boxes[1]["x"] + boxes[1]["width"] / 2
    assert -30 < boxes[0]["y"] + boxes[0]["height"] - boxes[1]["y"] < 12
    levels = page.evaluate(LEVELS)
    page.get_by_test_id("levels-linear").click()
    expect(page.get_by_test_id("levels-linear")).to_have_attribute("aria-pressed", "true")
    page.wait_for_url(re.compile("scale=linear"))
    page.wait_for_function(f"levels => {LEVELS} !== levels", arg=levels)
    page.get_by_test_id("player-layout").click()
    page.get_by_test_id("levels-log").click()
    page.wait_for_url(lambda url: "scale" not in url)
    page.get_by_test_id("player-layout").click()
    page.wait_for_function(f"levels => {LEVELS} === levels", arg=levels)


LEVELS = "JSON.stringify(document.querySelector('[data-testid=view-contour] .js-plotly-plot').data[0].contours)"


def contour_at(page: Page, width: int, height: int) -> dict:
    """Where the contour is in a window of this size."""
    page.set_viewport_size({"width": width, "height": height})
    settle(page)
    box = page.get_by_test_id("view-contour").bounding_box()
    assert box
    return dict(box)


def test_what_was_wrong_with_a_link_moves_nothing_and_can_be_closed(page, address):
    visit(page, address)
    before = [contour_at(page, *size) for size in SIZES]
    page.goto(f"{page.url}&noise=much&seed=none")
    wait_for_paths(page)
    alert, close = page.get_by_test_id("stAlert"), page.get_by_role("button", name="Close")
    expect(alert).to_contain_text("noise is “much”")
    for size, box in zip(SIZES, before, strict=True):
        assert contour_at(page, *size) == box
        expect(alert).to_be_in_viewport(ratio=1)
        close.click(trial=True)
    close.click()
    expect(alert).to_be_hidden()
    assert [contour_at(page, *size) for size in SIZES] == before


def test_what_cannot_be_done_is_said_at_its_field_or_over_the_page_and_moves_nothing(opened):
    page, contour = opened, opened.get_by_test_id("view-contour")
    show(page, replace(SHORT, runs=tuple(Run("adam", {"learning_rate": 0.01 * run}) for run in range(1, 21))))
    before, url = contour.bounding_box(), page.url
    assert before
    type_into(page, "start_x", "far")
    expect(page.get_by_test_id("stSidebar").get_by_test_id("stAlert")).to_contain_text("Start x is “far”")
    settle(page)
    assert page.get_by_test_id("stMain").get_by_test_id("stAlert").count() == 0
    assert contour.bounding_box() == before
    assert page.url == url
    page.mouse.move(before["x"] + 0.6 * before["width"], before["y"] + 0.35 * before["height"])
    page.keyboard.down("Shift")
    page.mouse.down()
    page.mouse.up()
    page.keyboard.up("Shift")
    alert = page.get_by_test_id("stMain").get_by_test_id("stAlert")
    expect(alert).to_contain_text("could not be repeated")
    expect(alert).to_be_in_viewport(ratio=1)
    settle(page)
    after = contour.bounding_box()
    assert after
    assert (after["x"], after["y"]) == (before["x"], before["y"])


def test_the_card_of_a_run_says_the_rate_that_is_dragged(opened):
    page = opened
    exact = page.locator("[class*='_learning_rate_exact']").first
    select(page, 0)
    drag_rate(page, 0.3)
    dragged = page.locator(".fall-line-rate-value").inner_text()
    assert dragged != "0.03"
    expect(exact).to_have_attribute("data-dragged", dragged)
    shown = exact.evaluate(
        """exact => [getComputedStyle(exact, "::after").content, getComputedStyle(exact.querySelector("input")).color]"""
    )
    assert shown == [f'"{dragged}"', "rgba(0, 0, 0, 0)"]
    number = page.locator("[class*='_learning_rate_slider']").first.get_by_test_id("stSliderThumbValue")
    assert number.evaluate("number => getComputedStyle(number).visibility") == "hidden"
    assert card_widget(page, 1, "learning_rate_exact", "input").input_value() == "0.05"
    page.mouse.up()
    expect(card_widget(page, 0, "learning_rate_exact", "input")).to_have_value(dragged)
    expect(page.locator("[data-dragged]")).to_have_count(0)
    expect(number).to_be_visible()


def test_the_control_of_a_lesson_says_the_rate_that_is_dragged(context, address):
    with context.new_page() as page:
        visit(page, address, None, "lessons?lesson=adam")
        select(page, 1)
        drag_rate(page, 0.7)
        dragged = page.locator(".fall-line-rate-value").inner_text()
        exact = page.locator("[class*='st-key-lesson_adam_0_exact']")
        expect(exact).to_have_attribute("data-dragged", dragged)
        page.mouse.up()
        expect(field(page, "lesson_adam_0_exact", "input")).to_have_value(dragged)
        expect(page.locator("[data-dragged]")).to_have_count(0)


# Of every text the share that a field shows of it.
SHOWN = """(field, texts) => { const context = document.createElement("canvas").getContext("2d")
const { font, paddingLeft, paddingRight } = getComputedStyle(field)
context.font = font
const room = field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)
return texts.map(text => Math.min(room / context.measureText(text).width, 1)) }"""


def test_menus_of_the_sidebar_hold_the_names_of_rules_surfaces_and_lessons(opened):
    unfold_surface(opened)
    rules = [rule.label for rule in OPTIMIZERS.values()]
    surfaces = [f"{surface.label} · {surface.family}" for surface in LANDSCAPES.values()]
    lessons = [lesson.label for lesson in LESSONS.values()]
    menus = ((card_widget(opened, 0, "optimizer", "input"), rules), (field(opened, "landscape", "input"), surfaces),
             (field(opened, "lesson_menu", "input"), lessons))  # fmt: skip
    for menu, labels in menus:
        shares = dict(zip(labels, menu.evaluate(SHOWN, labels), strict=True))
        assert {label: share for label, share in shares.items() if share < 0.85} == {}
        assert sum(share < 1 for share in shares.values()) <= 2


def test_an_open_menu_stays_and_works_while_the_sidebar_scrolls_and_new_paths_arrive(page, address):
    server = HeldBack(page)
    page.set_viewport_size({"width": 1280, "height": 500})
    visit(page, address, FIRST.experiment)
    before, menu = attribute(page, "digest"), card_widget(page, 1, "optimizer", "input")
    menu.scroll_into_view_if_needed()
    server.hold()
    type_rate(page, 0, "0.0123")
    menu.click()
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    page.get_by_test_id("stSidebarContent").evaluate("sidebar => { sidebar.scrollTop += 12 }")
    server.let_all_through()
    wait_for_other_paths(page, before)
    settle(page)
    boxes = [part.bounding_box() for part in (menu, page.get_by_role("listbox"))]
    assert boxes[0]
    assert boxes[1]
    edges = boxes[0]["y"] + boxes[0]["height"] - boxes[1]["y"], boxes[1]["y"] + boxes[1]["height"] - boxes[0]["y"]
    assert min(abs(edge) for edge in edges) < 16
    page.keyboard.type("Rprop")
    page.get_by_role("option", name="Rprop", exact=True).click()
    page.wait_for_url(re.compile("run=rprop~"))


@pytest.mark.parametrize("presents", [False, True], ids=["page", "presenter mode"])
def test_a_step_has_its_arrows_wherever_its_run_is_selected(opened, presents):
    page = opened
    if presents:
        page.keyboard.press("p")
    page.evaluate(RECORDER)
    page.keyboard.press("2")
    scrub_to(page, 5)
    expect(page.get_by_test_id("player-numbers")).to_have_attribute("data-step", "5")
    page.wait_for_function("textsOn(document.querySelectorAll('[data-testid=view-contour] canvas')[1]).length === 3")
    drawn = page.evaluate(NAMES)
    assert {name["text"].split()[0] for name in drawn} == {"step", "−∇L", "−m"}
    assert not any(overlap(one, other) for index, one in enumerate(drawn) for other in drawn[:index])
    page.keyboard.press("Escape")
    if presents:
        page.keyboard.press("Escape")


def test_the_loss_stays_in_sight_while_the_rate_of_a_run_is_dragged(opened):
    page = opened
    select(page, 0)
    drag_rate(page, 0.3)
    expect(page.locator(PLAYER)).to_have_attribute("data-preview", re.compile(r"\d"))
    expect(page.get_by_test_id("view-loss")).to_be_in_viewport(ratio=1)
    expect(page.get_by_test_id("player-rate")).to_be_in_viewport(ratio=1)
    for name in ("loss", "surface", "rate", "slope", "race"):
        is_on = page.get_by_test_id(f"toggle-{name}").get_attribute("aria-pressed") == "true"
        assert is_on == page.get_by_test_id(f"view-{name}").is_visible()
    before = attribute(page, "digest")
    page.mouse.up()
    wait_for_other_paths(page, before)
