"""Waits, in a run of a page's script, until the player has drawn what it was sent.

What comes after it then finds the browser free: paths are there after 43 ms, after 69 if the controls that brought them
are sent along with them.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

LONGEST = 1.0  # seconds: a tab in the background draws nothing, and its controls must follow all the same
_expected: dict[int, Event] = {}


def serial_number() -> int:
    """A number larger than all before, by which a player knows the newest of several things that it was sent."""
    return time.time_ns() // 1000


@contextmanager
def until_drawn() -> Iterator[int]:
    """The number of what is sent to the player within; ends when the player has drawn that."""
    serial = serial_number()
    _expected[serial] = Event()
    try:
        yield serial
        _expected[serial].wait(LONGEST)
    finally:
        _expected.pop(serial, None)


def drawn_routes(below: str) -> list[Route]:
    """Where players report what they have drawn, below a path."""
    return [Route(f"{below}/drawn", drawn_response, methods=["POST"])]


async def drawn_response(request: Request) -> Response:
    """Notes that the player has drawn what it was sent under the number `serial`."""
    serial = request.query_params.get("serial", "")
    if not (serial.isascii() and serial.isdigit() and len(serial) < 20):
        return JSONResponse({"error": "serial is missing or no whole number; allowed: what the player was sent"}, 400)
    if drawn := _expected.get(int(serial)):
        drawn.set()
    return Response(status_code=204)
