"""What the garbage collector need not look at. That it does not look after every run, `test_load.py` counts."""

import gc

import pytest

from ui.warm_up import warm_up


@pytest.fixture
def collector():
    """Leaves the garbage collector as it was."""
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_what_is_there_before_the_first_visitor_is_never_searched_again(collector, monkeypatch):
    monkeypatch.setenv("FALL_LINE_WORK_AHEAD", "0")
    warm_up()
    assert gc.get_freeze_count() > 50_000
    assert len(gc.get_objects()) < 10_000
