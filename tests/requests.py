"""Requests to the app's own routes, without a server."""

import asyncio
import json
from typing import Any, NamedTuple

from starlette.applications import Starlette

from ui.routes import PREFIX, all_routes

routes = Starlette(routes=all_routes(""))


class Answer(NamedTuple):
    """What came back; headers by their lower-case names."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def document(self) -> Any:
        return json.loads(self.body)


def get(path: str, query: str = "", method: str = "GET") -> Answer:
    """The answer to a request of a path below the app's own prefix; the query is encoded already."""
    return asyncio.run(answer(path, query, method))


async def answer(path: str, query: str = "", method: str = "GET") -> Answer:
    """The same within a running loop."""
    sent: list[dict] = []
    asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> dict:
        for message in asked:
            return message
        await asyncio.Event().wait()  # a browser that stays says nothing more
        raise AssertionError

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": f"{PREFIX}{path}", "query_string": query.encode(), "headers": []}
    await routes(scope, receive, send)  # type: ignore[arg-type]
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:]))
