"""The player through what happens to a page: no error, no leak, no stale picture; and in reach of everybody."""

import re

import plotly
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import (
    PLAYER,
    attribute,
    in_browser,
    scrub_to,
    server,
    settle,
    type_into,
    visit,
    wait_for_other_paths,
    wait_for_paths,
    wait_until_connected_again,
)
from ui.mount import SURFACES

pytestmark = in_browser

# Gives the player `count` experiments one after the other, as a moved slider does, each with another start. Each is a
# copy of its own; from time to time there is a rest.
REDRAW = """async ([count, fixed]) => {
  const player = document.querySelector("[data-testid=player]"), payloads = []
  for (let start = 0; start < 16; start++) {
    const parts = new URLSearchParams(location.search)
    parts.set("start", `${-2 + start / 20}_1`)
    payloads.push(await (await fetch(`/fall-line/paths?${parts}`)).json())
  }
  for (let index = 0; index < count; index++) {
    const payload = structuredClone(payloads[index % payloads.length])
    const detail = { ...payload, ...fixed, key: "player", scene: window.shownScene, serial: Date.now() * 1000 }
    window.dispatchEvent(new CustomEvent("fall-line-delivery", { detail }))
    while (player.dataset.digest !== payload.digest) await new Promise(requestAnimationFrame)
    await new Promise(resolve => setTimeout(resolve, index % 20 ? 5 : 400))
  }
}"""


def redraw(page: Page, count: int) -> None:
    fixed = {"surfaces": SURFACES, "plotly": plotly.__version__}
    page.evaluate(REDRAW, [count, fixed])


