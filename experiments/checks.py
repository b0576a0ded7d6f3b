"""Turning what was given into what is meant, or saying by name what was wrong with it and what is allowed."""

import math
import re
from collections.abc import Mapping
from numbers import Integral, Real
from types import MappingProxyType
from typing import Any, TypeVar

from catalogue import Entry, Parameter
from landscapes import Landscape

E = TypeVar("E", bound=Entry)
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
LONGEST_QUOTE = 40


class Values(Mapping[str, float]):
    """Numbers by name: a mapping that can't change, and that can be hashed and compared."""

    def __init__(self, items: Mapping[str, float]) -> None:
        self._items = MappingProxyType(dict(items))

    def __getitem__(self, name: str) -> float:
        return self._items[name]

    def __iter__(self):
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(tuple(self._items.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and dict(self._items) == dict(other)

    def __repr__(self) -> str:
        return repr(dict(self._items))


def entry(field: str, value: object, catalogue: Mapping[str, E], kind: type[E]) -> E:
    """The declaration that `value`, a slug or a declaration, stands for."""
    if isinstance(value, kind):
        return value
    if isinstance(value, str) and value in catalogue:
        return catalogue[value]
    raise ValueError(f"{field} is {value!r}; allowed: {', '.join(catalogue)}")


def values(field: str, given: Mapping[str, Any], parameters: Mapping[str, Parameter], bounded: bool = False) -> Values:
    """The given numbers in the order of their declaration, the missing ones at their default.

    With `bounded`, a number must lie in its declared range: outside it, what is declared of a surface is not true and
    a schedule is not defined. A rule may be given any finite number: what comes of it is worth seeing.
    """
    if not isinstance(given, Mapping):
        raise ValueError(f"{field} is {given!r}; allowed: a mapping from {_names(parameters)} to numbers")
    for name in given:
        if name not in parameters:
            raise ValueError(f"{field} has {name!r}: {given[name]!r}; allowed: {_names(parameters)}")
    return Values(
        {
            name: _value(f"{field} {name}", given[name], parameter, bounded) if name in given else parameter.default
            for name, parameter in parameters.items()
        }
    )


def _value(field: str, value: object, parameter: Parameter, bounded: bool) -> float:
    return in_range(field, finite(field, value), parameter) if bounded else finite(field, value)


def in_range(field: str, number: float, parameter: Parameter) -> float:
    """`number`, if it lies in the range of `parameter`; raises ValueError naming `field` otherwise."""
    if not parameter.low <= number <= parameter.high:
        raise ValueError(f"{field} is {number!r}; allowed: a number from {parameter.low:g} to {parameter.high:g}")
    return number


def finite(field: str, value: object) -> float:
    """`value` as a float; raises ValueError naming `field` if it is not a finite number."""
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
        raise ValueError(f"{field} is {value!r}; allowed: a finite number")
    return float(value)


def parse_number(field: str, text: str) -> float:
    """The finite number that `text` writes out in plain digits, such as 0.05, -3 or 1e-4."""
    number = float(text) if NUMBER.fullmatch(text.strip()) else math.nan
    if not math.isfinite(number):
        raise ValueError(f"{field} is {quoted(text)}; allowed: a finite number")
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


def point(field: str, value: Any) -> tuple[float, float]:
    """`value` as a pair of finite floats."""
    if isinstance(value, str) or not hasattr(value, "__len__") or len(value) != 2:
        raise ValueError(f"{field} is {value!r}; allowed: two finite numbers, x and y")
    return finite(f"{field} x", value[0]), finite(f"{field} y", value[1])


def start_in(landscape: Landscape, field: str, value: Any) -> tuple[float, float]:
    """`value` as a point at which the loss of `landscape` is defined."""
    x, y = point(field, value)
    (x_low, x_high), (y_low, y_high) = landscape.domain
    if not in_domain(landscape, (x, y)):
        raise ValueError(
            f"{field} is {(x, y)!r}; allowed: x from {x_low:g} to {x_high:g}, y from {y_low:g} to {y_high:g}"
        )
    return x, y


def in_domain(landscape: Landscape, position: tuple[float, float]) -> bool:
    """Whether the loss is defined at a position."""
    return all(low <= value <= high for value, (low, high) in zip(position, landscape.domain, strict=True))


def positive(field: str, value: object) -> float:
    number = finite(field, value)
    if number <= 0:
        raise ValueError(f"{field} is {value!r}; allowed: a finite number above 0, or None for no clipping")
    return number


def not_negative(field: str, value: object) -> float:
    number = finite(field, value)
    if number < 0:
        raise ValueError(f"{field} is {value!r}; allowed: a finite number from 0 up")
    return number


def _names(parameters: Mapping[str, Parameter]) -> str:
    return ", ".join(parameters) or "none"
