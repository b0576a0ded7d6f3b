"""Parts of the page that run alone when one of their numbers moves: what makes a slider answer at once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import streamlit as st

from networks import KINDS, NetworkExperiment
from player import ON, recent_network_payload, recent_payload
from ui import state
from ui.drawn import until_drawn
from ui.messages import headline, show_failure
from ui.mount import deliver, keep_place

PLAYER = "player"


@dataclass(frozen=True)
class Showing:
    """How the page on the screen shows its experiment.

    Args:
      scale: how the contour levels are spaced.
      headline: what the page says of the experiment; None where it says nothing that depends on it.
      offers_scales: whether the levels can be spaced otherwise.
      waits: whether the picture waits at its start; None where nobody is asked first what will happen.
      plane: in which plane the weights of networks are drawn, one of KINDS.
      on: over which of their examples its losses are, one of ON.
      is_secret: whether what becomes of the runs is not said yet.
      runs_alone: whether a moved number concerns the player alone, so that the rest of the page need not run.
    """

    scale: str
    headline: str | None = None
    plane: str = KINDS[0]
    on: str = ON[0]
    offers_scales: bool = False
    waits: bool | None = None
    is_secret: bool = False
    runs_alone: bool = True

    def payload(self) -> dict[str, Any]:
        """What the player draws of the experiment on the screen."""
        experiment = state.experiment()
        if isinstance(experiment, NetworkExperiment):
            return recent_network_payload(experiment, self.plane, self.on, self.scale)
        return recent_payload(experiment, self.scale)


def show_as(showing: Showing) -> None:
    """The page on the screen shows its experiment like this from now on."""
    st.session_state.showing = showing


def shown_payload() -> dict[str, Any]:
    """What the player is sent of the experiment."""
    showing: Showing = st.session_state.showing
    payload = showing.payload() | {"undoable": state.can_undo()}
    display = state.display()
    if "minima" in payload and not display.shows("minima"):
        payload = payload | {"minima": [], "saddles": []}
    if display.paused:
        payload = payload | {"paused": True}
    if showing.offers_scales:
        payload = payload | {"scale": showing.scale}
    if showing.waits is not None:
        payload = payload | {"waits": showing.waits}
    if showing.is_secret:
        payload = payload | {"runs": [run | {"verdict": "", "short": "…", "kind": ""} for run in payload["runs"]]}
    return payload


def redraw(place: str) -> None:
    """Has the player draw what the experiment now looks like; if that fails, the controls stay all the same."""
    try:
        with until_drawn() as serial:
            deliver(shown_payload(), PLAYER, st.session_state.scene, place, serial)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the controls below must stay
        show_failure(error)


def whole_page(page: Callable[..., None]) -> Callable[..., None]:
    """Marks the run of a whole page, in which the player gets its data directly."""

    @wraps(page)
    def run(*arguments: object) -> None:
        st.session_state.is_whole_page = True
        try:
            page(*arguments)
        finally:
            st.session_state.update(page_is_stale=False, is_whole_page=False)

    return run


def headline_is_stale() -> bool:
    """Whether the page says something else of the experiment than it ought to."""
    said = st.session_state.showing.headline
    return said is not None and said != headline(state.experiment())


def runs_alone(section: Callable[..., None]) -> Callable[..., None]:
    """Lets a section of the controls run alone: the address and the player follow, the rest of the page stays.

    Only where more than numbers changed (another rule, a message, another headline if the page has one) the whole page
    runs after all.
    """

    @st.fragment
    @wraps(section)
    def run(place: str, *arguments: object) -> None:
        if st.session_state.is_whole_page:
            keep_place(PLAYER, place)
        elif st.session_state.page_is_stale or headline_is_stale() or not st.session_state.showing.runs_alone:
            st.rerun()
        else:
            redraw(place)
            state.write_address()
        section(*arguments)

    return run
