"""Two numbers of one run against each other."""

from dataclasses import replace
from typing import Any

import streamlit as st

from catalogue import in_range
from experiments import Experiment
from player import run_labels
from sweeps import adjustable, usual_axes
from ui import state
from ui.browser_events import point_in
from ui.sweeps.choices import UP, choice_of_run, chosen_run, menu
from ui.sweeps.documents import in_words, present_value
from ui.sweeps.mount import sweep_picture
from ui.sweeps.queries import query_of
from ui.sweeps.rates_view import runs

NOTE = "Each cell is a run: the lighter, the lower it ends. Striped: it ends no lower than it began."


def show() -> None:
    """The map, and what stands along its sides."""
    with st.container(horizontal=True):
        run = choice_of_run()
        experiment, up = state.experiment(), chosen_up(run)
        names = [name for name in adjustable(experiment, experiment.runs[run]) if name != "learning_rate"]
        menu("Against the learning rate", "sweep_up", up, {name: in_words(name) for name in names}, choose_up)
    rate = experiment.runs[run].hyperparameters["learning_rate"]
    sweep_picture(
        {
            "kind": "stability", "query": query_of(experiment), "about": {"of": str(run), "up": up}, "small": False,
            "label": f"Stability of {run_labels(experiment)[run]}", "action": "sets both numbers",
            "names": ["learning rate", in_words(up)], "present": [rate, present_value(experiment, run, up)],
            "note": NOTE, "runs": runs(experiment),
        },
        {"cell": take_cell},
    )  # fmt: skip


def chosen_up(run: int) -> str:
    """The number that goes upwards: as the address has it, else the rule's next one."""
    experiment, asked = state.experiment(), state.view_option(UP)
    known = adjustable(experiment, experiment.runs[run])
    usual = usual_axes(experiment, experiment.runs[run])[1].name
    return asked if asked is not None and asked in known and asked != "learning_rate" else usual


def choose_up(name: str) -> None:
    """Sets another number against the learning rate."""
    state.set_view_option(UP, name)


def take_cell(sent: Any) -> None:
    """Sets the two numbers of the run to those of the cell that was clicked, and plays it."""
    rate, value = point_in(sent)
    run = chosen_run()
    changed = with_number(state.experiment(), run, "learning_rate", rate)
    state.new_scene()
    state.change(with_number(changed, run, chosen_up(run), value))


def with_number(experiment: Experiment, run: int, name: str, value: float) -> Experiment:
    """The experiment with another number of one run's rule, of the surface, or of the noise."""
    in_range(in_words(name), value, adjustable(experiment, experiment.runs[run])[name].accepts)
    if name in experiment.landscape_parameters:
        return replace(experiment, landscape_parameters={**experiment.landscape_parameters, name: value})
    if name == "noise":
        return replace(experiment, noise=value)
    chosen = experiment.runs[run]
    changed = replace(chosen, hyperparameters={**chosen.hyperparameters, name: value})
    return replace(experiment, runs=(*experiment.runs[:run], changed, *experiment.runs[run + 1 :]))
