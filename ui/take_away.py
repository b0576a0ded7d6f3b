"""What a person takes away from a page: files of its experiment, its link, and a line that puts it on another page.

The browser asks for a file with the address that the page has when the button is pressed, so that nothing here runs when
a slider moves.
"""

from pathlib import Path

import streamlit as st

FOLDER = Path(__file__).parent

_take_away = st.components.v2.component(
    "fall_line_take_away",
    html='<div class="fall-line-take-away"></div>',
    css=(FOLDER / "take_away.css").read_text(encoding="utf-8"),
    js=(FOLDER / "take_away.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def take_away() -> None:
    """Mounts the button and what it unfolds."""
    _take_away(key="take_away")
