"""A page with every formula of the catalogues, for the test that they render."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parent.parent))

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from schedules import SCHEDULES

for catalogue in (LANDSCAPES, OPTIMIZERS, SCHEDULES):
    for entry in catalogue.values():
        st.latex(entry.formula)
