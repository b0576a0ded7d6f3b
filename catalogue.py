"""What every catalogue shares: an adjustable number, checks of numbers, an entry, and how entries are found."""

import importlib
import math
import pkgutil
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from numbers import Integral, Real
from types import MappingProxyType, ModuleType

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
LONGEST_QUOTE = 40
DECIMAL_POINT = "a decimal is written with a point, as in 0.5"


@dataclass(frozen=True)
class Allowed:
    """The finite numbers from `low` to `high` in which something means anything; an open end is not one of them.

    With `whole`, only whole numbers are. As text it says so in words, to stand after "allowed:".
    """

    low: float = -math.inf
    high: float = math.inf
    low_is_open: bool = False
    high_is_open: bool = False
    whole: bool = False

    def __contains__(self, number: float) -> bool:
        above = number > self.low if self.low_is_open else number >= self.low
        below = number < self.high if self.high_is_open else number <= self.high
        return above and below and math.isfinite(number) and (not self.whole or number == int(number))

    def __str__(self) -> str:
        if math.isinf(self.low) and math.isinf(self.high):
            return "a finite number"
        if math.isinf(self.high):
            return f"a finite number {f'above {self.low:g}' if self.low_is_open else f'from {self.low:g} up'}"
        if not self.low_is_open and not self.high_is_open:
            return f"a {'whole ' if self.whole else ''}number from {self.low:g} to {self.high:g}"
        low, high = "above" if self.low_is_open else "of at least", "below" if self.high_is_open else "at most"
        return f"a number {low} {self.low:g} and {high} {self.high:g}"


