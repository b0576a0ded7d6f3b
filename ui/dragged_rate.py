"""The cards of the runs while a rate is dragged in the player: they say the dragged rate, not the one of before."""

from pathlib import Path

import streamlit as st

from ui import state

FOLDER = Path(__file__).parent
_follower = st.components.v2.component(
    "fall_line_dragged_rate",
    html="<span></span>",
    css=(FOLDER / "dragged_rate.css").read_text(),
    js=(FOLDER / "dragged_rate.js").read_text(),
    isolate_styles=False,
)


def follow_dragged_rate() -> None:
    """Has the cards follow; comes after them, so that they are the new ones once it hears of the rate that was kept."""
    runs = zip(state.run_ids(), state.experiment().runs, strict=True)
    cards = [{"card": f"run{run_id}", "rate": run.hyperparameters["learning_rate"]} for run_id, run in runs]
    _follower(key="dragged_rate", data=cards)
