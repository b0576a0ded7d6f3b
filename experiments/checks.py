"""Turning what was given into what is meant, or saying by name what was wrong with it and what is allowed."""

import reprlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np

from catalogue import NOT_NEGATIVE, POSITIVE, Entry, Parameter, finite, in_range
from landscapes import Landscape, Problem

E = TypeVar("E", bound=Entry)


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


def values(field: str, given: Mapping[str, Any], parameters: Mapping[str, Parameter]) -> Values:
    """The given numbers in the order of their declaration, the missing ones at their default.

    Each must be one that its declaration allows: outside, what is declared of a surface is not true, a schedule is not
    defined, and the number of a rule means nothing.
    """
    if not isinstance(given, Mapping):
        raise ValueError(f"{field} is {given!r}; allowed: a mapping from {_names(parameters)} to numbers")
    for name in given:
        if name not in parameters:
            raise ValueError(f"{field} has {name!r}: {given[name]!r}; allowed: {_names(parameters)}")
    return Values(
        {
            name: _value(f"{field} {name}", given[name], parameter) if name in given else parameter.default
            for name, parameter in parameters.items()
        }
    )


def _value(field: str, value: object, parameter: Parameter) -> float:
    return in_range(field, finite(field, value), parameter.accepts)


def coordinates(field: str, value: Any) -> tuple[float, ...]:
    """`value` as finite floats, one or more."""
    given = value.tolist() if isinstance(value, np.ndarray) else value
    if isinstance(given, str) or not isinstance(given, Sequence) or not given:
        raise ValueError(f"{field} is {value!r}; allowed: finite numbers, one per dimension")
    names = "xy" if len(given) == 2 else range(1, len(given) + 1)
    return tuple(finite(f"{field} {name}", number) for name, number in zip(names, given, strict=True))


def start_in(problem: Problem, field: str, value: Any) -> tuple[float, ...]:
    """`value` as a point at which the loss of `problem` is defined."""
    start = coordinates(field, value)
    if len(start) != problem.dimension:
        wanted = "two finite numbers, x and y" if problem.dimension == 2 else f"{problem.dimension} finite numbers"
        raise ValueError(f"{field} is {reprlib.repr(start)}, of dimension {len(start)}; allowed: {wanted}")
    if isinstance(problem, Landscape) and not in_domain(problem, start):
        (x_low, x_high), (y_low, y_high) = problem.domain
        raise ValueError(
            f"{field} is {start!r}; allowed: x from {x_low:g} to {x_high:g}, y from {y_low:g} to {y_high:g}"
        )
    return start


def in_domain(landscape: Landscape, position: Sequence[float]) -> bool:
    """Whether the loss is defined at a position."""
    return all(low <= value <= high for value, (low, high) in zip(position, landscape.domain, strict=True))


def positive(field: str, value: object) -> float:
    number = finite(field, value)
    if number not in POSITIVE:
        raise ValueError(f"{field} is {value!r}; allowed: {POSITIVE}, or None for no clipping")
    return number


def not_negative(field: str, value: object) -> float:
    return in_range(field, finite(field, value), NOT_NEGATIVE)


def _names(parameters: Mapping[str, Parameter]) -> str:
    return ", ".join(parameters) or "none"
