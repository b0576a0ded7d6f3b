"""Sweeps: what one run cannot show. The experiment is that of Compare, with which it is shared both ways."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from ui import state
from ui.compare import PLAYER_ACTIONS, scale
from ui.controls import controls
from ui.fragments import PLAYER, Showing, show_as, shown_payload, whole_page
from ui.messages import show_failure, show_problems
from ui.mount import player
from ui.sweeps import basins_view, rates_view, stability_view
from ui.sweeps.choices import choice_of_view
from ui.take_away import take_away


@dataclass(frozen=True)
class View:
    """One of the pictures: what it is called, and what draws it."""

    label: str
    show: Callable[[], None]


VIEWS: Mapping[str, View] = {
    "rates": View("Learning rates", rates_view.show),
    "basins": View("Basins", basins_view.show),
    "stability": View("Stability", stability_view.show),
}


def sweeps_page() -> st.Page:
    """The page as the navigation knows it."""
    return st.Page(sweeps, title="Sweeps", icon=":material/gradient:", url_path="sweeps")


@whole_page
def sweeps() -> None:
    """The page."""
    state.synchronise_with_address()
    state.write_address()
    show_as(Showing(scale(), offers_scales=True, runs_alone=False))
    picture, paths = st.columns([1, 1], gap="medium")
    with picture:
        view = choice_of_view({slug: view.label for slug, view in VIEWS.items()})
        VIEWS[view].show()
    with paths:
        play()
    show_problems()
    with st.sidebar:
        controls()
        take_away()


def play() -> None:
    """The paths themselves: a start or a cell that was clicked is played here."""
    try:
        player(shown_payload(), PLAYER, st.session_state.scene, PLAYER_ACTIONS)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the controls must stay
        show_failure(error)
