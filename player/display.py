"""How an experiment is shown, beside what it is: what a teacher hides, locks or has wait. It is a part of the link, too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue import quoted

JOINED = "~"
ON = "1"
HIDEABLE = {
    "minima": "the minima and saddles on the contour",
    "start": "the start",
    "details": "steps, numbers of the surface, noise and lessons",
    "optimizers": "the choice of optimizers",
    "rates": "the learning rates",
    "schedules": "schedules and other numbers of a run",
    "export": "export and share",
}
OPTIONS = ("hide", "lock", "paused", "present")


@dataclass(frozen=True)
class Display:
    """How an experiment is shown.

    Attributes:
      hidden: what is left out, names of HIDEABLE.
      locked: whether the landscape can't be changed.
      paused: whether it waits at its start until somebody plays it.
      present: whether it opens in presenter mode.
    """

    hidden: frozenset[str] = frozenset()
    locked: bool = False
    paused: bool = False
    present: bool = False

    def shows(self, name: str) -> bool:
        """Whether the part of the page with that name, one of HIDEABLE, is there."""
        return name not in self.hidden


def display_to_query(display: Display) -> dict[str, list[str]]:
    """What the link says of how it is shown; nothing of what is as usual."""
    query = {"hide": JOINED.join(name for name in HIDEABLE if name in display.hidden)}
    query["lock"] = "landscape" if display.locked else ""
    query |= {name: ON if getattr(display, name) else "" for name in ("paused", "present")}
    return {name: [text] for name, text in query.items() if text}


def display_from_query(query: Mapping[str, Sequence[str]]) -> tuple[Display, tuple[str, ...]]:
    """How the link with that query is shown, and a sentence for every part that is wrong, which is left out."""
    given = {name: query[name][-1] for name in OPTIONS if query.get(name)}
    problems = []
    names = [name for name in given.get("hide", "").split(JOINED) if name]
    problems += [
        f"hide is {quoted(name)}; allowed: {', '.join(HIDEABLE)}. It is left out."
        for name in names
        if name not in HIDEABLE
    ]
    allowed = {"lock": "landscape", "paused": ON, "present": ON}
    for name, text in allowed.items():
        if given.get(name, text) not in (text, "", "0"):
            problems.append(f"{name} is {quoted(given[name])}; allowed: {text}. It is left out.")
    on = {name: given.get(name) == text for name, text in allowed.items()}
    hidden = frozenset(names) & frozenset(HIDEABLE)
    return Display(hidden, on["lock"], on["paused"], on["present"]), tuple(problems)
