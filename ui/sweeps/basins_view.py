"""Basins of attraction: the view as a map of starts."""

from dataclasses import replace
from typing import Any

from experiments import landscape_of, optimizer_of
from player import run_labels
from sweeps import BEYOND
from ui import state
from ui.browser_events import point_in
from ui.sweeps.choices import choose_run, chosen_run
from ui.sweeps.mount import sweep_picture
from ui.sweeps.queries import query_of
from ui.sweeps.rates_view import runs, set_rate

NOTE = "Each point is a start, in the colour of its minimum: the darker, the later. Grey: at none in the end. Striped: lost."


def show() -> None:
    """The map of one run, its learning rate, and a small map per run."""
    experiment, run = state.experiment(), chosen_run()
    chosen = experiment.runs[run]
    rate, default = (
        chosen.hyperparameters["learning_rate"],
        optimizer_of(chosen).hyperparameters["learning_rate"].default,
    )
    # Starts do not matter to a map of all starts: another one asks for nothing new.
    everywhere = replace(
        experiment,
        start=landscape_of(experiment).starts[0],
        runs=tuple(replace(one, start=None) for one in experiment.runs),
    )
    sweep_picture(
        {
            "kind": "basins", "query": query_of(everywhere), "about": {"of": str(run)}, "small": True, "names": ["x", "y"],
            "label": f"Basins of {run_labels(experiment)[run]}", "action": "starts all runs there",
            "present": chosen.start or experiment.start, "runs": runs(experiment),
            "note": NOTE, "rate": rate, "rates": [min(rate, default / BEYOND), max(rate, default * BEYOND)],
        },
        {"cell": start_at, "rate": set_rate, "run": choose},
    )  # fmt: skip


def start_at(sent: Any) -> None:
    """All runs start where the map was clicked, and are played from there."""
    state.new_scene()
    state.start_all_at(point_in(sent))


def choose(sent: Any) -> None:
    """Shows the map of another run."""
    choose_run(sent if isinstance(sent, int) and 0 <= sent < len(state.run_ids()) else 0)
