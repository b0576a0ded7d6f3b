"""The menu of a run: what can be done with the run as a whole.

Streamlit builds a card anew where another one has moved it, and a menu of Streamlit's own that is open in it is gone. So
the cards have buttons alone. One menu for all of them has a place of its own, stays open whatever happens to the cards,
and speaks of a run by its number, which stays with it.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ui import state
from ui.browser_events import part
from ui.kinds import most_runs

FOLDER = Path(__file__).parent
KEY = "run_menu"
ACTIONS: dict[str, Callable[[int], None]] = {
    "Duplicate": state.duplicate_run,
    "Remove": state.remove_run,
    "Move up": lambda index: state.move_run(index, -1),
    "Move down": lambda index: state.move_run(index, 1),
}

_menu = st.components.v2.component(
    "fall_line_run_menu",
    html='<div class="fall-line-run-menu" popover="manual" role="menu"></div>',
    css=(FOLDER / "run_menu.css").read_text(),
    js=(FOLDER / "run_menu.js").read_text(),
    isolate_styles=False,
)


def run_menu() -> None:
    """Mounts the menu for the buttons of all cards; it is seen when one of them is pressed."""
    ids = state.run_ids()
    runs = {
        str(run_id): {"label": f"Run {index + 1}", "actions": offered(index, len(ids), most_runs(state.experiment()))}
        for index, run_id in enumerate(ids)
    }
    _menu(key=KEY, data=runs, on_chosen_change=_chosen)


def run_menu_button(index: int) -> None:
    """The button that opens the menu for the run at `index`."""
    purpose = f"Run {index + 1}: duplicate, remove or move"
    st.html(
        f'<button type="button" class="fall-line-run-button" data-run="{state.run_ids()[index]}" aria-haspopup="menu" '
        f'aria-label="{purpose}" title="{purpose}">⋮</button>',
        width="content",
    )


def offered(index: int, runs: int, most: int) -> list[str]:
    """What can be done with the run at `index` of so many, of which there can be `most`."""
    possible = {
        "Duplicate": runs < most, "Remove": runs > 1, "Move up": index > 0, "Move down": index < runs - 1,
    }  # fmt: skip
    return [action for action in ACTIONS if possible[action]]


def _chosen() -> None:
    sent = part(st.session_state.get(KEY), "chosen")
    run, action = part(sent, "run"), ACTIONS.get(str(part(sent, "action")))
    if run in state.run_ids() and action is not None:
        action(state.run_ids().index(run))
