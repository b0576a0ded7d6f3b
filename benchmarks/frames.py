"""Frames a second while the player plays: the flat views, the same with the 3-D view, and all views."""

import json
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize

from benchmarks.engine import six_runs
from benchmarks.report import p95, print_table
from benchmarks.servers import APP, PLAYER, SETTLED, browser, fresh_page, link, server, wait_until_healthy
from experiments import Experiment, Run, with_rate

SLOW = 34.0  # milliseconds: more than two frames of a 60 Hz screen
WINDOW = 4000  # milliseconds of play that are measured
LARGE: ViewportSize = {"width": 1440, "height": 900}

# Every frame that the browser makes room for while the player plays, and how far the player came in that time.
RECORD = """
milliseconds => new Promise(resolve => {
  const player = document.querySelector("[data-testid=player]"), gaps = [], from = Number(player.dataset.step)
  let first, last
  const frame = now => {
    if (last !== undefined) gaps.push(now - last)
    first ??= now
    last = now
    if (now - first < milliseconds) return requestAnimationFrame(frame)
    resolve({ gaps, steps: Number(player.dataset.step) - from, state: player.dataset.state })
  }
  requestAnimationFrame(frame)
})
"""


def frames() -> None:
    """Prints the table."""
    rows: list[list[str]] = []
    with tempfile.TemporaryDirectory() as folder, browser() as chromium, server(APP, Path(folder)) as address:
        wait_until_healthy(address)
        for name, experiment in {"6 runs × 500 steps": six_runs(), "12 runs × 2000 steps": twelve_runs()}.items():
            rows += measured(chromium, link(address, experiment), name)
    header = [
        "experiment",
        "views",
        "frames a second",
        "p95 frame",
        "longest frame",
        "time in frames > 33 ms",
        "steps a second",
        "longest task",
    ]
    notes = [
        "The player steps 40 times a second at speed 1×.",
        "Goals, whatever is shown: 60 frames a second, p95 at most 17 ms, the longest at most 50 ms.",
        "Frames suffer from whatever else the machine does. The longest task of the page is in processor time, which does",
        "not; within 16 ms it costs no frame.",
    ]
    print_table(f"frames: {WINDOW / 1000:g} s of play each, at speed 1×", header, rows, notes)


def twelve_runs() -> Experiment:
    """Every rule of the six at two rates, for four times as long."""
    runs: list[Run] = list(six_runs().runs)
    slower = [with_rate(run, run.hyperparameters["learning_rate"] / 2) for run in runs]
    return Experiment("rosenbrock", start=(-1.5, 2.0), steps=2000, runs=(*runs, *slower))


def measured(chromium: Browser, address: str, name: str) -> list[list[str]]:
    """One row with the 3-D view hidden, one with it shown, one with every view, on a screen with room for them."""
    with fresh_page(chromium) as page:
        page.goto(address)
        page.wait_for_selector(PLAYER)
        page.wait_for_timeout(SETTLED)
        shown = [name, "2-D and 3-D", *play(page)]
        page.click("[data-testid=toggle-surface]")
        flat = [name, "2-D", *play(page)]
        page.set_viewport_size(LARGE)
        for view in ("surface", "slope", "race"):
            page.click(f"[data-testid=toggle-{view}]")
        page.wait_for_timeout(SETTLED)
        return [flat, shown, [name, "all, 1440 × 900", *play(page)]]


def play(page: Page) -> list[str]:
    """Plays from the start and reads the browser's frames."""
    page.click("[data-testid=player-replay]")
    page.wait_for_timeout(500)
    record = page.evaluate(RECORD, WINDOW)
    gaps, steps = record["gaps"], record["steps"]
    seconds = sum(gaps) / 1000
    ended = " (it ended)" if record["state"] != "playing" else ""
    slow = sum(gap for gap in gaps if gap > SLOW) / sum(gaps)
    return [
        f"{len(gaps) / seconds:.1f}",
        f"{p95(gaps):.1f} ms",
        f"{max(gaps):.1f} ms",
        f"{slow:.0%}",
        f"{steps / seconds:.1f}{ended}",
        f"{longest_task(page):.1f} ms",
    ]


def longest_task(page: Page) -> float:
    """Plays on, and reads from the browser's own trace the processor time of the longest task of its script's thread."""
    chromium = page.context.browser
    assert chromium is not None
    chromium.start_tracing(page=page, categories=["toplevel", "__metadata"])
    page.wait_for_timeout(WINDOW / 2)
    events = json.loads(chromium.stop_tracing())["traceEvents"]
    mains = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    return max(event["tdur"] for event in events if (event["pid"], event["tid"]) in mains and "tdur" in event) / 1000
