"""Controlled widgets: each shows a value of the experiment and hands a change to a callback, nothing in between."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from math import floor, log10
from operator import eq
from typing import Any

import streamlit as st

from catalogue import Parameter, degrees, exact_text, in_range, parse_number, quoted
from ui import state
from ui.messages import escaped

MANTISSAS = (
    1.0,
    1.1,
    1.2,
    1.3,
    1.5,
    1.6,
    1.8,
    2.0,
    2.2,
    2.5,
    2.8,
    3.0,
    3.3,
    3.6,
    4.0,
    4.5,
    5.0,
    5.6,
    6.3,
    7.0,
    8.0,
    9.0,
)
EXACT_WIDTH = 84


def controlled_key(key: str, value: object, same: Callable[[Any, Any], bool] = eq) -> str:
    """Makes the widget `key` show `value`; returns the key under which it is to be drawn now.

    A widget that shows something else is replaced by a new one, under a key of its own. Setting the old one instead
    would fight a person who is quick: what the browser reports with the next move, before it has got the new value,
    looks just like an edit back to the old one. The caller gives the value as the widget's default, too: the browser
    falls back on it if it draws the page anew.
    """
    versions = st.session_state.setdefault("widget_versions", {})
    current_key = _versioned(key, versions.get(key, 0))

    if current_key in st.session_state and not same(st.session_state[current_key], value):
        versions[key] = versions.get(key, 0) + 1
        current_key = _versioned(key, versions[key])
    return current_key


def edited(current_key: str, commit: Callable[[Any], None]) -> Callable[[], None]:
    """What a widget calls when a person moved it; one that was replaced meanwhile has nothing to say any more."""

    def changed() -> None:
        key, _, version = current_key.partition("~")
        if st.session_state.widget_versions.get(key, 0) == int(version or 0):
            state.attempt_to(lambda: commit(st.session_state[current_key]))

    return changed


def _versioned(key: str, version: int) -> str:
    return f"{key}~{version}" if version else key


@contextmanager
def row() -> Iterator[None]:
    """Widgets beside one another, their fields on one line; below them, what was wrong with what was typed into one."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", wrap=False):
        yield
    if problem := st.session_state.pop("problem_in_row", None):
        st.warning(escaped(problem))


def parameter(
    name: str, key: str, value: float, declared: Parameter, commit: Callable[[float], None], *, named: bool = True
) -> None:
    """A slider and, beside it, the exact number; a menu for what stands for a choice.

    With `named=False` the name of the slider is there for assistive technology alone.
    """
    label = f"{name} ${declared.symbol}$"
    if declared.degrees:
        in_degrees = declared.as_seen
        parameter(name, key, degrees(value), in_degrees, lambda angle: commit(_as_radians(name, angle, in_degrees)))
        return
    if declared.options:
        menu(label, f"{key}_menu", value, declared, commit)
        return
    with row():
        if declared.log or declared.forgets:
            options = (log_options if declared.log else memory_options)(declared.low, declared.high, value)
            log_slider(label, f"{key}_slider", value, options, commit, declared.help, named)
        else:
            linear_slider(label, f"{key}_slider", value, declared, commit, named)
        number(name, f"{key}_exact", value, commit, hidden=True)


def _as_radians(name: str, angle: float, in_degrees: Parameter) -> float:
    """An angle in degrees as the surface takes it; what lies outside is named in degrees."""
    return math.radians(in_range(name, angle, in_degrees.accepts))


def menu(label: str, key: str, value: float, declared: Parameter, commit: Callable[[float], None]) -> None:
    """The options that a number stands for."""
    drawn = controlled_key(key, int(value))
    st.selectbox(
        label, range(len(declared.options)), int(value), key=drawn, help=declared.help,
        format_func=lambda index: f"{index}: {declared.options[index]}",
        on_change=edited(drawn, lambda index: commit(float(index))),
    )  # fmt: skip


def log_slider(
    label: str, key: str, value: float, options: tuple[float, ...], commit: Callable[[float], None], help: str,
    named: bool = True,
) -> None:  # fmt: skip
    """A slider over round numbers, spaced by factors, with the present value among them."""
    current_key = controlled_key(key, value)
    st.select_slider(
        label, options, value, key=current_key, format_func=short, help=help, on_change=edited(current_key, commit),
        label_visibility="visible" if named else "collapsed",
    )  # fmt: skip


def linear_slider(
    label: str, key: str, value: float, declared: Parameter, commit: Callable[[float], None], named: bool = True
) -> None:
    """A plain slider; its range grows to hold a value that was typed outside it."""
    low, high = min(declared.low, value), max(declared.high, value)
    step = 10.0 ** floor(log10((high - low) / 100)) if high > low else 0.01
    current_key = controlled_key(key, value)
    st.slider(
        label,
        low,
        high,
        value,
        step=step,
        key=current_key,
        format="%.4g",
        help=declared.help,
        on_change=edited(current_key, commit),
        label_visibility="visible" if named else "collapsed",
    )


def number(
    label: str, key: str, value: float, commit: Callable[[Any], None], *, hidden: bool = False, help: str | None = None,
) -> None:  # fmt: skip
    """A number to type, in a row, shown exactly. What is not a number changes nothing, and the row says so."""
    text = exact_text(value)
    current_key = controlled_key(key, text, _same_number)

    def read(typed: str) -> None:
        name = label.replace("$", "")
        state.attempt_to(lambda: commit(parse_number(name, typed)))
        state.report_at_field(key, lambda problem: in_words_of(name, typed, problem))

    if problem := state.problem_at(key):
        st.session_state.problem_in_row = problem
    st.text_input(
        label, text, key=current_key, help=help, label_visibility="collapsed" if hidden else "visible", autocomplete="off",
        on_change=edited(current_key, read), width=EXACT_WIDTH if hidden else "stretch",
    )  # fmt: skip


def in_words_of(label: str, typed: str, problem: str) -> str:
    """A problem that names what it is about as the person sees it, and what they typed."""
    if problem.lower().startswith(f"{label.lower()} is ") or "allowed: " not in problem:
        return problem
    return f"{label} is {quoted(typed)}; allowed: {problem.partition('allowed: ')[2]}"


def _same_number(typed: str, shown: str) -> bool:
    """Whether what was typed may stay as it is: 0.010 is 0.01."""
    try:
        return parse_number("", typed) == float(shown)
    except ValueError:
        return False


def short(value: float) -> str:
    """A number as a slider shows it."""
    return f"{value:.5g}"


@lru_cache(maxsize=256)
def log_options(low: float, high: float, value: float, zero: bool = False) -> tuple[float, ...]:
    """Round numbers from `low` to `high`, about 22 per decade, and `value` itself."""
    decades = range(floor(log10(low)), floor(log10(high)) + 1)
    rounds = {float(f"{mantissa:g}e{decade}") for decade in decades for mantissa in MANTISSAS}
    return tuple(sorted({number for number in rounds if low <= number <= high} | {value} | ({0.0} if zero else set())))


@lru_cache(maxsize=256)
def memory_options(low: float, high: float, value: float) -> tuple[float, ...]:
    """Factors of forgetting from `low` to `high`, spaced by what each step forgets of the past, and `value` itself."""
    decades = range(floor(log10(1 - high)), 1)
    forgotten = {mantissa * 10.0**decade for decade in decades for mantissa in (1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9)}
    memories = {round(1 - share, 9) for share in forgotten if 1 - high <= share <= 1 - low}
    return tuple(sorted({low, high, value} | {memory for memory in memories if short(memory) != short(value)}))
