"""The app's entry around pages that the tests need beside its own; see `pages_menu`."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parent.parent))

from app import on_script_error
from ui import all_routes

app = st.App("pages_menu.py", routes=all_routes(""), on_script_error=on_script_error)
