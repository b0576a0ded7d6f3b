"""From a moved slider to new paths in the picture, and the bytes that this takes: ours against frames in a chart."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, WebSocket

from benchmarks.engine import six_runs
from benchmarks.report import median, milliseconds, p95, print_table, times_as
from benchmarks.servers import (
    APP,
    FRAMES_APP,
    browser,
    fresh_page,
    link,
    rest,
    server,
    wait_until_healthy,
)

OUR_MOVES, FRAMES_MOVES = 12, 12  # ours: on each of two runs' sliders
QUIET = 500  # milliseconds without a message: nothing more comes
PATHS_OF_CHART = ".js-plotly-plot .scatterlayer path.js-line"

# The last message sent before a change of the picture is the one that caused it: one slider is moved at a time.
STAMPS = """
const send = WebSocket.prototype.send
WebSocket.prototype.send = function (data) {
  window.sentAt ??= performance.now()
  return send.call(this, data)
}
document.addEventListener("keydown", () => {
  window.pressedAt = performance.now()
  window.sentAt = window.drawnAt = undefined
}, true)
window.watch = picture => {
  let last = picture()
  new MutationObserver(() => {
    const now = picture()
    if (!now || now === last) return
    last = now
    window.drawnAt ??= performance.now()
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["d", "data-digest"] })
}
"""


class Move(NamedTuple):
    """Milliseconds from the rerun's request, and from the key, to new paths; bytes received for it."""

    from_send: float
    from_key: float
    received: int


def slider() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        ours = our_moves(chromium, Path(folder))
        theirs = frames_moves(chromium, Path(folder))
    header = ["app", "median", "p95", "from key, median", "bytes, median", "moves"]
    rows = [
        row("Fall Line, 6 runs × 500 steps", ours),
        row("st.plotly_chart with frames, 6 × 200", theirs),
        ["frames against ours", *ratios(theirs, ours), ""],
    ]
    notes = [
        "From the websocket message that asks for the rerun to the new paths in the page; all views shown, not playing.",
        "Bytes are what the websocket delivered until it fell quiet. Goals: ≤ 120 ms, ≥ 8× faster, ≥ 25× fewer bytes.",
    ]
    print_table("slider: a learning rate moved → new paths drawn", header, rows, notes)


def row(name: str, moves: Sequence[Move]) -> list[str]:
    """One app's figures."""
    sent, pressed, received = zip(*moves, strict=True)
    times = [median(sent), p95(sent), median(pressed)]
    return [name, *(milliseconds(time / 1000) for time in times), f"{median(received):,.0f}", str(len(moves))]


def ratios(theirs: Sequence[Move], ours: Sequence[Move]) -> list[str]:
    """How many times as long, and as many bytes, the other takes."""
    (sent, pressed, received), (our_sent, our_pressed, our_received) = (
        zip(*theirs, strict=True),
        zip(*ours, strict=True),
    )
    pairs = [
        (sent, our_sent, median),
        (sent, our_sent, p95),
        (pressed, our_pressed, median),
        (received, our_received, median),
    ]
    return [times_as(statistic(other), statistic(own)) for other, own, statistic in pairs]


def our_moves(chromium: Browser, cache: Path) -> list[Move]:
    """Two runs' learning rates go up, step by step, so that every position is a new experiment."""
    with server(APP, cache) as address, fresh_page(chromium, STAMPS) as page:
        wait_until_healthy(address)
        received = count_received(page)
        page.goto(link(address, six_runs()))
        rest(page)
        page.evaluate("watch(() => document.querySelector('[data-testid=player]')?.dataset.digest)")
        selectors = [f".st-key-run{run}_learning_rate_slider input[type=range]" for run in (1, 2)]
        return [move(page, selector, received) for selector in selectors for _ in range(OUR_MOVES)]


def frames_moves(chromium: Browser, cache: Path) -> list[Move]:
    """The same for the chart with frames."""
    with server(FRAMES_APP, cache) as address, fresh_page(chromium, STAMPS) as page:
        wait_until_healthy(address)
        received = count_received(page)
        page.goto(address)
        page.wait_for_selector(PATHS_OF_CHART, state="attached")
        page.wait_for_timeout(3000)
        page.evaluate(f"watch(() => document.querySelector('{PATHS_OF_CHART}')?.getAttribute('d'))")
        return [move(page, ".st-key-rate input[type=range]", received) for _ in range(FRAMES_MOVES)]


def count_received(page: Page) -> list[int]:
    """A list that grows by the length of every message that arrives."""
    lengths: list[int] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda message: lengths.append(len(message)))

    page.on("websocket", listen)
    return lengths


def move(page: Page, selector: str, received: list[int]) -> Move:
    """One key on the slider, and what came of it."""
    before = len(received)
    page.locator(selector).first.press("ArrowRight")
    page.wait_for_function("window.drawnAt !== undefined")
    wait_until_quiet(page, received)
    from_send, from_key = page.evaluate("[drawnAt - sentAt, drawnAt - pressedAt]")
    return Move(from_send, from_key, sum(received[before:]))


def wait_until_quiet(page: Page, received: list[int]) -> None:
    """Returns when no message has come for a while."""
    seen = -1
    while seen != len(received):
        seen = len(received)
        page.wait_for_timeout(QUIET)
