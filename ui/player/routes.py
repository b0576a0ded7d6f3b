"""What the player fetches by itself: its own files, plotly.js, and surfaces, none of which travel with an update."""

import gzip
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import plotly
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from experiments import Experiment, from_query, surface
from experiments.checks import parse_number, quoted
from experiments.experiment import landscape_of
from landscapes import LANDSCAPES, Interval
from lessons import FIRST
from ui.figures import SCALES, THEMES, contour_figure, scale_for, surface_figure
from ui.player import ASSETS, FOLDER, VERSION
from ui.player.answers import numbers, paths, rates, value
from ui.player.examples import examples

PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
FILES = {"plotly.min.js": PLOTLY, **{name: FOLDER / name for name in ASSETS}}
TYPES = {".js": "text/javascript", ".css": "text/css"}
PREFIX = "/fall-line"
Window = tuple[Interval, Interval]


def routes(base_url_path: str) -> list[Route]:
    """The player's routes, under the server's base path."""
    base = f"/{base_url_path.strip('/')}" if base_url_path.strip("/") else ""
    return [
        Route(f"{base}{PREFIX}/surface", surface_response),
        Route(f"{base}{PREFIX}/paths", paths),
        Route(f"{base}{PREFIX}/value", value),
        Route(f"{base}{PREFIX}/numbers", numbers),
        Route(f"{base}{PREFIX}/rates", rates),
        Route(f"{base}{PREFIX}/examples", examples),
        Route(f"{base}{PREFIX}/{{name}}", file_response),
        Route(f"{base}{PREFIX}/{{version}}/{{name}}", file_response),
    ]


async def file_response(request: Request) -> Response:
    """One of the player's files, compressed once; the browser keeps it as long as its address stays the same."""
    name = request.path_params["name"]
    if name not in FILES:
        return JSONResponse({"error": f"no file {name!r}; there are {', '.join(FILES)}"}, status_code=404)
    headers = {"Vary": "Accept-Encoding", "Cache-Control": "public, max-age=31536000, immutable"}
    if "v" not in request.query_params and request.path_params.get("version") != VERSION:
        headers["Cache-Control"] = "no-cache"
    path = FILES[name]
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(path.read_bytes(), media_type=TYPES[path.suffix], headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(_compressed(path, path.stat().st_mtime_ns), media_type=TYPES[path.suffix], headers=headers)


@lru_cache(maxsize=32)
def _compressed(path: Path, modified: int) -> bytes:
    del modified
    return gzip.compress(path.read_bytes(), compresslevel=6)


def surface_response(request: Request) -> Response:
    """Contour, 3-D surface and true losses of a landscape, from the same names and numbers as in a link.

    `window` is the part of the plane that is drawn; a formula's own `view` is a part of the landscape.
    """
    query = {name: request.query_params.getlist(name) for name in request.query_params}
    scale, theme = query.pop("scale", ["log"])[-1], query.pop("theme", ["light"])[-1]
    query.pop("v", None)
    window, window_problem = window_of(query.pop("window", [""])[-1])
    landscape = LANDSCAPES.get(query.get("landscape", [""])[-1], landscape_of(FIRST.experiment))
    x, y = landscape.starts[0]
    complete = {
        "start": [f"{x!r}_{y!r}"],
        "steps": ["1"],
        "seed": ["0"],
        "noise": ["0"],
        "run": ["gradient_descent~learning_rate~1"],
    }
    experiment, problems = from_query({**complete, **query}, FIRST.experiment)
    if scale not in SCALES or theme not in THEMES:
        problems = (*problems, f"scale is one of {', '.join(SCALES)}; theme is one of {', '.join(THEMES)}")
    if window_problem:
        problems = (*problems, window_problem)
    if problems:
        return JSONResponse({"error": " ".join(problems)}, status_code=400)
    headers = {"Cache-Control": "public, max-age=86400"}
    return Response(_surface_json(experiment, scale, theme, window), media_type="application/json", headers=headers)


def window_of(text: str) -> tuple[Window | None, str]:
    """The part of the plane to draw, None for the landscape's own view, and what is wrong with it."""
    if not text:
        return None, ""
    try:
        x_low, x_high, y_low, y_high = (parse_number("window", part) for part in text.split("_"))
    except ValueError:
        x_low = x_high = y_low = y_high = 0.0
    if x_low < x_high and y_low < y_high:
        return ((x_low, x_high), (y_low, y_high)), ""
    return None, f"window is {quoted(text)}; allowed: the ends of x and of y, such as -2_2_-1_3."


@lru_cache(maxsize=64)
def _surface_json(experiment: Experiment, scale_name: str, theme: str, window: Window | None) -> bytes:
    landscape = landscape_of(experiment)
    drawn = surface(landscape, experiment.landscape_parameters, window)
    scale = scale_for(drawn, landscape.minimum, scale_name)
    document: dict[str, Any] = {
        "contour": json.loads(contour_figure(drawn, scale, theme).to_json()),
        "surface": json.loads(surface_figure(drawn, scale, theme).to_json()),
        "x": [float(drawn.x[0]), float(drawn.x[-1])],
        "y": [float(drawn.y[0]), float(drawn.y[-1])],
        "columns": len(drawn.x),
        "rows": len(drawn.y),
        "loss": [[_digits(value) for value in row] for row in drawn.loss],
        "scale": {"name": scale.name, "floor": scale.floor, "offset": scale.offset},
    }
    return json.dumps(document, separators=(",", ":"), allow_nan=False).encode()


def _digits(value: float) -> float | None:
    """Six significant digits, more than are ever shown."""
    return float(f"{value:.6g}") if np.isfinite(value) else None
