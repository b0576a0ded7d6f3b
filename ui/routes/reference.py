"""What the reference pages link to: pictures of entries, and the way from an entry to Compare."""

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ui.cache_folder import pictures_folder
from ui.reference.openings import address, opening
from ui.reference.thumbnails import VERSION, thumbnail
from ui.routes.files import IMMUTABLE
from ui.routes.turns import in_turn


def reference_routes(below: str) -> list[Route]:
    """The routes, below a path."""
    return [
        Route(f"{below}/thumbnail/{{kind}}/{{slug}}", in_turn(thumbnail_response)),
        Route(f"{below}/open/{{kind}}/{{slug}}", in_turn(open_response)),
    ]


def thumbnail_response(request: Request) -> Response:
    """A picture; the browser keeps it as long as its address, which holds a version, stays the same."""
    kind, slug = request.path_params["kind"], request.path_params["slug"]
    try:
        picture = thumbnail(kind, slug, request.query_params.get("theme", "light"), pictures_folder())
    except ValueError as error:
        return JSONResponse({"error": str(error)}, status_code=404)
    kept = IMMUTABLE if request.query_params.get("v") == VERSION else "no-cache"
    return Response(picture, media_type="image/webp", headers={"Cache-Control": kept})


def open_response(request: Request) -> Response:
    """Leads on to Compare with the experiment of an entry in its address, relative to wherever the app is served."""
    try:
        experiment = opening(request.path_params["kind"], request.path_params["slug"])
    except ValueError as error:
        return JSONResponse({"error": str(error)}, status_code=404)
    return RedirectResponse(f"../../../?{address(experiment)}", headers={"Cache-Control": "no-store"})
