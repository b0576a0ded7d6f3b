"""A server of the app, a browser to look at it, and what is done there again and again, for the tests that need them."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from experiments import Experiment, Run, simulate, to_query
from player.payload import digest

expect.set_options(timeout=60_000)  # a test machine may be busy with others
# In one process, with one server and one browser: two at once take longer than one after the other.
in_browser = pytest.mark.xdist_group("browser")
ROOT = Path(__file__).parent.parent
SHORT = Experiment(
    "quadratic", start=(-2.0, 1.2), steps=60, runs=(Run("gradient_descent", {"learning_rate": 0.03}), Run("adam"))
)
# What software rendering says of itself; nothing that the app does.
HARMLESS = ("GL Driver Message", "willReadFrequently")
PLAYER = "[data-testid=player]"
CONNECTED = "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]


def browser_path() -> str:
    """Where Chromium is; without one the browser tests fail, and say what to do."""
    found = os.environ.get("FALL_LINE_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise RuntimeError(
            "These tests need Chromium. Install it (Debian: apt install chromium; macOS: brew install --cask chromium) "
            "or set FALL_LINE_BROWSER to the path of a Chromium or Chrome."
        )
    return found


@contextmanager
def server(*options: str, script: str = "app.py", port: int | None = None) -> Iterator[str]:
    """The app, or another script, on a free port unless one is given; yields its address."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless=true", f"--server.port={port}"]
    # What a visitor may ask for next is not worked out ahead: the tests need the processor.
    environment = {**os.environ, "FALL_LINE_WORK_AHEAD": "0"}
    process = subprocess.Popen(
        [*command, *options], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment
    )
    try:
        address = f"http://localhost:{port}"
        wait_for(f"{address}/_stcore/health", process)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, process: subprocess.Popen, seconds: float = 60) -> None:
    """Returns when `address` answers; fails if the process ended or the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{address} did not answer")


class HeldBack:
    """What the server sends to a page: passed on at once, or kept until it is let through, as on a busy machine."""

    def __init__(self, page: Page) -> None:
        self.is_holding = False
        self.messages: list = []
        page.route_web_socket(re.compile("_stcore/stream"), self._connect)

    def _connect(self, socket) -> None:
        def pass_on(message):
            self.messages.append((socket, message)) if self.is_holding else socket.send(message)

        socket.connect_to_server().on_message(pass_on)

    def hold(self) -> None:
        self.is_holding = True

    def let_one_through(self) -> None:
        socket, message = self.messages.pop(0)
        socket.send(message)

    def let_all_through(self) -> None:
        while self.messages:
            self.let_one_through()
        self.is_holding = False


def widget(key: str, inside: str) -> str:
    """The selector of `inside` in the widget `key`, however often it was replaced by one that shows something else."""
    return f".st-key-{key} {inside}, [class*='st-key-{key}-'] {inside}"


def field(page: Page, key: str, inside: str) -> Locator:
    """`inside` the widget `key`, the newest where one that was replaced is still there: it comes first on the page."""
    return page.locator(widget(key, inside)).first


def card_widget(page: Page, run: int, name: str, inside: str) -> Locator:
    """`inside` the widget `name` on the card of a run, which is counted from 0."""
    return page.locator("[class*='st-key-run'][class*='_card']").nth(run).locator(f"[class*='_{name}'] {inside}").first


def visit(page: Page, address: str, experiment: Experiment | None = SHORT, path: str = "") -> None:
    query = "?" + urlencode(to_query(experiment), doseq=True) if experiment else ""
    page.goto(f"{address}/{path}{query}")
    wait_for_paths(page)


def wait_for_paths(page: Page) -> str:
    """Waits for the paths and returns their digest."""
    page.wait_for_selector(f"{PLAYER}[data-digest]", timeout=60_000)
    return attribute(page, "digest")


def attribute(page: Page, name: str) -> str:
    return page.locator(PLAYER).get_attribute(f"data-{name}") or ""


def wait_for_other_paths(page: Page, before: str) -> str:
    """Waits until other paths are drawn and returns their digest."""
    page.wait_for_selector(f"{PLAYER}[data-digest]:not([data-digest='{before}'])", timeout=60_000)
    return attribute(page, "digest")


def show(page: Page, experiment: Experiment) -> None:
    """Goes to another experiment as Back and Forward do, without loading the page anew."""
    go_to(page, "?" + urlencode(to_query(experiment), doseq=True))
    shown = digest(simulate(experiment))
    # A selector is looked for in every frame, what is expected ever more rarely.
    page.wait_for_selector(f"{PLAYER}[data-digest='{shown}'][data-step='{experiment.steps}']", timeout=60_000)
    settle(page)


def go_to(page: Page, url: str) -> None:
    page.evaluate("url => { history.pushState(null, '', url); dispatchEvent(new PopStateEvent('popstate')) }", url)


def settle(page: Page) -> None:
    """Waits until nothing has changed on the page for a while, no script is running, and then for two frames, with which
    the page hears of another size of the window: on a busy machine, frames come late."""
    page.evaluate(
        """() => new Promise(resolve => {
        const isIdle = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
        let timer, changes = 0
        const wait = () => { changes++; clearTimeout(timer); timer = setTimeout(look, 250) }
        const observer = new MutationObserver(wait)
        const look = () => {
          if (!isIdle()) return wait()
          const before = changes
          const end = () => { if (changes === before) { observer.disconnect(); resolve() } }
          requestAnimationFrame(() => requestAnimationFrame(end))
        }
        observer.observe(document, { subtree: true, childList: true, attributes: true })
        wait() })"""
    )


def page_state(page: Page) -> dict:
    """What a test may have changed: the address, the screen, the state of the player and of all that is seen of it."""
    return page.evaluate(
        """() => { const player = document.querySelector("[data-testid=player]"), { preview, ...data } = player.dataset
        const seen = [...player.querySelectorAll("[data-testid]")].filter(one => one.checkVisibility())
        const state = one => [one.dataset.testid, one.ariaPressed, one.value, one.open]
        const isDark = matchMedia("(prefers-color-scheme: dark)").matches
        const sidebar = document.querySelector("[data-testid=stSidebar]")?.getBoundingClientRect().right > 0
        return { at: [location.href, innerWidth, innerHeight, isDark], data, sidebar, controls: seen.map(state) } }"""
    )


def restore(page: Page, before: dict) -> None:
    """Brings the page back to what it was `before`, as far as that is a matter of the screen, of its address and of the
    player's buttons."""
    url, width, height, is_dark = before["at"]
    page.mouse.move(5, 5)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme="dark" if is_dark else "light")
    if page.url != url:
        go_to(page, url)
        settle(page)
    page.evaluate(
        """before => { document.activeElement?.blur()
        const named = name => document.querySelector(`[data-testid=player] [data-testid=${name}]`)
        for (const [name, pressed] of before) if (pressed && named(name)?.ariaPressed !== pressed) named(name)?.click() }""",
        before["controls"],
    )
    page.get_by_test_id("player-help").evaluate("help => { help.open = false }")
    page.get_by_test_id("player-speed").select_option("1")
    page.get_by_test_id("player-speed").evaluate("speed => speed.blur()")
    page.keyboard.press("End")


