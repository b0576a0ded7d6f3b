"""What the player asks for while somebody points and drags: an experiment as in a link, and the answer as JSON.

Each answer depends on its address alone. No session is involved, so a drag never runs the page's script.
"""

import math
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from experiments import Experiment, from_query, loss_and_gradient
from experiments.checks import in_domain, parse_number
from experiments.experiment import landscape_of
from lessons import FIRST
from ui.drawing import drawn
from ui.figures import SCALES

Numbers = dict[str, float]


def answering(*names: str) -> Callable:
    """Makes a route of `answer(experiment, scale, **numbers)`, the numbers being the named ones of the query.

    What is wrong with the query is answered in words, with status 400.
    """

    def wrap(answer: Callable[..., Any]) -> Callable[[Request], Response]:
        def route(request: Request) -> Response:
            try:
                experiment, scale, numbers = asked(request, names)
                return JSONResponse(answer(experiment, scale, **numbers), headers={"Cache-Control": "no-store"})
            except ValueError as error:
                return JSONResponse({"error": str(error)}, status_code=400)

        return route

    return wrap


def asked(request: Request, names: tuple[str, ...]) -> tuple[Experiment, str, Numbers]:
    """The experiment of a query, the scale of its levels, and its numbers; ValueError says what is wrong."""
    query = {name: request.query_params.getlist(name) for name in request.query_params}
    given = {name: query.pop(name, [""])[-1] for name in names}
    scale = query.pop("scale", [SCALES[0]])[-1]
    if scale not in SCALES:
        raise ValueError(f"scale is {scale!r}; allowed: {', '.join(SCALES)}")
    experiment, problems = from_query(query, FIRST.experiment)
    if problems or not query:
        raise ValueError(" ".join(problems) or "the query is empty; allowed: an experiment as in a link")
    return experiment, scale, {name: parse_number(name, text) for name, text in given.items()}


@answering()
def paths(experiment: Experiment, scale: str) -> dict[str, Any]:
    """The whole payload, while a start is dragged."""
    return drawn(experiment, scale)


@answering("x", "y")
def value(experiment: Experiment, scale: str, x: float, y: float) -> dict[str, Any]:
    """The true loss and gradient at a point; None where they are not defined or not finite."""
    del scale
    if not in_domain(landscape_of(experiment), (x, y)):
        return {"loss": None, "gradient": None}
    loss, gradient = loss_and_gradient(experiment, (x, y))
    return {
        "loss": loss if math.isfinite(loss) else None,
        "gradient": list(gradient) if all(map(math.isfinite, gradient)) else None,
    }
