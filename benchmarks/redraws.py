"""What the player costs in the browser: turning the surface, a dragged learning rate, and memory over many redraws."""

import tempfile
from pathlib import Path

import plotly
from playwright.sync_api import Page

from benchmarks.engine import six_runs
from benchmarks.report import median, p95, print_table
from benchmarks.servers import APP, browser, fresh_page, link, rest, server, wait_until_healthy
from ui.mount import SURFACES

DRAWINGS = 30
DRAG = 3000  # milliseconds of dragging that are measured
REDRAWS = (20, 200)

# Until the surface and the paths over it are drawn anew, as while somebody turns it; reading a pixel waits for the drawing.
TIME_3D = """
async count => {
  const plot = document.querySelector("[data-testid=view-surface] .js-plotly-plot"), times = []
  const { glplot } = plot._fullLayout.scene._scene
  for (let drawing = 0; drawing < count; drawing++) {
    const begun = performance.now()
    glplot.redraw()
    glplot.gl.readPixels(0, 0, 1, 1, glplot.gl.RGBA, glplot.gl.UNSIGNED_BYTE, new Uint8Array(4))
    times.push(performance.now() - begun)
    await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  }
  return times
}
"""

# Moves the rate slider in every frame and counts the frames in which the path followed.
DRAG_RATE = """
milliseconds => new Promise(resolve => {
  const slider = document.querySelector("[data-testid=player-rate]")
  const player = document.querySelector("[data-testid=player]")
  const drawn = () => Number(player.dataset.preview ?? 0)
  const from = drawn(), gaps = []
  let first, last
  const frame = now => {
    if (last !== undefined) gaps.push(now - last)
    first ??= now
    last = now
    slider.value = Math.round(slider.max * (0.5 + 0.4 * Math.sin((now - first) / 500)))
    slider.dispatchEvent(new Event("input"))
    if (now - first < milliseconds) return requestAnimationFrame(frame)
    resolve({ gaps, drawn: drawn() - from })
  }
  requestAnimationFrame(frame)
})
"""

# Hands the player new experiments one after the other, as a moved slider does.
REDRAW = """
async ([count, fixed]) => {
  const player = document.querySelector("[data-testid=player]")
  for (let index = 0; index < count; index++) {
    const parts = new URLSearchParams(location.search)
    parts.set("start", `${-1.5 + (index % 40) / 40}_1`)
    const payload = await (await fetch(`/fall-line/paths?${parts}`)).json()
    const detail = { ...payload, ...fixed, key: "player", scene: 1, serial: Date.now() * 1000 }
    window.dispatchEvent(new CustomEvent("fall-line-delivery", { detail }))
    while (player.dataset.digest !== payload.digest) await new Promise(requestAnimationFrame)
    // From time to time long enough for all that waits for a rest.
    await new Promise(resolve => setTimeout(resolve, index % 10 ? 30 : 400))
  }
}
"""


def redraws() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder, browser() as chromium, server(APP, Path(folder)) as address:
        wait_until_healthy(address)
        with fresh_page(chromium) as page:
            page.goto(link(address, six_runs()))
            rest(page)
            rows = [turned_surface(page), dragged_rate(page), *heaps(page)]
    notes = [
        "6 runs × 500 steps at 1280 by 720. Goals: a dragged rate at display rate; the heap after 200 within 20 %."
    ]
    print_table("player: in the browser", ["what", "median", "p95"], rows, notes)


def turned_surface(page: Page) -> list[str]:
    """How long the surface takes to be drawn from another side."""
    times = page.evaluate(TIME_3D, DRAWINGS)
    return ["3-D drawn from another side", f"{median(times):.1f} ms", f"{p95(times):.1f} ms"]


def dragged_rate(page: Page) -> list[str]:
    """Frames a second in which the path follows a dragged learning rate."""
    page.keyboard.press("6")
    page.wait_for_selector("[data-testid=player-rate]:enabled")
    page.focus("[data-testid=player-rate]")
    page.wait_for_selector("[data-testid=player-rate][data-ready]")
    record = page.evaluate(DRAG_RATE, DRAG)
    seconds = sum(record["gaps"]) / 1000
    page.keyboard.press("Escape")
    return ["dragged rate, paths a second", f"{record['drawn'] / seconds:.1f}", f"{p95(record['gaps']):.1f} ms a frame"]


def heaps(page: Page) -> list[list[str]]:
    """Memory in use after some and after many redraws."""
    rows, done, first = [], 0, 0.0
    for count in REDRAWS:
        fixed = {"surfaces": SURFACES, "plotly": plotly.__version__}
        page.evaluate(REDRAW, [count - done, fixed])
        done, used = count, heap(page)
        first = first or used
        rows.append([f"heap after {count} redraws", f"{used / 2**20:.1f} MB", f"{used / first:.0%} of the first"])
    return rows


def heap(page: Page) -> float:
    """Bytes in use after collecting garbage."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    session.detach()
    return metrics["JSHeapUsedSize"]


if __name__ == "__main__":
    redraws()
