"""What is chosen on the page beside the experiment: which picture, of which run. It stands in the address, too."""

from collections.abc import Callable, Mapping

import streamlit as st

from player import run_labels
from ui import state
from ui.widgets import controlled_key, edited

VIEW, RUN, UP = "sweep", "of", "up"


def choice_of_view(labels: Mapping[str, str]) -> str:
    """The picture that is shown, chosen from `labels`; the first where the address names none."""
    first = next(iter(labels))
    asked = state.view_option(VIEW)
    shown = asked if asked is not None and asked in labels else first
    key = controlled_key("sweep_view", shown)

    def choose(slug: str) -> None:
        state.set_view_option(VIEW, None if slug == first else slug)

    st.segmented_control(
        "Picture", list(labels), default=shown, required=True, key=key, format_func=lambda slug: labels[slug],
        label_visibility="collapsed", on_change=edited(key, choose),
    )  # fmt: skip
    return shown


def chosen_run() -> int:
    """The run of which the picture is; the first where the address names none that there is."""
    asked = state.view_option(RUN) or ""
    runs = len(state.experiment().runs)
    return int(asked) if asked.isdecimal() and len(asked) < 4 and int(asked) < runs else 0


def choose_run(run: int) -> None:
    """Shows the picture of another run."""
    state.set_view_option(RUN, str(run) if run else None)


def choice_of_run() -> int:
    """A menu of the runs, where there are several."""
    run, labels = chosen_run(), run_labels(state.experiment())
    if len(labels) > 1:
        menu("Run", "sweep_run", run, dict(enumerate(labels)), choose_run)
    return run


def menu(label: str, key: str, shown, labels: Mapping, commit: Callable) -> None:
    """A menu that shows one of `labels` and hands on what is chosen."""
    drawn, options = controlled_key(key, shown), list(labels)
    st.selectbox(
        label, options, options.index(shown), key=drawn, format_func=lambda option: labels[option],
        on_change=edited(drawn, commit),
    )  # fmt: skip
