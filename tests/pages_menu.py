"""A page that fails, one with every formula of the catalogues, and one with two players."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parent.parent))

from experiments import Experiment, Run
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from player import recent_payload
from schedules import SCHEDULES
from ui.mount import player


def failing() -> None:
    st.slider("A control", 0, 10, key="control")
    raise RuntimeError("the secret of the page")


def formulas() -> None:
    for catalogue in (LANDSCAPES, OPTIMIZERS, SCHEDULES):
        for entry in catalogue.values():
            st.latex(entry.formula)


def two_players() -> None:
    for key, rate in {"first": 0.01, "second": 0.03}.items():
        shown = Experiment("quadratic", steps=40, runs=(Run("gradient_descent", {"learning_rate": rate}),))
        player(recent_payload(shown, "log"), key, 0, {"start": lambda point: None})


st.set_page_config(layout="wide")
st.navigation([st.Page(page, url_path=page.__name__) for page in (failing, formulas, two_players)]).run()
