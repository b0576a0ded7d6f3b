"""The player: one Streamlit component that draws all views and plays them on one clock in the browser."""

import time
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import plotly
import streamlit as st

FOLDER = Path(__file__).parent
ASSETS = tuple(sorted(path.name for path in FOLDER.iterdir() if path.suffix in {".js", ".css"}))


def fingerprint(*paths: Path) -> str:
    """Changes when any of the files does: what the browser keeps is addressed by it."""
    return blake2b(b"".join(path.read_bytes() for path in sorted(paths)), digest_size=6).hexdigest()


VERSION = fingerprint(*(FOLDER / name for name in ASSETS))
ROOT = FOLDER.parent.parent
SURFACES = fingerprint(
    *(ROOT / "landscapes").glob("*.py"),
    *(ROOT / "formulas").glob("*.py"),
    ROOT / "ui" / "figures.py",
    ROOT / "experiments" / "surface.py",
)

# Streamlit sends a component's inline script with every update. This one only fetches the real one, once.
LOADER = """
export default function (component) {
  const streamlit = document.querySelector('script[src*="static/js/"]')
  const base = new URL("../../", streamlit ? streamlit.src : document.baseURI)
  const root = component.parentElement.querySelector(".fall-line-player")
  if (!document.querySelector("link[href*='fall-line/plotly']"))
    document.head.append(Object.assign(document.createElement("link"), {
      rel: "preload", as: "script", href: new URL(`fall-line/plotly.min.js?v=${component.data.plotly}`, base).href }))
  import(new URL(`fall-line/player.js?v=${component.data.version}`, base))
    .then(player => player.update(root, component, base))
    .catch(error => {
      console.error(error)
      if (!root.childElementCount)
        root.textContent = "The player could not be loaded. Reload the page; start the app with: streamlit run app.py"
    })
  return () => root.dispatchEvent(new Event("fall-line-unmount"))
}
"""

# Inside a fragment the player itself is not drawn again: this hands it the new data from there.
DELIVERY = """
export default function (component) {
  if (component.data) window.dispatchEvent(new CustomEvent("fall-line-delivery", { detail: component.data }))
}
"""

_delivery = st.components.v2.component("fall_line_delivery", html="<span></span>", js=DELIVERY, isolate_styles=False)
_component = st.components.v2.component(
    "fall_line_player", html='<div class="fall-line-player"></div>', js=LOADER, isolate_styles=False
)


def player(
    payload: dict[str, Any], key: str, scene: int, *, on_start: Callable[[], None], on_address: Callable[[], None]
) -> None:
    """Mounts the player.

    Args:
      payload: from `payload.payload`.
      key: of the mounted instance.
      scene: another number makes it play from the beginning.
      on_start: called after a click on the contour; `picked_start(key)` then has the point.
      on_address: called after Back or Forward; `address_gone_to(key)` then has what the address says.
    """
    _component(key=key, data=_addressed(payload, key, scene), on_start_change=on_start, on_address_change=on_address)


def deliver(payload: dict[str, Any] | None, key: str, scene: int, place: str) -> None:
    """Hands new data to the player with `key` from within the fragment `place`; with None, only keeps the place."""
    _delivery(key=f"{key}_delivery_{place}", data=None if payload is None else _addressed(payload, key, scene))


def _addressed(payload: dict[str, Any], key: str, scene: int) -> dict[str, Any]:
    """The payload with the player that it is for, and a time by which the player knows the newest of several."""
    return {
        **payload,
        "key": key,
        "scene": scene,
        "serial": time.time_ns() // 1000,
        "version": VERSION,
        "surfaces": SURFACES,
        "plotly": plotly.__version__,
    }


def picked_start(key: str) -> tuple[float, float] | None:
    """The point that was just clicked, inside the callback."""
    point = st.session_state[key].start
    return None if point is None else (point["x"], point["y"])


def address_gone_to(key: str) -> dict[str, list[str]] | None:
    """The query of the address that Back or Forward led to, inside the callback."""
    search = st.session_state[key].address
    return None if search is None else parse_qs(search.removeprefix("?"), keep_blank_values=True)
