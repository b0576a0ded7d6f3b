"""Tune all: every run at its best rate, and what the search found, in a table."""

import streamlit as st

from experiments import Experiment, landscape_of
from player import run_labels
from sweeps import CANDIDATES, OBJECTIVES, Tuned, Tuning, tuning
from ui import state
from ui.messages import escaped
from ui.sweeps.choices import menu
from ui.sweeps.documents import brief, in_words

OBJECTIVE, ALSO, REPORT = "tuning_objective", "tuning_also", "tuning_report"
NOTHING = ""
OF_OBJECTIVE = {"final loss": "Final loss", "best loss": "Best loss", "steps": "Steps to 1 % of the start's height"}
HELP = (
    "Searches the learning rate of every run, with as many candidates for each, on this surface, from this start, within "
    "these steps. Undo brings back what was there."
)


def tuning_controls() -> None:
    """What to search for, the button that begins the search, and the one that takes it back."""
    objective, also = st.session_state.setdefault(OBJECTIVE, OBJECTIVES[0]), searched_too()
    with st.popover("Search", icon=":material/tune:"):
        menu("Objective", "tuning_objective_menu", objective, OF_OBJECTIVE, lambda name: _keep(OBJECTIVE, name))
        names = {NOTHING: "only the learning rate", **{name: in_words(name) for name in tunable(state.experiment())}}
        menu("Search, too", "tuning_also_menu", also, names, lambda name: _keep(ALSO, name))
    begun = st.button("Tune all", icon=":material/target:", key="tune_all", help=HELP)
    st.button("Undo", icon=":material/undo:", key="undo_tuning", disabled=not state.can_undo(), on_click=state.undo)
    if begun:
        with st.spinner("Searching the best rate of every run …"):
            tune_all(objective, also)
        st.rerun()


def tune_all(objective: str, also: str) -> None:
    """Replaces the experiment by the tuned one, and keeps what was found."""
    found = tuning(state.experiment(), objective, (also,) if also else ())
    st.session_state[REPORT] = found
    state.change(found.experiment)


def searched_too() -> str:
    """The name of the numbers that are searched beside the rate, if a run has it."""
    also = st.session_state.setdefault(ALSO, NOTHING)
    return also if also in tunable(state.experiment()) else NOTHING


def tunable(experiment: Experiment) -> list[str]:
    """The names of all numbers of the rules on the page, besides the rate."""
    return sorted({name for run in experiment.runs for name in run.hyperparameters} - {"learning_rate"})


def tuning_report() -> None:
    """What the last search found, as long as its experiment is on the page."""
    found: Tuning | None = st.session_state.get(REPORT)
    if found is None or found.experiment != state.experiment():
        return
    st.markdown(table(found))


def table(found: Tuning) -> str:
    """The search in Markdown: per run the rate, what it brought, how far it may be off, and where else it wins."""
    name = OF_OBJECTIVE[found.objective]
    several = found.starts > 1 and len(found.runs) > 1
    head = ["Run", "Best rate", f"{name}: before", "after", "As good from … to", *(["Best from"] if several else [])]
    labels = run_labels(found.experiment)
    rows = [row(label, run, found.starts if several else 0) for label, run in zip(labels, found.runs, strict=True)]
    lines = [head, ["---"] * len(head), *rows]
    said = f"Searched: {2 * CANDIDATES} candidates per run, on {landscape_of(found.experiment).label}, in "
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + (
        f"\n\n:small[{escaped(said)}{found.experiment.steps} steps. {escaped(winner(found, labels))}]"
    )


def row(label: str, run: Tuned, starts: int) -> list[str]:
    """One run's line."""
    rate = run.run.hyperparameters["learning_rate"]
    wins = [f"{run.wins} of {starts} starts"] if starts else []
    return [
        escaped(label),
        f"{rate:g}",
        _said(run.before),
        _said(run.after),
        f"{brief(run.low)} … {brief(run.high)}",
        *wins,
    ]


def winner(found: Tuning, labels: list[str]) -> str:
    """Which run is best from this start, and whether it is from others, too."""
    if len(found.runs) < 2:
        return ""
    best = min(range(len(found.runs)), key=lambda run: found.runs[run].after)
    wins, starts = found.runs[best].wins, found.starts
    if starts < 2:
        return f"{labels[best]} is best."
    alone = " It is best from this start alone." if wins <= 1 else ""
    return f"{labels[best]} is best from here, and from {wins} of the surface's {starts} starts.{alone}"


def _said(value: float) -> str:
    return "∞" if value == float("inf") else f"{value:.3g}"


def _keep(key: str, value: str) -> None:
    st.session_state[key] = value
