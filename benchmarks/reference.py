"""How long a reference page takes to show itself and its pictures: to a new browser, and to one that knows it."""

import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.report import print_table
from benchmarks.servers import APP, browser, fresh_page, server, wait_until_healthy

PAGES = {
    "optimizers": "img.fall-line-picture",
    "landscapes": "img.fall-line-picture",
    "schedules": "svg.fall-line-curve",
}
PAINTED = """selector => {
    const all = [...document.querySelectorAll(selector)]
    const seen = all.filter(one => one.getBoundingClientRect().top < innerHeight)
    return seen.length > 0 && seen.every(one => one.tagName === "svg" || (one.complete && one.naturalWidth > 0))
}"""


def reference() -> None:
    """Prints the table."""
    rows = []
    with tempfile.TemporaryDirectory() as folder, server(APP, Path(folder)) as address, browser() as chromium:
        wait_until_healthy(address)
        for name in PAGES:
            times = []
            for _ in range(2):  # the pictures are drawn for the first of them
                with fresh_page(chromium) as page:
                    times += [paint(page, address, name), paint(page, address, name)]
            rows.append([name, *(f"{seconds:.1f} s" for seconds in times[:1] + times[2:])])
    header = ["page", "first visitor", "next visitor", "second load"]
    notes = ["Until the page stands and all pictures on the screen are there; the server has drawn none before."]
    print_table("reference: pages of a server that has just started", header, rows, notes)


def paint(page: Page, address: str, name: str) -> float:
    """Seconds from asking for a page until all that is on the screen is painted."""
    begun = time.perf_counter()
    page.goto(f"{address}/{name}")
    page.wait_for_function(PAINTED, arg=PAGES[name])
    return time.perf_counter() - begun
