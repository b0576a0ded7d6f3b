"""Open menus stay open; see the script."""

from pathlib import Path

import streamlit as st

_keeper = st.components.v2.component(
    "fall_line_open_menus",
    html="<span></span>",
    css=".st-key-open_menus { position: absolute; }",
    js=(Path(__file__).parent / "open_menus.js").read_text(),
    isolate_styles=False,
)


def keep_open_menus() -> None:
    """Has menus of the page stay open while what they stand in scrolls a little."""
    _keeper(key="open_menus", data={})
