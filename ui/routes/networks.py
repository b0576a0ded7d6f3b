"""What the player fetches of networks: the loss on a plane through their weights, and what every run has learned."""

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
            text, status = json.dumps(answer(experiment, looks), separators=(",", ":"), allow_nan=False), 200
        except ValueError as error:
            text, status = json.dumps({"error": str(error)}), 400
        return Response(text, status, {"Cache-Control": "no-store"}, "application/json")

    return in_turn(respond)


def _plane(experiment: NetworkExperiment, looks: dict[str, str]) -> Any:
    return plane_document(experiment, looks["plane"], looks["on"], looks["scale"], looks["theme"])
