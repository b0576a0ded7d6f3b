"""Reading the query of an address part by part: what is wrong with a part is said, and it alone is replaced."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from catalogue import Entry, Parameter, exact_text, in_range, parse_number, quoted
from experiments.checks import entry

Query = dict[str, list[str]]
VERSION = 1  # of links as they are written here; those of version 1 do not say it
KNOWN_VERSIONS = [str(version) for version in range(1, VERSION + 1)]
MOST_PROBLEMS = 8  # that are said one by one


class Reader:
    """Takes the parts of a query one by one and notes what is wrong with them."""

    def __init__(self, query: Mapping[str, Sequence[str]], where: str = "") -> None:
        self.query, self.where = {name: list(values) for name, values in query.items() if name != "version"}, where
        self.problems: list[str] = []

    def read(self, name: str, parse: Callable[[str], Any], fallback: Any) -> Any:
        """The parsed last value of `name`, or the fallback and a note."""
        given = self.query.pop(name, [])
        if not given:
            self.problems.append(f"{self.where}{name} is missing; {shown(fallback)} is used instead.")
            return fallback
        return self.parse(name, given[-1], parse, fallback)

    def parse(self, name: str, text: str, parse: Callable[[str], Any], fallback: Any) -> Any:
        """The parsed text, or the fallback and a note."""
        try:
            return parse(text)
        except ValueError as error:
            allowed = str(error).rpartition("allowed: ")[2]
            self.problems.append(
                f"{self.where}{name} is {quoted(text)}; allowed: {allowed}. {shown(fallback)} is used instead."
            )
            return fallback

    def report_unknown(self) -> None:
        """Notes what nothing asked for."""
        for name in self.query:
            self.problems.append(f"{self.where}{quoted(name)} is not a part of this experiment and was left out.")


def later_version(query: Mapping[str, Sequence[str]]) -> str | None:
    """What to say of an address of a later version, of which nothing can be known; None for any other."""
    version = "".join(query.get("version", [])[-1:])
    if not version or version in KNOWN_VERSIONS:
        return None
    sentence = f"version is {quoted(version)}; allowed: up to {VERSION}. The link is of a later version of this app"
    return f"{sentence}, so nothing of it was used."


def foremost(problems: Sequence[str]) -> list[str]:
    """The first of what was wrong with an address, and how much more there was."""
    rest = len(problems) - MOST_PROBLEMS
    return [*problems[:MOST_PROBLEMS], *([f"And {rest:,} more."] if rest > 0 else [])]


def finite_text(text: str) -> float:
    """The finite number that a text writes out."""
    return parse_number("", text)


def within(parameter: Parameter) -> Callable[[str], float]:
    """Reads a number that a parameter accepts."""
    return lambda text: in_range("", finite_text(text), parameter.accepts)


def slug_in(field: str, catalogue: Mapping, kind: type) -> Callable[[str], Any]:
    """Reads the slug of an entry."""
    return lambda text: entry(field, text, catalogue, kind)


def point_text(value: Sequence[float] | None) -> str:
    """A point as it stands in an address."""
    assert value is not None
    return "_".join(map(exact_text, value))


def parse_point(text: str) -> tuple[float, float]:
    """The point that stands in an address."""
    try:
        x, y = (finite_text(part) for part in re.split(r"[_,~ ]+", text))
    except ValueError:
        raise ValueError("allowed: two finite numbers joined by _, such as -1.5_2") from None
    return x, y


def shown(value: Any) -> str:
    """A value as a sentence says it, in the same way as an address."""
    if value is None or value == ():
        return "none"
    if isinstance(value, Entry):
        return value.slug
    if isinstance(value, tuple):
        return "_".join(map(shown, value))
    return value if isinstance(value, str) else exact_text(value)
