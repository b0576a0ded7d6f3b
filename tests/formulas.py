"""A page with every formula of the catalogues, for the test that they render."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parent.parent))

from landscapes import LANDSCAPES  # noqa: E402
from optimizers import OPTIMIZERS  # noqa: E402
from schedules import SCHEDULES  # noqa: E402

for catalogue in (LANDSCAPES, OPTIMIZERS, SCHEDULES):
    for entry in catalogue.values():
        st.latex(entry.formula)
