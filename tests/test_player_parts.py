"""The pure parts of the player, by node's own test runner."""

import shutil
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parent / "node"
OLDEST = 18


def test_the_parts_written_in_javascript():
    node = shutil.which("node")
    assert node, "This test needs Node.js. Install it (Debian: apt install nodejs; macOS: brew install node)."
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    assert int(version.removeprefix("v").split(".")[0]) >= OLDEST, f"Node.js {OLDEST} or newer is needed, not {version}"
    files = sorted(map(str, FOLDER.glob("*.test.mjs")))
    done = subprocess.run([node, "--test", "--test-reporter=tap", *files], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    passed = int(next(line for line in done.stdout.splitlines() if line.startswith("# pass ")).split()[-1])
    assert passed >= len(files)
