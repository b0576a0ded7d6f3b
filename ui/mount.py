"""The mount of the player: one Streamlit component that draws all views and plays them on one clock in the browser."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import plotly
import streamlit as st

from player import ASSETS, WEB, fingerprint
from ui import state
from ui.browser_events import part
from ui.drawn import serial_number

VERSION = fingerprint(*(WEB / name for name in ASSETS))
ROOT = Path(__file__).parents[1]
SURFACES = fingerprint(
    *(path for room in ("landscapes", "formulas", "surfaces") for path in (ROOT / room).glob("*.py")),
    ROOT / "player" / "figures.py",
    ROOT / "player" / "surface_document.py",
)

# Streamlit sends a component's inline script with every update. This one only fetches the real one, once.
# The modules import each other by name, so the version is a folder; all that are needed at first are asked for at once.
MODULES = [name for name in ASSETS if name.endswith(".js") and not name.startswith("katex/")]
LOADER = """
export default function (component) {
  const streamlit = document.querySelector('script[src*="static/js/"]')
  const base = new URL("../../", streamlit ? streamlit.src : document.baseURI)
  const root = component.parentElement.querySelector(".fall-line-player")
  if (!document.querySelector("link[href*='fall-line/plotly']"))
    document.head.append(Object.assign(document.createElement("link"), {
      rel: "preload", as: "script", href: new URL(`fall-line/plotly.min.js?v=${component.data.plotly}`, base).href }))
  const folder = new URL("fall-line/VERSION/", base)
  if (!document.querySelector("link[href*='VERSION/mount.js']"))
    for (const name of MODULES) {
      const href = new URL(name, folder).href
      document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }))
    }
  import(new URL("mount.js", folder).href)
    .then(mount => mount.update(root, component, new URL("fall-line/", base)))
    .catch(error => {
      console.error(error)
      if (!root.childElementCount)
        root.textContent = "The player could not be loaded. Reload the page; start the app with: streamlit run app.py"
    })
  return () => root.dispatchEvent(new Event("fall-line-unmount"))
}
""".replace("VERSION", VERSION).replace("MODULES", json.dumps(MODULES))

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
    payload: dict[str, Any], key: str, scene: int, on: Mapping[str, Callable[[Any], None]], present: bool = False
) -> None:
    """Mounts the player.

    Args:
      payload: from `payload.payload`.
      key: of the mounted instance.
      scene: another number makes it play from the beginning.
      on: what to do with what a person did in the player, by its name (`start`, `second`, …); each gets what was sent.
      present: whether it opens in presenter mode.
    """

    def callback(name: str) -> Callable[[], None]:
        def act() -> None:
            sent = part(st.session_state.get(key), name)
            if sent is not None:
                state.attempt_to(lambda: on[name](sent))

        return act

    callbacks: dict[str, Any] = {f"on_{name}_change": callback(name) for name in on}
    _component(key=key, data=_addressed(payload, key, scene, serial_number()) | {"present": present}, **callbacks)


def deliver(payload: dict[str, Any], key: str, scene: int, place: str, serial: int) -> None:
    """Hands new data to the player with `key` from within the fragment `place`; the player reports `serial` when drawn."""
    _delivery(key=f"{key}_delivery_{place}", data=_addressed(payload, key, scene, serial))


def keep_place(key: str, place: str) -> None:
    """Makes room for what the fragment `place` will deliver."""
    _delivery(key=f"{key}_delivery_{place}", data=None)


def _addressed(payload: dict[str, Any], key: str, scene: int, serial: int) -> dict[str, Any]:
    """The payload with the player that it is for, and a number by which the player knows the newest of several."""
    return {
        **payload,
        "key": key,
        "scene": scene,
        "serial": serial,
        "surfaces": SURFACES,
        "plotly": plotly.__version__,
    }
