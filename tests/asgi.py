"""Asking the app's routes without a server."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def get(server, path: str, method: str = "GET", **given: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer; `given` are headers of the request."""
    messages = []
    requests = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive():
        return next(requests, None) or await asyncio.Event().wait()  # a browser that stays says nothing more

    async def send(message):
        messages.append(message)

    path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": headers_of(given),
    }
    run_aside(server(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
    return messages[0]["status"], headers, b"".join(message.get("body", b"") for message in messages[1:])


def run_aside(asked: Coroutine[Any, Any, Any]) -> Any:
    """What comes of it, in a thread of its own: in this one, the browser of other tests may have a loop running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asked).result()


def headers_of(given: dict[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers as they are sent, `_` standing for `-`."""
    return [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()]
