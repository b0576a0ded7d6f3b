"""What the player fetches while it is played with. Each answer depends on its address alone.

No session is involved, so a drag never runs the page's script.
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from caches import bytes_of, cached
from catalogue import parse_number, parse_whole, quoted
from experiments import (
    MAX_RUNS,
    MAX_STEPS,
    Experiment,
    Query,
    Values,
    foremost,
    from_query,
    landscape_from_query,
)
from landscapes import Landscape
from lessons import FIRST
from player import (
    SCALES,
    THEMES,
    Window,
    examples,
    numbers_at,
    rate_fan,
    recent_payload,
    surface_document,
    value_at,
    with_start,
)
from ui.mount import SURFACES as VERSION
from ui.routes.turns import in_turn

FARTHEST = 1e30  # of a window: what is drawn is in float32, which ends at 3.4e38
SURFACES = 64 * 2**20  # bytes, of which one takes about 0.4 MB


def player_routes(below: str) -> list[Route]:
    """The routes, below a path."""
    return [
        Route(f"{below}/surface", in_turn(surface_response)),
        Route(f"{below}/paths", answering(paths_answer, "x", "y", "of")),
        Route(f"{below}/value", answering(value_answer, "x", "y")),
        Route(f"{below}/numbers", answering(numbers_answer, "of", "at", "rate")),
        Route(f"{below}/rates", answering(rates_answer, "of")),
        Route(f"{below}/examples", answering(lambda experiment, given: examples(experiment))),
    ]


def answering(
    answer: Callable[[Experiment, dict[str, str]], Any], *names: str
) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint whose query is an experiment as in a link, the scale of its levels, and the texts `names`.

    What is wrong with the query is answered in words, with status 400.
    """

    def respond(request: Request) -> Response:
        query = query_of(request)
        given = {name: query.pop(name, [""])[-1] for name in names} | {"scale": query.pop("scale", [SCALES[0]])[-1]}
        try:
            scale_of(given)
            if not query:
                raise ValueError("the query is empty; allowed: an experiment as in a link")
            experiment, problems = from_query(query, FIRST.experiment)
            if problems:
                raise ValueError(" ".join(foremost(problems)))
            return JSONResponse(answer(experiment, given), headers={"Cache-Control": "no-store"})
        except ValueError as error:
            return JSONResponse({"error": str(error)}, status_code=400)

    return in_turn(respond)


def query_of(request: Request) -> Query:
    """The values of every name in the query, in their order."""
    query: Query = {}
    for name, value in request.query_params.multi_items():
        query.setdefault(name, []).append(value)
    return query


def paths_answer(experiment: Experiment, given: dict[str, str]) -> Any:
    """The whole payload; with `x` and `y` that of a start elsewhere, as it is dragged, with `of` that of one run."""
    if given["x"] or given["y"]:
        x, y = parse_number("x", given["x"]), parse_number("y", given["y"])
        experiment = with_start(experiment, x, y, run_of(given) if given["of"] else None)
    return recent_payload(experiment, scale_of(given))


def value_answer(experiment: Experiment, given: dict[str, str]) -> Any:
    """The loss and its gradient at a point."""
    return value_at(experiment, parse_number("x", given["x"]), parse_number("y", given["y"]))


def numbers_answer(experiment: Experiment, given: dict[str, str]) -> Any:
    """One step of one run in numbers; with `rate` at another learning rate, as it is dragged."""
    rate = parse_number("rate", given["rate"]) if given["rate"] else None
    return numbers_at(experiment, run_of(given), parse_whole("step", given["at"], 0, MAX_STEPS), rate)


def rates_answer(experiment: Experiment, given: dict[str, str]) -> Any:
    """The paths of one run at many rates."""
    return rate_fan(experiment, run_of(given))


def run_of(given: dict[str, str]) -> int:
    """The index of the run that a query speaks of."""
    return parse_whole("run", given["of"], 0, MAX_RUNS - 1)


def scale_of(given: dict[str, str]) -> str:
    """How levels are spaced."""
    return one_of("scale", given["scale"], SCALES)


def surface_response(request: Request) -> Response:
    """Contour, 3-D surface and true losses of a landscape, from the same names and numbers as in a link.

    `window` is the part of the plane that is drawn; a formula's own `view` is a part of the landscape.
    """
    query = query_of(request)
    scale, theme = query.pop("scale", SCALES[:1])[-1], query.pop("theme", THEMES[:1])[-1]
    is_ours = query.pop("v", [""])[-1] == VERSION
    window = query.pop("window", [""])[-1]
    try:
        drawing = one_of("scale", scale, SCALES), one_of("theme", theme, THEMES), window_of(window)
        landscape, parameters = landscape_from_query(query)
    except ValueError as error:
        return JSONResponse({"error": str(error)}, status_code=400)
    headers = {"Cache-Control": "public, max-age=86400" if is_ours else "no-cache"}
    return Response(_surface_json(landscape, parameters, *drawing), media_type="application/json", headers=headers)


def window_of(text: str) -> Window | None:
    """The part of the plane to draw; None for the landscape's own view."""
    if not text:
        return None
    try:
        x_low, x_high, y_low, y_high = (parse_number("window", part) for part in text.split("_"))
    except ValueError:
        x_low = x_high = y_low = y_high = 0.0
    if -FARTHEST <= x_low < x_high <= FARTHEST and -FARTHEST <= y_low < y_high <= FARTHEST:
        return (x_low, x_high), (y_low, y_high)
    raise ValueError(
        f"window is {quoted(text)}; allowed: the ends of x and of y, such as -2_2_-1_3, none beyond {FARTHEST:g}"
    )


@cached(SURFACES, bytes_of)
def _surface_json(landscape: Landscape, parameters: Values, scale: str, theme: str, window: Window | None) -> bytes:
    document = surface_document(landscape, parameters, scale, theme, window)
    return json.dumps(document, separators=(",", ":"), allow_nan=False).encode()


def one_of(field: str, given: str, allowed: tuple[str, ...]) -> str:
    """What is given, if it is one of the names that are allowed."""
    if given not in allowed:
        raise ValueError(f"{field} is {quoted(given)}; allowed: {', '.join(allowed)}")
    return given
