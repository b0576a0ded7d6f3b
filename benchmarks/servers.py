"""Starting and stopping what is measured: a server on a free port, and a browser with a fresh context."""

import os
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

from playwright.sync_api import Browser, Page, sync_playwright

from experiments import Experiment, to_query

ROOT = Path(__file__).resolve().parent.parent
APP, FRAMES_APP = ROOT / "app.py", ROOT / "benchmarks" / "frames_app.py"
FIRST_PORT, LAST_PORT = 8650, 8750
VIEWPORT = {"width": 1280, "height": 720}
PLAYER = "[data-testid=player][data-digest]"
PATIENCE = 60.0  # seconds
SETTLED = 3000  # milliseconds until nothing more happens after a page was opened
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]


@contextmanager
def server(script: Path, cache: Path, *, works_ahead: bool = False) -> Iterator[str]:
    """The address of a server that is `running` meanwhile."""
    with running(script, cache, works_ahead=works_ahead) as (address, _):
        yield address


@contextmanager
def running(script: Path, cache: Path, *, works_ahead: bool = False) -> Iterator[tuple[str, subprocess.Popen]]:
    """Runs `streamlit run script` with its caches under `cache`; yields address and process at once, ends it afterwards.

    Unless it `works_ahead`, it does nothing but answer, like one that has been up for a while.
    """
    (port,) = free_ports(1)
    options = ["--server.port", str(port), "--server.headless", "true"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(ROOT)}
    environment |= {} if works_ahead else {"FALL_LINE_WORK_AHEAD": "0"}
    with (cache / "server.log").open("ab") as log:
        command = [sys.executable, "-m", "streamlit", "run", str(script), *options]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        yield f"http://localhost:{port}", process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_ports(count: int) -> list[int]:
    """The first ports in our range that nobody listens on."""
    free = [port for port in range(FIRST_PORT, LAST_PORT) if is_free(port)]
    if len(free) < count:
        raise RuntimeError(f"{len(free)} free ports from {FIRST_PORT} to {LAST_PORT}; needed: {count}")
    return free[:count]


def is_free(port: int) -> bool:
    """Whether nobody listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("localhost", port)) != 0


def wait_until_healthy(address: str) -> None:
    """Returns as soon as the server answers."""
    given_up = time.monotonic() + PATIENCE
    while time.monotonic() < given_up:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
        else:
            return
    raise TimeoutError(f"{address} did not answer within {PATIENCE:g} s")


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium: the system's if there is one, else Playwright's."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        try:
            yield chromium
        finally:
            chromium.close()


@contextmanager
def fresh_page(chromium: Browser, script: str = "") -> Iterator[Page]:
    """A page with nothing cached; `script` runs in it before anything else does."""
    context = chromium.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    context.set_default_timeout(1000 * PATIENCE)
    try:
        page = context.new_page()
        if script:
            page.add_init_script(script)
        yield page
    finally:
        context.close()


def rest(page: Page) -> None:
    """Waits for the first picture, and for all that comes with it; then shows the last step, not playing."""
    page.wait_for_selector("[data-testid=player][data-state=playing]")
    page.get_by_test_id("player-scrub").press("End")
    page.wait_for_selector("[data-testid=player][data-state=paused]")
    page.wait_for_timeout(SETTLED)


def link(address: str, experiment: Experiment) -> str:
    """The experiment on that server, as a user shares it."""
    return f"{address}/?{urlencode(to_query(experiment), doseq=True)}"
