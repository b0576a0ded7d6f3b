"""What a formula in LaTeX says, as numbers: so that numbers can be held against the formula that is shown beside them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.optimize import brentq

COMMANDS: dict[str, Callable] = {
    r"\mathrm{sign}": np.sign,
    r"\mathrm{diag}": np.diag,
    r"\mathrm{clip}": np.clip,
    r"\max": np.maximum,
    r"\min": np.minimum,
}
WORDS = [
    *COMMANDS, r"\frac", r"\tfrac", r"\sqrt", r"\cdot", r"\lVert", r"\rVert", r"\ge", r"\nabla^2f", r"\nablaf", "f", "I",
    r"\begin{cases}", r"\end{cases}", r"\text{otherwise}", r"\\", "_{xy}", *"+-/^(){},|<>=&",
]  # fmt: skip
OPENING = {
    *COMMANDS, r"\frac", r"\tfrac", r"\sqrt", r"\lVert", r"\nabla^2f", r"\nablaf", "f", "I", r"\begin{cases}", "(", "{"
}  # fmt: skip
LOWEST_ALONG = re.compile(r"\\arg\\min_\{0\\le\\alpha\\le\\eta\}f\((.*)\)")
NUMBER = r"\d+(?:\.\d+)?"


def compact(latex: str) -> str:
    """Without what only spaces it out."""
    return re.sub(r"\\[,;]|\\left(?![a-z])|\\right(?![a-z])|\s+", "", latex)


def equations(formula: str) -> list[tuple[str, str]]:
    """The left and the right side of everything that `formula` equates, in any order."""
    inside = re.sub(r"\\(begin|end)\{aligned\}", "", formula)
    cases = re.findall(r"\\begin\{cases\}.*?\\end\{cases\}", inside, re.DOTALL)
    for index, text in enumerate(cases):
        inside = inside.replace(text, f"@{index}@")
    sides = [part.split("=") for line in inside.split(r"\\") for part in line.replace("&", "").split(r"\quad")]
    pairs = [(left, side[-1]) for side in sides for left in side[:-1]]
    whole = [[re.sub(r"@(\d+)@", lambda found: cases[int(found[1])], text) for text in pair] for pair in pairs]
    return [(compact(left), compact(right).rstrip(",.")) for left, right in whole]


@dataclass
class Surroundings:
    """What symbols stand for, and the loss at any place with its derivatives."""

    symbols: Mapping[str, Any]
    loss: Callable
    gradient: Callable
    hessian: Callable


def value_of(latex: str, known: Surroundings) -> np.ndarray:
    """The value of an expression.

    Raises:
      KeyError: it has a symbol that is not known.
    """
    if lowest := LOWEST_ALONG.fullmatch(compact(latex)):
        return lowest_along(lowest[1], known)
    reader = Reader(compact(latex), known)
    value = reader.sum()
    assert not reader.words, f"{latex}: what is {' '.join(reader.words)}?"
    return value


def lowest_along(place: str, known: Surroundings) -> np.ndarray:
    """The first α up to η at which the loss no longer falls along the line of places that `place` says, else η."""

    def at(size: float) -> np.ndarray:
        return value_of(place, replace(known, symbols={**known.symbols, r"\alpha": size}))

    def slope(size: float) -> float:
        return float(np.dot(known.gradient(at(size)), at(1.0) - at(0.0)))

    limit = float(known.symbols[r"\eta"])
    sizes = np.geomspace(1e-9 * limit, limit, 400)
    first = next((size for size in sizes if slope(size) >= 0), None)
    return np.asarray(limit if first is None else brentq(slope, 0.0, first, xtol=1e-300, rtol=1e-15))


class Reader:
    """Reads an expression from left to right, by the usual precedence; what stands side by side is multiplied."""

    def __init__(self, text: str, known: Surroundings) -> None:
        self.known = known
        self.symbols = {compact(latex): np.asarray(value) for latex, value in known.symbols.items()}
        words = sorted([*self.symbols, *WORDS], key=len, reverse=True)
        pattern = re.compile("|".join([*map(re.escape, words), NUMBER]))
        self.words: list[str] = []
        place = 0
        while place < len(text):
            found = pattern.match(text, place)
            if not found:
                raise KeyError(text[place:])
            self.words.append(found[0])
            place = found.end()
        self.inside_bars = False

    def next_is(self, *words: str) -> bool:
        return bool(self.words) and self.words[0] in words

    def take(self, *expected: str) -> str:
        assert not expected or self.next_is(*expected), f"{expected} expected before {' '.join(self.words)}"
        return self.words.pop(0)

    def sum(self):
        total = self.dots()
        while self.next_is("+", "-"):
            total = total + self.dots() if self.take() == "+" else total - self.dots()
        return total

    def dots(self):
        total = self.product()
        while self.next_is(r"\cdot"):
            self.take()
            other = self.product()
            total = total @ other if total.ndim and other.ndim else total * other
        return total

    def product(self):
        if self.next_is("-"):
            self.take()
            return -self.product()
        total = self.power()
        while self.next_is("/") or self.opens():
            if self.next_is("/"):
                self.take()
                total = total / self.power()
            else:
                other = self.power()
                total = total @ other if total.ndim == 2 and other.ndim else total * other
        return total

    def opens(self) -> bool:
        if not self.words:
            return False
        word = self.words[0]
        bar = word == "|" and not self.inside_bars
        return bar or word in OPENING or word in self.symbols or bool(re.fullmatch(NUMBER, word))

    def power(self):
        base = self.atom()
        while self.next_is("^"):
            self.take()
            exponent = self.braces() if self.next_is("{") else self.atom()
            base = np.linalg.inv(base) if base.ndim == 2 and exponent == -1 else base**exponent
        if self.next_is("_{xy}"):
            self.take()
            base = base[0, 1]
        return base

    def braces(self):
        self.take("{")
        value = self.sum()
        self.take("}")
        return value

    def arguments(self) -> list:
        self.take("(")
        values = [self.sum()]
        while self.next_is(","):
            self.take()
            values.append(self.sum())
        self.take(")")
        return values

    def atom(self):
        word = self.take()
        if word in self.symbols:
            return self.symbols[word]
        if re.fullmatch(NUMBER, word):
            return np.asarray(float(word))
        if word in COMMANDS:
            return COMMANDS[word](*(self.arguments() if self.next_is("(") else [self.atom()]))
        return self.structure(word)

    def structure(self, word: str):
        if word in (r"\frac", r"\tfrac"):
            return self.braces() / self.braces()
        if word == r"\sqrt":
            return np.sqrt(self.braces())
        if word == r"\begin{cases}":
            return self.cases()
        if word == "I":
            return np.eye(2)
        surface = {"f": self.known.loss, r"\nablaf": self.known.gradient, r"\nabla^2f": self.known.hessian}
        if word in surface:
            return np.asarray(surface[word](*self.arguments()))
        return self.enclosed(word)

    def enclosed(self, word: str):
        closing = {"(": ")", "{": "}", "|": "|", r"\lVert": r"\rVert"}[word]
        self.inside_bars = word == "|"
        value = self.sum()
        self.inside_bars = False
        self.take(closing)
        meaning: dict[str, Callable] = {"|": np.abs, r"\lVert": np.linalg.norm}
        return meaning.get(word, np.asarray)(value)

    def cases(self):
        values, conditions = [], []
        while not self.next_is(r"\end{cases}"):
            values.append(self.sum())
            self.take("&")
            conditions.append(self.condition())
            if self.next_is("\\\\"):
                self.take()
        self.take()
        return np.select(conditions, values)

    def condition(self):
        if self.next_is(r"\text{otherwise}"):
            self.take()
            return np.asarray(True)
        left = self.sum()
        compare = {"=": np.equal, "<": np.less, ">": np.greater, r"\ge": np.greater_equal}[self.take()]
        return np.asarray(compare(left, self.sum()))
