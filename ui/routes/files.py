"""The player's own files and plotly.js, none of which travel with an update."""

import gzip
from pathlib import Path

import plotly
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from caches import cached
from catalogue import quoted
from player import ASSETS, PLOTLY, WEB
from ui.mount import VERSION

PLOTLY_NAME = "plotly.min.js"
IMMUTABLE = "public, max-age=31536000, immutable"
FILES = {PLOTLY_NAME: PLOTLY, **{name: WEB / name for name in ASSETS}}
TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
COMPRESSED = {".woff2"}  # by themselves


def file_routes(below: str) -> list[Route]:
    """The routes, below a path."""
    return [Route(f"{below}/{{name}}", file_response), Route(f"{below}/{{version}}/{{name:path}}", file_response)]


def is_ours(name: str, request: Request) -> bool:
    """Whether the version in the address is that of the file that is sent, which will then be the same for ever."""
    if name == PLOTLY_NAME:
        return request.query_params.get("v") == plotly.__version__
    return request.path_params.get("version") == VERSION


async def file_response(request: Request) -> Response:
    """One of the player's files, compressed once; the browser keeps it as long as its address stays the same."""
    name = request.path_params["name"]
    if name not in FILES:
        return JSONResponse({"error": f"no file {quoted(name)}; there are {', '.join(FILES)}"}, status_code=404)
    headers = {"Vary": "Accept-Encoding", "Cache-Control": IMMUTABLE if is_ours(name, request) else "no-cache"}
    path = FILES[name]
    if path.suffix in COMPRESSED or "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(path.read_bytes(), media_type=TYPES[path.suffix], headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(_compressed(path, path.stat().st_mtime_ns), media_type=TYPES[path.suffix], headers=headers)


@cached(128)
def _compressed(path: Path, modified: int) -> bytes:
    del modified
    return gzip.compress(path.read_bytes(), compresslevel=6)
