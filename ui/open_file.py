"""Opening an experiment that was saved: chosen, or dragged onto the field."""

import streamlit as st

from exports import from_json
from ui import state

KEY = "experiment_file"


def open_file() -> None:
    """The field for the file. What is wrong with one is said, and what is on the page stays."""
    key = f"{KEY}{st.session_state.setdefault('files_opened', 0)}"
    st.file_uploader(
        "Open a saved experiment", type="json", key=key, on_change=lambda: state.attempt_to(lambda: _take(key)),
        help="A file that Export and share saved as Experiment. It replaces what is on the page; undo brings that back.",
    )  # fmt: skip


def _take(key: str) -> None:
    """Shows what the file holds, and makes room for another."""
    file = st.session_state[key]
    state.redraw_page()
    st.session_state.files_opened += 1
    if file is not None:
        state.show(from_json(file.getvalue()).experiment)
