"""The widgets of learning rates while one is dragged in the player: they say that rate, not the one of before."""

from collections.abc import Mapping
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


def follow_dragged_rate(keys: Mapping[int, str]) -> None:
    """Has the widgets follow that show the rates of runs; `keys` holds their keys by the runs' indices.

    It comes after them, so that they are the new ones once it hears of the rate that was kept.
    """
    runs = state.experiment().runs
    shown = {str(run): {"key": key, "rate": runs[run].hyperparameters["learning_rate"]} for run, key in keys.items()}
    _follower(key="dragged_rate", data=shown)
