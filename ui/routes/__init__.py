"""What is served beside the pages: the player's files and data, pictures of entries, the ways into Compare, a status."""

from starlette.routing import Route

from ui.drawn import drawn_routes
from ui.routes.files import file_routes
from ui.routes.networks import network_routes
from ui.routes.player import player_routes
from ui.routes.reference import reference_routes
from ui.routes.status import status_routes
from ui.routes.sweeps import sweep_routes
from ui.routes.take_away import take_away_routes

PREFIX = "/fall-line"


def all_routes(base_url_path: str) -> list[Route]:
    """All routes, under the server's base path."""
    base = f"/{base_url_path.strip('/')}" if base_url_path.strip("/") else ""
    below = base + PREFIX
    # The files come last: their names stand where those of all others do.
    return [
        *player_routes(below),
        *drawn_routes(below),
        *network_routes(below),
        *reference_routes(below),
        *status_routes(below),
        *sweep_routes(below),
        *take_away_routes(below),
        *file_routes(below),
    ]
