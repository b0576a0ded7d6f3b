"""A page with two players."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parent.parent))

from experiments import Experiment, Run
from player import recent_payload
from ui.mount import player

st.set_page_config(layout="wide")
for key, rate in {"first": 0.01, "second": 0.03}.items():
    shown = Experiment("quadratic", steps=40, runs=(Run("gradient_descent", {"learning_rate": rate}),))
    player(recent_payload(shown, "log"), key, 0, {"start": lambda point: None})
