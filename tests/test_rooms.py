"""Which room may know which, that a room is entered by its door, and that there are no circles."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}


def test_rooms_import_only_downwards():
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    checked = subprocess.run(
        [sys.executable, "-c", command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert re.search(r"Contracts: [1-9]\d* kept, 0 broken", checked.stdout), checked.stdout


def deep_imports(text, room):
    """The modules inside other rooms than `room` that a file imports, past their doors."""
    found = []
    for node in ast.walk(ast.parse(text)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        found += [name for name in names if "." in name and name.partition(".")[0] in ROOMS - {room}]
    return found


FILES = [*sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")), ROOT / "app.py"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_is_entered_by_its_door(path):
    assert deep_imports(path.read_text(encoding="utf-8"), path.relative_to(ROOT).parts[0]) == []


def test_a_way_past_a_door_is_noticed():
    text = "import player.figures\nfrom surfaces.grid import surface\nfrom surfaces import refine\nimport ui.mount"
    assert deep_imports(text, "ui") == ["player.figures", "surfaces.grid"]


def test_no_benchmark_hides_a_room_from_the_scripts_beside_it():
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert {"formulas", "experiments", "ui"} <= rooms
    assert rooms & {path.stem for path in (ROOT / "benchmarks").glob("*.py")} == set()