def heap(page: Page) -> float:
    """Bytes in use after collecting garbage."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    session.detach()
    return metrics["JSHeapUsedSize"]


def violations(page: Page) -> list[str]:
    found = Axe().run(page, context=PLAYER).response["violations"]
    return [f"{one['id']}: {one['help']}: {[node['html'][:120] for node in one['nodes']]}" for one in found]


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_nothing_wrong_with_the_player(opened, theme):
    page = opened
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    settle(page)
    assert violations(page) == []
    page.keyboard.press("2")
    expect(page.get_by_test_id("player-numbers")).to_have_attribute("data-step", re.compile(r"\d"))
    page.get_by_test_id("player-help").locator("summary").click()
    page.get_by_test_id("player-layout").click()
    settle(page)
    assert violations(page) == []


def test_every_control_is_reached_with_the_tab_key_and_shows_its_focus(opened):
    opened.get_by_test_id("player-play").focus()
    reached = []
    for _ in range(24):
        focused = opened.evaluate(
            """() => { const at = document.activeElement
            return [at.dataset.testid ?? at.className, getComputedStyle(at).outlineStyle] }"""
        )
        reached.append(focused[0])
        assert focused[1] != "none", focused
        if focused[0] == "player-start":
            break
        opened.keyboard.press("Tab")
    names = ("play", "replay", "step-back", "step-forward", "loop", "scrub", "speed", "layout", "marks", "present")
    assert {f"player-{name}" for name in names} <= set(reached)
    assert {"player-run-0", "player-run-1", "player-start", "toggle-loss", "toggle-race"} <= set(reached)


def test_a_live_text_says_step_loss_and_verdict(opened):
    live = opened.get_by_test_id("player-live")
    expect(live).to_have_attribute("role", "status")
    expect(live).to_contain_text(re.compile(r"Step 60 of 60\. Gradient descent: (reached|still|has).*loss \d"))
    scrub_to(opened, 0)
    expect(live).to_contain_text("Step 0 of 60. Gradient descent: loss 38. Adam: loss 38.")


def test_heap_stays_as_it_is_over_200_redraws(page, address):
    visit(page, address)
    settle(page)
    page.evaluate("window.shownScene = 1")
    redraw(page, 20)
    after_20 = heap(page)
    redraw(page, 180)
    assert heap(page) < 1.2 * after_20


def test_leaving_the_page_and_coming_back(opened):
    page = opened
    before = attribute(page, "digest")
    page.get_by_test_id("player-replay").click()
    page.goto("about:blank")
    page.go_back()
    assert wait_for_paths(page) == before


def test_another_theme_and_another_size_keep_step_and_paths(opened):
    page = opened
    scrub_to(page, 20)
    before = attribute(page, "digest")
    for theme in ("dark", "light"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        settle(page)
        assert (attribute(page, "digest"), attribute(page, "step")) == (before, "20")
    for width, height in ((390, 844), (1440, 900), (1280, 720)):
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        contour = page.get_by_test_id("view-contour").bounding_box()
        assert contour
        assert contour["width"] <= width
    assert (attribute(page, "digest"), attribute(page, "step")) == (before, "20")


def test_a_minute_in_a_hidden_tab_does_not_run_the_clock_on(browser, address):
    with browser.new_context(reduced_motion="reduce") as context:  # of its own: the clock is the context's
        page = context.new_page()
        page.clock.install()
        visit(page, address)
        page.get_by_test_id("player-speed").select_option("0.1")
        page.get_by_test_id("player-replay").click()
        expect(page.locator(PLAYER)).to_have_attribute("data-step", re.compile("^[1-9]"))
        before = int(attribute(page, "step"))
        page.clock.fast_forward(60_000)
        page.wait_for_timeout(300)
        assert attribute(page, "state") == "playing"
        assert before <= int(attribute(page, "step")) <= before + 10


def test_a_lost_connection_is_restored_and_the_next_change_is_drawn(context, address):
    with context.new_page() as page:
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        sockets = []

        def pass_through(socket):
            socket.connect_to_server()
            sockets.append(socket)

        page.route_web_socket(re.compile("_stcore/stream"), pass_through)
        visit(page, address)
        before = attribute(page, "digest")
        sockets[-1].close()
        page.keyboard.press("Home")
        expect(page.locator(PLAYER)).to_have_attribute("data-step", "0")
        wait_until_connected_again(page, sockets)
        assert attribute(page, "digest") == before
        type_into(page, "run1_learning_rate_exact", "0.0123")
        wait_for_other_paths(page, before)
        assert errors == []


def test_a_server_that_ended_and_came_back_goes_on_with_what_the_page_shows(context):
    with context.new_page() as page:
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        sockets: list = []
        page.on("websocket", lambda socket: sockets.append(socket))
        with server() as address:
            visit(page, address)
            before = attribute(page, "digest")
            type_into(page, "run1_learning_rate_exact", "0.0123")
            changed = wait_for_other_paths(page, before)
            page.wait_for_url(re.compile("0.0123"))
        page.get_by_test_id("player-step-back").click()
        expect(page.locator(PLAYER)).to_have_attribute("data-step", "59")
        with server(port=int(address.rpartition(":")[2])):
            wait_until_connected_again(page, sockets)
            assert attribute(page, "digest") == changed
            type_into(page, "run1_learning_rate_exact", "0.0234")
            wait_for_other_paths(page, changed)
            assert errors == []


def test_two_players_on_a_page_leave_each_other_alone(context, pages):
    with context.new_page() as page:
        page.goto(f"{pages}/two_players")
        players = page.locator(PLAYER)
        expect(players).to_have_count(2, timeout=60_000)
        for index in (0, 1):
            expect(players.nth(index)).to_have_attribute("data-step", "40", timeout=60_000)
        assert players.nth(0).get_attribute("data-digest") != players.nth(1).get_attribute("data-digest")
        page.get_by_test_id("player-step-back").first.click()
        page.keyboard.press("ArrowLeft")
        expect(players.nth(0)).to_have_attribute("data-step", "38")
        expect(players.nth(1)).to_have_attribute("data-step", "40")
        page.get_by_test_id("player-step-back").nth(1).click()
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("ArrowLeft")
        expect(players.nth(1)).to_have_attribute("data-step", "38")
        expect(players.nth(0)).to_have_attribute("data-step", "38")


def test_compare_works_at_a_path_prefix(page, prefixed):
    visit(page, prefixed)
    page.keyboard.press("2")
    expect(page.get_by_test_id("player-numbers")).to_have_attribute("data-step", re.compile(r"\d"), timeout=60_000)
    box = page.get_by_test_id("view-contour").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 3)
    expect(page.locator(".fall-line-readout").first).to_contain_text(re.compile(r"loss [\d.]+$"))
