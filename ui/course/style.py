"""The look of the page."""

from pathlib import Path

import streamlit as st

STYLE = Path(__file__).parent / "course.css"


def style() -> None:
    """Sent with the page; takes no room."""
    st.html(STYLE)