FINITE = Allowed()
POSITIVE = Allowed(0.0, low_is_open=True)
NOT_NEGATIVE = Allowed(0.0)
SHARE = Allowed(0.0, 1.0)
BELOW_ONE = Allowed(0.0, 1.0, high_is_open=True)


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One adjustable number: what it starts at, how far its slider goes, and what it does.

    Args:
      default: the value before anybody touches it.
      low, high: the ends of its slider.
      allowed: the numbers in which it means anything, of which nothing outside is accepted; None for those of its slider.
      symbol: LaTeX, as in the formula of the entry that declares it.
      log: whether the slider is spaced logarithmically.
      forgets: whether it is a factor of forgetting, from 0 to just under 1, whose slider is spaced by how far it looks
        back: 0.9, 0.99 and 0.999 are equally far apart.
      help: one sentence for a student.
      degrees: whether it is an angle in radians that a person sees and sets in degrees.
      options: of a number that stands for a choice, what 0, 1 and so on mean, in a few words each.

    Raises:
      ValueError: the range is empty, the default lies outside it, or a logarithmic one reaches zero.
    """

    default: float
    low: float
    high: float
    symbol: str
    log: bool = False
    forgets: bool = False
    degrees: bool = False
    help: str = ""
    allowed: Allowed | None = None
    options: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not all(map(math.isfinite, (self.low, self.default, self.high))):
            raise ValueError(f"parameter {self.symbol}: low, default and high must be finite")
        if not self.low <= self.default <= self.high:
            raise ValueError(f"parameter {self.symbol}: default {self.default} is outside {self.low} to {self.high}")
        if self.log and self.low <= 0:
            raise ValueError(f"parameter {self.symbol}: a logarithmic range must start above 0, not at {self.low}")
        if self.forgets and not (self.low == 0 and self.high < 1 and not self.log):
            raise ValueError(f"parameter {self.symbol}: a factor of forgetting must lie between 0 and just under 1")
        if self.low not in self.accepts or self.high not in self.accepts:
            raise ValueError(f"parameter {self.symbol}: its slider leaves what is allowed, {self.accepts}")

    @property
    def accepts(self) -> Allowed:
        """The numbers that are accepted."""
        return Allowed(self.low, self.high) if self.allowed is None else self.allowed

    @property
    def as_seen(self) -> "Parameter":
        """The same in the unit in which a person sees and sets it."""
        if not self.degrees:
            return self
        default, low, high = map(degrees, (self.default, self.low, self.high))
        return replace(self, degrees=False, default=default, low=low, high=high)


def degrees(angle: float) -> float:
    """An angle in radians as a person reads it."""
    return round(math.degrees(angle), 6)


def choice(*options: str, symbol: str, help: str) -> Parameter:
    """A number that stands for one of `options`, 0 for the first, which is the default."""
    last = len(options) - 1.0
    allowed = Allowed(0.0, last, whole=True)
    return Parameter(default=0.0, low=0.0, high=last, symbol=symbol, help=help, allowed=allowed, options=options)


@dataclass(frozen=True, kw_only=True, eq=False)
class Entry:
    """What can stand in a catalogue. Two entries are equal only if they are the same declaration."""

    slug: str
    label: str


def discover(package: ModuleType | str) -> Mapping[str, Entry]:
    """Imports every module of `package` whose name has no leading underscore and returns its entries by slug.

    Adding an entry to a catalogue is therefore adding a file, and nothing else.

    Raises:
      ValueError: a module declares no entry, or a slug is used twice; the message names the modules.
    """
    if isinstance(package, str):
        package = importlib.import_module(package)
    entries: dict[str, Entry] = {}
    homes: dict[str, str] = {}
    for module_info in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
        if module_info.name.startswith("_"):
            continue
        name = f"{package.__name__}.{module_info.name}"
        declared = [value for value in vars(importlib.import_module(name)).values() if isinstance(value, Entry)]
        if not declared:
            raise ValueError(f"{name} declares no catalogue entry")
        for entry in declared:
            if entry.slug in entries:
                raise ValueError(f"slug {entry.slug!r} is used twice: in {homes[entry.slug]} and in {name}")
            entries[entry.slug], homes[entry.slug] = entry, name
    return MappingProxyType(entries)


def in_range(field: str, number: float, allowed: Allowed) -> float:
    """`number`, if it is allowed; raises ValueError naming `field` otherwise."""
    if number not in allowed:
        raise ValueError(f"{field} is {number!r}; allowed: {allowed}")
    return number


def finite(field: str, value: object) -> float:
    """`value` as a float; raises ValueError naming `field` if it is not a finite number."""
    try:
        number = math.nan if isinstance(value, bool) or not isinstance(value, Real) else float(value)
    except OverflowError:  # a whole number of more than 300 digits
        number = math.inf
    if not math.isfinite(number):
        raise ValueError(f"{field} is {value!r}; allowed: a finite number")
    return number


def parse_number(field: str, text: str) -> float:
    """The finite number that `text` writes out in plain digits, such as 0.05, -3 or 1e-4."""
    number = float(text) if NUMBER.fullmatch(text.strip()) else math.nan
    if not math.isfinite(number):
        hint = f"; {DECIMAL_POINT}" if "," in text else ""
        raise ValueError(f"{field} is {quoted(text)}; allowed: a finite number{hint}")
    return number


def parse_whole(field: str, text: str, low: int, high: int) -> int:
    """The whole number from `low` to `high` that `text` writes out."""
    number = float(text) if NUMBER.fullmatch(text.strip()) else math.nan
    if not (low <= number <= high and number == int(number)):
        raise ValueError(f"{field} is {quoted(text)}; allowed: a whole number from {low} to {high}")
    return int(number)


def exact_text(value: float) -> str:
    """The shortest text that reads back as the same number."""
    return repr(value).removesuffix(".0")


def quoted(text: str) -> str:
    """What somebody typed, shortened, between quotation marks."""
    return f"“{text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + '…'}”"


def whole(field: str, value: object, low: int, high: int) -> int:
    """`value` as an int from `low` to `high`; raises ValueError naming `field` otherwise."""
    if isinstance(value, bool) or not isinstance(value, Integral) or not low <= int(value) <= high:
        raise ValueError(f"{field} is {value!r}; allowed: a whole number from {low} to {high}")
    return int(value)
