"""The theme that a page is shown in."""

import streamlit as st

from player import THEMES


def theme() -> str:
    """One of THEMES; the first where the browser has not said yet."""
    chosen = st.context.theme.type
    return chosen if chosen in THEMES else THEMES[0]
