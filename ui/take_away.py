"""What a person takes away from a page: files of its experiment, its link, and a line that puts it on another page.

The browser asks for a file with the address that the page has when the button is pressed, so that nothing here runs when
a slider moves.
"""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from player import HIDEABLE
from ui import state

FOLDER = Path(__file__).parent

_take_away = st.components.v2.component(
    "fall_line_take_away",
    html='<div class="fall-line-take-away"></div>',
    css=(FOLDER / "take_away.css").read_text(encoding="utf-8"),
    js=(FOLDER / "take_away.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def take_away(hideable: Mapping[str, str] = HIDEABLE) -> None:
    """Mounts the button and what it unfolds, where the address does not hide it.

    Args:
      hideable: what a shared link may leave out on this page, in words, by the name that it has in the link.
    """
    if state.display().shows("export"):
        _take_away(key="take_away", data={"hideable": dict(hideable)})
