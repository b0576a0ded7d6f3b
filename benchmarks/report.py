"""Tables and the few statistics in them."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence

Row = Sequence[object]


def print_table(title: str, header: Sequence[str], rows: Sequence[Row], notes: Sequence[str] = ()) -> None:
    """One section of the report: a title, aligned columns, and under them what a reader must know."""
    cells = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    print(f"\n{title}")
    for number, row in enumerate(cells):
        padded = [
            row[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
        ]
        print("  " + "  ".join(padded).rstrip())
        if number == 0:
            print("  " + "  ".join("-" * width for width in widths))
    for note in notes:
        print(f"  {note}")
    print(flush=True)


def machine() -> str:
    """What the figures were measured on; a load above zero before the first section means that others were busy too."""
    load = os.getloadavg()[0]
    return (
        f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} processors, load before {load:.2f}"
    )


def seconds_of(act: Callable[[], object], repeats: int) -> list[float]:
    """How long each of `repeats` calls took."""
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        act()
        times.append(time.perf_counter() - begun)
    return times


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The value that 95 in 100 do not exceed, by nearest rank."""
    ordered = sorted(values)
    return ordered[max(-(-95 * len(ordered) // 100) - 1, 0)]


def milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.2f} ms" if seconds < 0.1 else f"{1000 * seconds:.0f} ms"


def times_as(value: float, reference: float) -> str:
    """How many times `reference` fits into `value`."""
    ratio = value / reference
    return f"{ratio:.2f}×" if ratio < 10 else f"{ratio:.0f}×"
