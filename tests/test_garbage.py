"""What the garbage collector need not look at."""

import gc

import pytest

from landscapes import LANDSCAPES
from surfaces.programs import kept_with_landscape
from ui.garbage_collection import freeze_new_programs
from ui.warm_up import warm_up


@pytest.fixture
def collector():
    """Leaves the garbage collector as it was."""
    gc.unfreeze()
    yield
    gc.unfreeze()


@kept_with_landscape
def program(landscape, size):
    return [[] for _ in range(size)]


def test_what_is_compiled_ahead_is_not_searched_after_every_run(collector, monkeypatch):
    monkeypatch.setenv("FALL_LINE_WORK_AHEAD", "0")
    program(LANDSCAPES["quadratic"], 3)  # another process may have compiled the first lesson, and this one made nothing
    warm_up()
    assert gc.get_freeze_count() > 50_000
    assert len(gc.get_objects()) < 10_000


def test_what_was_made_later_is_frozen_and_nothing_else_is(collector):
    program(LANDSCAPES["quadratic"], 10)
    freeze_new_programs()
    assert gc.get_freeze_count() > 0
    others: list[list] = [[] for _ in range(5000)]
    freeze_new_programs()
    assert len(gc.get_objects()) > 5000
    program(LANDSCAPES["quadratic"], 20_000)
    freeze_new_programs()
    assert len(gc.get_objects()) < 5000
    assert len(others) == 5000


def test_what_was_let_go_is_collected_the_next_time(collector):
    cycle: list[list] = [[] for _ in range(30_000)]
    cycle.append(cycle)
    program(LANDSCAPES["quadratic"], 11)
    freeze_new_programs()
    before = gc.get_freeze_count()
    del cycle
    program(LANDSCAPES["quadratic"], 12)
    freeze_new_programs()
    assert gc.get_freeze_count() < before - 25_000
