"""The mount of a sweep's picture: one Streamlit component, which asks the app's routes for what it draws."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from player import fingerprint
from ui import state
from ui.browser_events import part

WEB = Path(__file__).parent / "web"
FILES = tuple(sorted(path.name for path in WEB.iterdir()))
VERSION = fingerprint(*(WEB / name for name in FILES))
KEY = "sweep"

LOADER = """
export default function (component) {
  const streamlit = document.querySelector('script[src*="static/js/"]')
  const base = new URL("../../", streamlit ? streamlit.src : document.baseURI)
  const root = component.parentElement.querySelector(".fall-line-sweep")
  import(new URL("fall-line/sweeps/VERSION/mount.js", base).href)
    .then(mount => mount.update(root, component, new URL("fall-line/", base)))
    .catch(error => {
      console.error(error)
      root.textContent = "The picture could not be loaded. Reload the page."
    })
  return () => root.dispatchEvent(new Event("fall-line-unmount"))
}
""".replace("VERSION", VERSION)

_component = st.components.v2.component(
    "fall_line_sweep",
    html='<div class="fall-line-sweep" data-testid="sweep"></div>',
    css=(WEB / "sweeps.css").read_text(encoding="utf-8"),
    js=LOADER,
    isolate_styles=False,
)


def sweep_picture(data: dict[str, Any], on: Mapping[str, Callable[[Any], None]]) -> None:
    """Mounts the picture.

    Args:
      data: which one, of what, and what is marked in it.
      on: what to do with what a person did in it, by its name; each gets what was sent.
    """

    def callback(name: str) -> Callable[[], None]:
        def act() -> None:
            sent = part(st.session_state.get(KEY), name)
            if sent is not None:
                state.attempt_to(lambda: on[name](sent))

        return act

    callbacks: dict[str, Any] = {f"on_{name}_change": callback(name) for name in on}
    _component(key=KEY, data=data, **callbacks)
