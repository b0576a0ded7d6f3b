"""The controls of what gradients are clipped to."""

from dataclasses import dataclass, replace

import streamlit as st

from catalogue import POSITIVE, Parameter
from experiments import Run
from ui import state
from ui.widgets import controlled_key, edited, parameter


@dataclass(frozen=True)
class Clipping:
    """A way to clip: the field of `Run` that holds its limit, and the key and the words of its controls."""

    field: str
    key: str
    toggle: str
    help: str
    name: str
    limit: Parameter


NORM = Parameter(
    default=1.0,
    low=0.01,
    high=1000.0,
    symbol="c",
    log=True,
    allowed=POSITIVE,
    help="The longest gradient that passes.",
)
WAYS = (
    Clipping(
        "clip_norm",
        "clips",
        "Clip gradients",
        "Scales longer gradients down to this norm; short ones pass unchanged.",
        "Norm",
        NORM,
    ),
    Clipping(
        "clip_value",
        "clips_components",
        "Clip components",
        "Cuts larger components of a gradient to this size, which turns it as well; the norm is clipped after that.",
        "Size",
        replace(NORM, help="The largest component that passes."),
    ),
)


def clip_controls(index: int, run: Run, key: str) -> None:
    """Clipping by norm and by value: each off, or at a limit."""
    for way in WAYS:
        limit = getattr(run, way.field)
        toggle_key = controlled_key(f"{key}_{way.key}", limit is not None)
        st.toggle(
            way.toggle, limit is not None, key=toggle_key, help=way.help,
            on_change=edited(toggle_key, _toggle_commit(index, way)),
        )  # fmt: skip
        if limit is not None:
            parameter(way.name, f"{key}_{way.field}", limit, way.limit, _limit_commit(index, way))


def _toggle_commit(index: int, way: Clipping):
    return lambda clips: state.set_run(index, **{way.field: way.limit.default if clips else None})


def _limit_commit(index: int, way: Clipping):
    return lambda value: state.set_run(index, **{way.field: value})
