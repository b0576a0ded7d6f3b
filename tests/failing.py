"""The app's entry around a page that fails, for the test of what people then see."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parent.parent))

from app import on_script_error

app = st.App("failing_page.py", on_script_error=on_script_error)
