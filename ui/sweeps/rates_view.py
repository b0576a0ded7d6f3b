"""Loss against learning rate, of all runs; and the search for the best rate of each."""

from dataclasses import replace
from typing import Any

import streamlit as st

from experiments import Experiment, optimizer_of, with_rate
from player import run_labels, run_styles
from sweeps import BEYOND
from ui import state
from ui.browser_events import part, run_in
from ui.sweeps.mount import sweep_picture
from ui.sweeps.queries import query_of
from ui.sweeps.tuning_report import tuning_controls, tuning_report
from ui.widgets import controlled_key, edited

LOSSES = {"final": "Final loss", "best": "Best loss"}
LOSS = "sweep_loss"


def show() -> None:
    """The plot, with a handle per run; below it the search."""
    experiment = state.experiment()
    sweep_picture(
        {"kind": "rates", "query": query_of(at_usual_rates(experiment)), "objective": loss(), "runs": runs(experiment)},
        {"rate": set_rate},
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choice_of_loss()
        tuning_controls()
    tuning_report()


def runs(experiment: Experiment) -> list[dict[str, Any]]:
    """How every run is called and drawn, and its rate."""
    styles = run_styles()
    rates = (run.hyperparameters["learning_rate"] for run in experiment.runs)
    return [
        {"label": label, "rate": rate, "color": style["color"], "dash": style["dash"]}
        for label, rate, style in zip(run_labels(experiment), rates, styles, strict=False)
    ]


def at_usual_rates(experiment: Experiment) -> Experiment:
    """The experiment with rates that do not matter to a sweep at their defaults: a moved handle asks for nothing new."""
    return replace(experiment, runs=tuple(map(_at_usual_rate, experiment.runs)))


def _at_usual_rate(run):
    default, present = optimizer_of(run).hyperparameters["learning_rate"].default, run.hyperparameters["learning_rate"]
    return with_rate(run, default) if default / BEYOND <= present <= default * BEYOND else run


def set_rate(sent: Any) -> None:
    """Sets the learning rate of a run to the one that its handle was taken to."""
    state.set_hyperparameter(run_in(sent, len(state.run_ids())), "learning_rate", part(sent, "rate"))


def loss() -> str:
    """Which loss is drawn."""
    return st.session_state.setdefault(LOSS, next(iter(LOSSES)))


def choice_of_loss() -> None:
    """Final or best."""
    key = controlled_key("sweep_loss_choice", loss())

    def choose(name: str) -> None:
        st.session_state[LOSS] = name

    st.segmented_control(
        "Loss", list(LOSSES), default=loss(), required=True, key=key, format_func=lambda name: LOSSES[name], 
        label_visibility="collapsed", on_change=edited(key, choose),
    )  # fmt: skip
