"""From starting the server to the first picture in a browser that has never been there."""

import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.report import median, print_table
from benchmarks.servers import APP, PLAYER, browser, fresh_page, server, wait_until_healthy

WARM_REPEATS = 3


def first_picture() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        cold = start(chromium, Path(folder))
        warm = [start(chromium, Path(folder)) for _ in range(WARM_REPEATS)]
    answers, pictures = zip(*warm, strict=True)
    rows = [
        ["first start, empty compiler cache", *(f"{seconds:.2f} s" for seconds in cold), "1"],
        ["later starts, warm", f"{median(answers):.2f} s", f"{median(pictures):.2f} s", f"{WARM_REPEATS}"],
    ]
    header = ["start", "server answers", "first picture", "repeats"]
    print_table("first_picture: from starting the process", header, rows, ["Goal: at most 5 s on the second start."])


def start(chromium: Browser, cache: Path) -> tuple[float, float]:
    """Seconds from starting the process until the server answers, and until the paths are in the contour."""
    begun = time.perf_counter()
    with server(APP, cache, works_ahead=True) as address:
        wait_until_healthy(address)
        answered = time.perf_counter() - begun
        with fresh_page(chromium) as page:
            page.goto(address)
            page.wait_for_selector(PLAYER)
            return answered, time.perf_counter() - begun
