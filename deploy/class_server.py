"""Starting and ending a class server: two replicas of the app, and nginx in front of them as `nginx.conf` says."""

import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONFIGURATION = Path(__file__).with_name("nginx.conf")
PORT, REPLICAS = 8080, (8501, 8502)  # as in the configuration
BASE = "class"
PATIENCE = 60.0  # seconds
ENDING = 10.0  # seconds that a process has for closing


@dataclass(frozen=True)
class ClassServer:
    """A running class server: its address, and the processes of the two replicas."""

    address: str
    replicas: tuple[subprocess.Popen, ...]


@contextmanager
def class_server(port: int = PORT, replicas: tuple[int, int] = REPLICAS) -> Iterator[ClassServer]:
    """Runs replicas and nginx on these ports of this machine, and ends them afterwards.

    Raises:
      FileNotFoundError: nginx is not installed.
      ChildProcessError: a replica or nginx ended at once, for instance because its port is taken.
      TimeoutError: the app did not answer within a minute.
    """
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        raise FileNotFoundError("A class server needs nginx. Install it (Debian: apt install nginx-light).")
    with ExitStack() as running:
        folder = running.enter_context(tempfile.TemporaryDirectory())
        processes = tuple(running.enter_context(ended_afterwards(replica(each))) for each in replicas)
        configuration = Path(folder) / "nginx.conf"
        configuration.write_text(configured(port, replicas))
        command = [nginx, "-p", folder, "-c", str(configuration), "-e", "stderr"]
        front = running.enter_context(ended_afterwards(subprocess.Popen(command)))
        for each, process in zip((*replicas, port), (*processes, front), strict=True):
            wait_for(f"http://127.0.0.1:{each}/{BASE}/_stcore/health", process)
        yield ClassServer(f"http://127.0.0.1:{port}/{BASE}", processes)


def replica(port: int) -> subprocess.Popen:
    """Starts one replica."""
    options = ["--server.port", str(port), "--server.baseUrlPath", BASE, "--server.headless", "true"]
    return subprocess.Popen([sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *options], cwd=ROOT)


def configured(port: int, replicas: tuple[int, int]) -> str:
    """The configuration of nginx, on other ports than its own."""
    text = CONFIGURATION.read_text(encoding="utf-8").replace(f"listen {PORT};", f"listen {port};")
    for own, other in zip(REPLICAS, replicas, strict=True):
        text = text.replace(f"127.0.0.1:{own}", f"127.0.0.1:{other}")
    return text


@contextmanager
def ended_afterwards(process: subprocess.Popen) -> Iterator[subprocess.Popen]:
    """Ends a process when it is no longer needed, however that comes about."""
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(ENDING)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(address: str, process: subprocess.Popen) -> None:
    """Returns as soon as something answers at an address."""
    given_up = time.monotonic() + PATIENCE
    while time.monotonic() < given_up and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
        else:
            return
    if process.poll() is None:
        raise TimeoutError(f"{address} did not answer within {PATIENCE:g} s")
    raise ChildProcessError(f"what should answer at {address} has ended; what it said stands above")
