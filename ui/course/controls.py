"""What a lesson asks to change, as widgets."""

import streamlit as st

from experiments import landscape_of
from lessons import Choice, Control, Number
from ui import state
from ui.controls import batch_control, seed_control
from ui.widgets import controlled_key, edited, parameter


def show_control(control: Control, key: str) -> None:
    """One number or choice, under the name that the lesson gives it."""
    if isinstance(control, Choice):
        choice(control, key)
    elif control.field == "seed":
        seed_control()
    elif control.field == "batch_size":
        batch_control(len(landscape_of(state.experiment()).training or ()))
    else:
        slider(control, key)


def slider(control: Number, key: str) -> None:
    """A slider, and beside it the exact number."""
    experiment = state.experiment()
    parameter(
        control.name, key, float(control.value(experiment)), control.declared(experiment),
        lambda value: state.attempt(lambda: control.changed(state.experiment(), value)),
    )  # fmt: skip


def choice(control: Choice, key: str) -> None:
    """One of several experiments; the runs of the one that is chosen count as new."""
    options = list(control.options)
    shown = control.value(state.experiment())
    drawn = controlled_key(key, shown)

    def chosen(option: str) -> None:
        state.show(control.changed(state.experiment(), option))

    st.selectbox(
        control.name, options, options.index(shown) if shown else None, key=drawn, on_change=edited(drawn, chosen)
    )