def unfold_surface(page: Page) -> None:
    """Shows the controls that are folded away: steps, the surface's numbers, batches, noise and lessons."""
    steps = field(page, "steps_exact", "input")
    if not steps.is_visible():
        page.get_by_text("Steps, surface, noise").click()
    steps.click(trial=True)  # which waits until it has stopped moving
    settle(page)


def scrub_to(page: Page, step: int) -> None:
    page.get_by_test_id("player-scrub").fill(str(step))
    expect(page.locator(PLAYER)).to_have_attribute("data-step", str(step))


def type_into(page: Page, key: str, text: str) -> None:
    field(page, key, "input").fill(text)
    field(page, key, "input").press("Enter")


def type_rate(page: Page, run: int, text: str) -> None:
    """Types the learning rate of a run, which is counted from 0."""
    card_widget(page, run, "learning_rate_exact", "input").fill(text)
    card_widget(page, run, "learning_rate_exact", "input").press("Enter")


def open_run_menu(page: Page, run: int) -> None:
    """Opens the menu of a run, which is counted from 0."""
    page.locator(".fall-line-run-button").nth(run).click()


def choose_for_run(page: Page, run: int, action: str) -> None:
    open_run_menu(page, run)
    page.get_by_role("menuitem", name=action).click()


def select(page: Page, run: int) -> None:
    """Selects a run, which is counted from 0, by its button."""
    page.get_by_test_id(f"player-run-{run}").click()
    expect(page.get_by_test_id(f"player-run-{run}")).to_have_attribute("aria-pressed", "true")


def drag_rate(page: Page, share: float, steps: int = 8) -> None:
    """Takes the rate of the selected run to a share of its slider, and holds it there."""
    slider = page.get_by_test_id("player-rate")
    expect(slider).to_be_enabled(timeout=60_000)
    slider.hover()
    expect(slider).to_have_attribute("data-ready", "true", timeout=60_000)
    box = slider.bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2, steps=steps)


def numbers_in(pattern: str, text: str) -> list[float]:
    found = re.search(pattern, text)
    assert found, text
    return [float(group) for group in found.groups()]


SURFACE_PLOT = "document.querySelector('[data-testid=view-surface] .js-plotly-plot')"
CAMERA = f"{SURFACE_PLOT}._fullLayout.scene.camera.eye"


def turn_surface(page: Page) -> dict[str, float]:
    """Drags the surface; where its camera is once it stands still."""
    page.wait_for_function(f"{SURFACE_PLOT}?._fullLayout?.scene")
    untouched = page.evaluate(CAMERA)
    box = page.get_by_test_id("view-surface").bounding_box()
    assert box
    page.mouse.move(box["x"] + 150, box["y"] + 90)
    page.mouse.down()
    page.mouse.move(box["x"] + 210, box["y"] + 110, steps=4)
    page.mouse.up()
    page.wait_for_function(f"untouched => {CAMERA}.x !== untouched.x", arg=untouched)
    settle(page)
    return page.evaluate(CAMERA)


def wait_until_playing_at(page: Page, first: int, last: int) -> None:
    """Waits for any of these steps. The page looks itself, in every frame: asked from outside, it may be past them."""
    page.wait_for_function(
        """([player, first, last]) => { const { state, step } = document.querySelector(player).dataset
        return state === "playing" && first <= Number(step) && Number(step) <= last }""",
        arg=[PLAYER, first, last],
    )


def wait_until_connected_again(page: Page, sockets: list) -> None:
    """Waits for a second socket, and for the page to be as it is when nothing happens."""
    for _ in range(600):
        if len(sockets) > 1:
            break
        page.wait_for_timeout(100)
    assert len(sockets) > 1, "the page has not tried to connect again"
    page.wait_for_selector(CONNECTED)
    settle(page)
    page.wait_for_selector(CONNECTED)
