"""What the components in the browser say that a person did. It is read with care: a browser can send anything."""

from collections.abc import Mapping
from typing import Any

from catalogue import finite, whole
from experiments import MAX_RUNS


def part(sent: Any, name: str) -> Any:
    """What stands under a name; None if nothing does."""
    return sent.get(name) if isinstance(sent, Mapping) else None


def point_in(sent: Any) -> tuple[float, float]:
    """The point; whether it is allowed, the experiment says.

    Raises:
      ValueError: x or y is missing or not a finite number.
    """
    return finite("x", part(sent, "x")), finite("y", part(sent, "y"))


def run_in(sent: Any, runs: int) -> int:
    """The run, of so many; one that a quick hand has removed meanwhile is the last one.

    Raises:
      ValueError: it is not the number of a run.
    """
    return min(whole("run", part(sent, "run"), 0, MAX_RUNS - 1), runs - 1)
