"""The parts of the player, by node's own test runner."""

import re

import pytest

from tests.node import ROOT, run_node

FILES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("tests/player/*.test.js"))


@pytest.mark.parametrize("file", FILES)
def test_the_parts_written_in_javascript(file):
    done = run_node("--test", "--test-reporter=tap", file)
    assert done.returncode == 0, done.stdout + done.stderr
    counts = dict(re.findall(r"^# (tests|pass) (\d+)$", done.stdout, re.MULTILINE))
    assert int(counts["tests"]) == int(counts["pass"]) > 0


def test_there_are_parts_to_test():
    assert len(FILES) > 5
