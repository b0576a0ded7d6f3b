"""Records the names that links hold, and writes the README's lists: run `python -m tests.recorded.record_catalogues` after
adding an entry.

A name that is gone stays recorded, and the tests go on missing it: links that were shared hold it.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path

import experiments
from catalogue import Entry
from landscapes import FAMILIES, LANDSCAPES
from lessons import LESSONS
from networks import DATA_SETS, NETWORK_LESSONS
from optimizers import OPTIMIZERS, ByHand
from schedules import SCHEDULES

RECORDED = Path(__file__).with_name("catalogues.json")
README = Path(__file__).parents[2] / "README.md"
CATALOGUES = {
    "landscapes": LANDSCAPES,
    "optimizers": OPTIMIZERS,
    "schedules": SCHEDULES,
    "data sets": DATA_SETS,
    "lessons": LESSONS,
}
LISTS = re.compile(r"(?<=<!-- from the catalogues -->\n).*?(?=<!-- till here -->)", re.DOTALL)

assert experiments  # which sets up JAX


def names() -> dict[str, dict[str, list[str]]]:
    """By catalogue and slug, the names of an entry's numbers: all of them stand in links."""
    return {kind: {slug: numbers(entry) for slug, entry in entries.items()} for kind, entries in CATALOGUES.items()}


def numbers(entry) -> list[str]:
    """The names of an entry's parameters, of whatever kind."""
    return list(getattr(entry, "hyperparameters", getattr(entry, "parameters", {})))


def lists() -> str:
    """The README's table of all entries, by their labels."""
    of_family = {family: [each for each in LANDSCAPES.values() if each.family == family] for family in FAMILIES}
    by_year = sorted(OPTIMIZERS.values(), key=lambda rule: (rule.year, rule.label))
    kinds: dict[str, Iterable[Entry]] = {
        **{f"landscapes: {family}": entries for family, entries in of_family.items()},
        "optimizers: by hand": [rule for rule in by_year if isinstance(rule.make, ByHand)],
        "optimizers: from optax": [rule for rule in by_year if not isinstance(rule.make, ByHand)],
        "schedules": SCHEDULES.values(),
        "data sets of networks": DATA_SETS.values(),
        "lessons on networks": NETWORK_LESSONS.values(),
        "lessons": LESSONS.values(),
    }
    texts = {kind: " · ".join(entry.label for entry in entries) for kind, entries in kinds.items()}
    return "| | |\n|---|---|\n" + "".join(f"| {kind} | {text} |\n" for kind, text in texts.items())


def record() -> None:
    """Adds what is new to the record, and writes the README's lists anew."""
    recorded = json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
    for kind, entries in names().items():
        for slug, found in entries.items():
            known = recorded.setdefault(kind, {}).setdefault(slug, [])
            known += [name for name in found if name not in known]
    recorded = {kind: dict(sorted(entries.items())) for kind, entries in recorded.items()}
    lines = [f'"{kind}": {{\n' + ",\n".join(rows(entries)) + "\n}" for kind, entries in recorded.items()]
    RECORDED.write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")
    README.write_text(LISTS.sub(lambda _: lists(), README.read_text(encoding="utf-8")), encoding="utf-8")


def rows(entries: dict[str, list[str]]) -> list[str]:
    """A line for each entry, so that a change of the record is easy to read."""
    return [f"  {json.dumps(slug)}: {json.dumps(found)}" for slug, found in entries.items()]


if __name__ == "__main__":
    record()
