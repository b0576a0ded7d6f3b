"""A page that plays by itself: from a disk, in a notebook, in a learning platform; no server, no network."""

import base64
import gzip
import json
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from experiments import Experiment, landscape_of
from exports.bundle import bundle
from player import PLOTLY, SCALES, STYLES, WEB, stored_experiment

HERE = Path(__file__).parent / "web"
KATEX = WEB / "katex"
FACE = re.compile(r"@font-face\{([^}]*)\}")
# All that a page needs is in it; whoever reads it can see that it asks for nothing.
POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'\">"
)
PLAYER = '<div class="fall-line-player"></div>'


def to_html(
    experiment: Experiment,
    title: str = "",
    scale: str = SCALES[0],
    progress: Callable[[float], None] = lambda share: None,
) -> str:
    """A page with the player and everything that it shows of an experiment.

    Every view and key works there, and each run's learning rate can be dragged over the rates of its fan; where it is let
    go, the nearest of them is taken, whose path was simulated. Starts stay where they are.

    Args:
      title: above the picture, whatever characters it is made of; by default the surface's.
      scale: how the contour levels are spaced, one of SCALES.
      progress: is told which share of the work is done.

    Raises:
      ValueError: the scale is not one, or what is minimized is not a surface.
    """
    if scale not in SCALES:
        raise ValueError(f"scale is {scale!r}; allowed: {', '.join(SCALES)}")
    carried = packed(stored_experiment(experiment, scale, progress))
    heading = title.strip() or landscape_of(experiment).label
    body = f"<main><h1>{escape(heading)}</h1>{PLAYER}</main>"
    return page(heading, body, [given("Libraries", libraries()), given("Experiment", carried), script("unpack.js")])


def page(title: str, body: str, scripts: Sequence[str] = (), head: str = POLICY) -> str:
    """The text of a page in the app's colours.

    Args:
      title: plain text.
      body: HTML.
      scripts: script elements that follow it.
      head: HTML for its head, such as the policy that it is under.
    """
    return "\n".join(
        [
            f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title><style>{_text('page.css')}</style></head>",
            f"<body>{body}",
            *scripts,
            "</body></html>",
        ]
    )


def script(name: str) -> str:
    """A script of ours as an element."""
    return f"<script>{_text(name)}</script>"


def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def given(name: str, text: str) -> str:
    """What is packed as an element; it contains nothing that a browser could take for the end of a script."""
    return f"<script>{assigned(name, text)}</script>"


def assigned(name: str, text: str) -> str:
    """What is packed as a script."""
    return f'window.fallLine{name} = "{text}"'


def packed(document: Any) -> str:
    """JSON, gzipped, as base64; the same for the same document."""
    text = json.dumps(document, separators=(",", ":"), allow_nan=False).encode()
    return base64.b64encode(gzip.compress(text, compresslevel=9, mtime=0)).decode("ascii")


@lru_cache(maxsize=1)
def libraries() -> str:
    """What every page needs, packed: plotly.js, KaTeX with its fonts, and the player."""
    styles, faces = _katex_styles()
    player = f"window.fallLinePlay = {bundle(WEB / 'stored_page.js')}.play"
    return packed(
        {
            "styles": "\n".join([*((WEB / name).read_text(encoding="utf-8") for name in STYLES), styles]),
            "fonts": faces,
            "scripts": [*(path.read_text(encoding="utf-8") for path in (PLOTLY, KATEX / "katex.min.js")), player],
        }
    )


def _katex_styles() -> tuple[str, list[dict[str, str]]]:
    """KaTeX's sheet without its fonts, and these with what they are called there."""
    sheet = (KATEX / "katex.min.css").read_text(encoding="utf-8")
    faces = []
    for declared in FACE.findall(sheet):
        said = dict(part.split(":", 1) for part in declared.split(";"))
        file = KATEX / re.findall(r"url\((fonts/[^)]+\.woff2)\)", said["src"])[0]
        data = base64.b64encode(file.read_bytes()).decode("ascii")
        name = said["font-family"].strip('"')
        faces.append({"family": name, "style": said["font-style"], "weight": said["font-weight"], "data": data})
    return FACE.sub("", sheet), faces
