"""The app's routes around a page with two players, for the test that they leave each other alone."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parent.parent))

from ui.routes import all_routes

app = st.App("two_players_page.py", routes=all_routes(""))
