"""Requests that take the processor have it in turn, as many at once as there are cores.

Sessions draw their pages meanwhile. Who has waited too long is asked to come back; who has gone is not worked for.
"""

import os
import time
from collections.abc import Awaitable, Callable

from anyio import CancelScope, Semaphore, create_task_group, from_thread, move_on_after, to_thread
from anyio.lowlevel import RunVar
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from surfaces import before_compiling
from sweeps import before_chunk
from ui.routes.slowest import note

CORES = os.cpu_count() or 1
LONGEST_WAIT = 30.0  # seconds
COME_BACK = {"Retry-After": "5", "Cache-Control": "no-store"}
CLOSED = 499  # what servers call the status of an answer that nobody is there to get
_turns: RunVar[Semaphore] = RunVar("turns")


def in_turn(answer: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that answers in a thread when it is its turn."""

    async def endpoint(request: Request) -> Response:
        begun = time.perf_counter()
        response = Response(status_code=CLOSED)
        async with create_task_group() as tasks:
            tasks.start_soon(_cancel_when_gone, request, tasks.cancel_scope)
            response = await _answered(answer, request)
            tasks.cancel_scope.cancel()
        note(request.url.path, time.perf_counter() - begun)
        return response

    return endpoint


async def _answered(answer: Callable[[Request], Response], request: Request) -> Response:
    """Waits for a turn, and answers within it; or, if that takes too long, says when to ask again."""
    turns = _turns.get(None)
    if turns is None:
        turns = Semaphore(CORES)
        _turns.set(turns)
    with move_on_after(LONGEST_WAIT) as wait:
        await turns.acquire()
    if wait.cancelled_caught:
        sentence = {"error": "the server is busy with other requests; ask again in a few seconds"}
        return JSONResponse(sentence, status_code=503, headers=COME_BACK)
    try:
        return await to_thread.run_sync(_stoppable, answer, request)
    finally:
        turns.release()


def _stoppable(answer: Callable[[Request], Response], request: Request) -> Response:
    """The answer, of which nothing more is compiled or swept once the browser has gone."""
    before_compiling.set(from_thread.check_cancelled)
    before_chunk.set(from_thread.check_cancelled)
    return answer(request)


async def _cancel_when_gone(request: Request, scope: CancelScope) -> None:
    """Cancels when the browser closes the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
