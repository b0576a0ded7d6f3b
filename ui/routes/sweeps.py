"""What the pictures of sweeps are drawn from, and the files that draw them. Each answer depends on its address alone."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from catalogue import parse_number, parse_whole, quoted
from experiments import Experiment
from sweeps import MOST_CELLS, MOST_STARTS
from ui.routes.files import IMMUTABLE, TYPES
from ui.routes.player import answering, run_of
from ui.sweeps.documents import basins_document, map_document, rates_document
from ui.sweeps.mount import FILES, VERSION, WEB


def sweep_routes(below: str) -> list[Route]:
    """The routes, below a path."""
    return [
        Route(f"{below}/sweep/rates", answering(lambda experiment, given: rates_document(experiment))),
        Route(f"{below}/sweep/basins", answering(basins_answer, "of", "across", "rate")),
        Route(f"{below}/sweep/stability", answering(map_answer, "of", "across", "up")),
        Route(f"{below}/sweeps/{{version}}/{{name}}", file_response),
    ]


def basins_answer(experiment: Experiment, given: dict[str, str]):
    """Basins, so many starts across; with `rate` at another learning rate, as it is dragged."""
    rate = parse_number("rate", given["rate"]) if given["rate"] else None
    across = parse_whole("across", given["across"], 2, MOST_STARTS)
    return basins_document(experiment, run_of(given), across, rate)


def map_answer(experiment: Experiment, given: dict[str, str]):
    """The learning rate against the number `up`, so many cells across."""
    across = parse_whole("across", given["across"], 2, MOST_CELLS)
    return map_document(experiment, run_of(given), given["up"], across)


async def file_response(request: Request) -> Response:
    """One of the files; the browser keeps it as long as its version is in its address."""
    name = request.path_params["name"]
    if name not in FILES:
        return JSONResponse({"error": f"no file {quoted(name)}; there are {', '.join(FILES)}"}, status_code=404)
    path = WEB / name
    kept = IMMUTABLE if request.path_params["version"] == VERSION else "no-cache"
    return Response(path.read_bytes(), media_type=TYPES[path.suffix], headers={"Cache-Control": kept})
