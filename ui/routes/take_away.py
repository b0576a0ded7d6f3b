"""An experiment as a file: what somebody takes away from the page, made when it is asked for."""

import io
from collections.abc import Callable, Mapping
from typing import NamedTuple

import segno
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from catalogue import quoted
from exports import Linked, follow, to_code, to_csv, to_gif, to_handout, to_html, to_json, to_png, to_svg
from ui.routes.turns import in_turn


class Kind(NamedTuple):
    """A kind of file, and what makes one."""

    media_type: str
    make: Callable[[Linked], str | bytes]


KINDS: Mapping[str, Kind] = {
    "page.html": Kind("text/html", lambda linked: to_html(linked.experiment, linked.title, linked.scale)),
    "paths.gif": Kind("image/gif", lambda linked: to_gif(linked.experiment, linked.scale)),
    "end.png": Kind("image/png", lambda linked: to_png(linked.experiment, linked.scale)),
    "end.svg": Kind("image/svg+xml", lambda linked: to_svg(linked.experiment, linked.scale)),
    "handout.html": Kind("text/html", lambda linked: to_handout(linked.experiment, linked.title, linked.scale)),
    "experiment.json": Kind("application/json", lambda linked: to_json(linked.experiment, linked.title)),
    "runs.csv": Kind("text/csv", lambda linked: to_csv(linked.experiment)),
    "optax.py": Kind("text/x-python", lambda linked: to_code(linked.experiment, "optax")),
    "torch.py": Kind("text/x-python", lambda linked: to_code(linked.experiment, "torch")),
    "keras.py": Kind("text/x-python", lambda linked: to_code(linked.experiment, "keras")),
}


def take_away_routes(below: str) -> list[Route]:
    """The routes, below a path."""
    return [
        Route(f"{below}/take/{{name}}", in_turn(take_away_response)),
        Route(f"{below}/qr", in_turn(qr_response)),
    ]


def take_away_response(request: Request) -> Response:
    """A file of the experiment whose link the query is; what is wrong is said in words, with status 400.

    It is for the disk: a page of our own address that a browser shows would be more than a file.
    """
    name = request.path_params["name"]
    if name not in KINDS:
        return JSONResponse({"error": f"no file {quoted(name)}; there are {', '.join(KINDS)}"}, status_code=404)
    try:
        made = KINDS[name].make(follow(request.url.query))
    except ValueError as error:
        return JSONResponse({"error": str(error)}, status_code=400)
    headers = {"Content-Disposition": f'attachment; filename="fall-line-{name}"', "Cache-Control": "no-store"}
    return Response(made, media_type=KINDS[name].media_type, headers=headers)


def qr_response(request: Request) -> Response:
    """The QR code of the text `link`, as SVG in black on white, which every reader knows."""
    link = request.query_params.get("link", "")
    if not link:
        return JSONResponse({"error": "link is missing; allowed: the address that the code stands for"}, 400)
    try:
        code = segno.make_qr(link, error="L", boost_error=False)
    except segno.DataOverflowError:
        return JSONResponse({"error": "link is too long for a QR code; allowed: up to 2,953 bytes"}, 400)
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", border=4, light="white", xmldecl=False)
    return Response(drawn.getvalue(), media_type="image/svg+xml", headers={"Cache-Control": "no-store"})
