"""What the player fetches of networks: the loss on a plane through their weights, and what every run has learned."""

import gzip
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from experiments import foremost
from networks import FIRST, KINDS, NetworkExperiment, from_query
from player import ON, SCALES, THEMES, plane_document, recent_boundaries
from ui.routes.player import one_of, query_of
from ui.routes.turns import in_turn

QUICKLY = 3  # of gzip's levels 1 to 9
LOOKS = {"plane": KINDS, "on": ON, "scale": SCALES, "theme": THEMES}


def network_routes(below: str) -> list[Route]:
    """The routes, below a path."""
    return [
        Route(f"{below}/plane", _answering(_plane)),
        Route(f"{below}/boundaries", _answering(lambda experiment, _: recent_boundaries(experiment))),
    ]


def _answering(
    answer: Callable[[NetworkExperiment, dict[str, str]], Any],
) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint whose query is the link of a network experiment, with how a plane is looked at.

    What is wrong with the query is answered in words, with status 400.
    """

    def respond(request: Request) -> Response:
        query = query_of(request)
        query.pop("v", None)
        try:
            looks = {name: one_of(name, query.pop(name, allowed[:1])[-1], allowed) for name, allowed in LOOKS.items()}
            if not query:
                raise ValueError("the query is empty; allowed: an experiment as in a link")
            experiment, problems = from_query(query, FIRST)
            if problems:
                raise ValueError(" ".join(foremost(problems)))
            return _json(answer(experiment, looks), 200, request)
        except ValueError as error:
            return _json({"error": str(error)}, 400, request)

    return in_turn(respond)


def _json(document: Any, status: int, request: Request) -> Response:
    """A document, compressed where the browser reads that: it is then half as large."""
    body = json.dumps(document, separators=(",", ":"), allow_nan=False).encode()
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = gzip.compress(body, QUICKLY), "gzip"
    return Response(body, status, headers, "application/json")


def _plane(experiment: NetworkExperiment, looks: dict[str, str]) -> Any:
    return plane_document(experiment, looks["plane"], looks["on"], looks["scale"], looks["theme"])
