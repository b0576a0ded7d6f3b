"""What the two variables are called: x and y; x1 and x2, w1 and w2, θ0 and θ1; or as in f(w, b) = … before the formula."""

import re
from collections.abc import Mapping

from formulas.functions import CONSTANTS, FUNCTIONS
from formulas.refusals import FormulaError

LETTER = r"A-Za-z\u0370-\u03ff"
NAME = rf"(?:\\theta|theta|[{LETTER}]+)(?:_\{{[0-9]\}}|_?[0-9]|[\u2080-\u2089])?"
LIST = rf"\s*{NAME}(?:\s*,\s*{NAME})*\s*"
# f(x, y) = …, z = …, = …, lambda x, y: …, @(x, y) …, (x, y) => …, f = lambda x, y: …, def f(x, y): return …
HEADING = re.compile(
    rf"""\s*\$*\s*(?:
        (?:def\s+)?(?P<name>{NAME})\s*(?:\\left)?\((?P<given>{LIST})(?:\\right)?\)\s*(?::?=(?!=)|:\s*return\b)
      | (?:(?:const\s|let\s|var\s)?\s*{NAME}\s*(?::?=|<-|:)\s*)?
        (?:lambda\s(?P<lambda>{LIST}): | (?:@|function)\s*\((?P<handle>{LIST})\)
          | \(?(?P<arrow>{LIST})\)?\s*(?:=>|->|→|↦|\\mapsto))
      | (?:(?P<bare>{NAME})\s*)?:?=(?!=)
      | return\b
    )""",
    re.VERBOSE,
)
INDEXED = re.compile(rf"(\\?theta|[{LETTER}])(?:_\{{([0-9])\}}|_?([0-9])(?![0-9])|([\u2080-\u2089]))")
FAMILIES = ("x", "w", "θ")


def heading(text: str) -> tuple[int, tuple[str, ...]]:
    """Where the formula begins after what is said first, and the names of its variables, if they are given there."""
    found = HEADING.match(text)
    if not found or found["bare"] in ("x", "y") or found["name"] in FUNCTIONS:
        return 0, ()
    listed = found["given"] or found["lambda"] or found["handle"] or found["arrow"]
    names = tuple(map(plain, listed.split(","))) if listed else ()
    at = text.index(listed) if listed else 0
    if len(set(names)) != len(names) or len(names) > 2 or set(names) & {*CONSTANTS, *FUNCTIONS}:
        raise FormulaError(
            f"“{listed.strip()}” can't be the variables; allowed: two different names, as in (x, y)", at + 1
        )
    return found.end(), () if set(names) <= {"x", "y"} else names


def plain(name: str) -> str:
    """A name without what only makes it look nicer: x1 for x_1, x_{1} and x₁."""
    name = re.sub(r"[\\_{}\s]", "", name).lower().replace("theta", "θ")
    return "".join(str(ord(sign) - 0x2080) if 0x2080 <= ord(sign) <= 0x2089 else sign for sign in name)


def meanings(used: Mapping[str, int], declared: tuple[str, ...]) -> dict[str, str]:
    """Which of x and y each name stands for.

    Args:
      used: the names in the formula, and where each is first.
      declared: the names given before the formula, if any.

    Raises:
      FormulaError: they are more than two, or x and y stand beside others.
    """
    if declared:
        return dict(zip(declared, "xy", strict=False))
    numbered = sorted(name for name in used if name not in ("x", "y"))
    if not numbered:
        return {"x": "x", "y": "y"}
    first = 0 if any(name.endswith("0") for name in numbered) else 1
    found = {f"{numbered[0][:-1]}{first}": "x", f"{numbered[0][:-1]}{first + 1}": "y"}
    stranger = next((name for name in used if name not in found), None)
    if stranger is not None:
        odd = stranger if stranger in numbered else numbered[0]
        base, number = odd[:-1], odd[-1]
        raise FormulaError(
            f"“{odd}” beside other names can be read in several ways; allowed: x and y, or {base}1 and {base}2 alone; "
            f"{base}^{number} or {base}*{number} for a power or a product",
            used[odd] + 1,
        )
    return found
