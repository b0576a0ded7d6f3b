"""A server of the app and a browser to look at it, for the tests that need both."""

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

ROOT = Path(__file__).parent.parent
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
def server(*options: str, script: str = "app.py") -> Iterator[str]:
    """The app, or another script, on a free port; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless=true", f"--server.port={port}"]
    process = subprocess.Popen([*command, *options], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        address = f"http://localhost:{port}"
        wait_for(f"{address}/_stcore/health", process)
        yield address
    finally:
        process.terminate()
        process.wait(30)


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


def widget(key: str, inside: str) -> str:
    """The selector of `inside` in the widget `key`, however often it was replaced by one that shows something else."""
    return f".st-key-{key} {inside}, [class*='st-key-{key}-'] {inside}"
