"""Requests that take the processor have it in turn, as many at once as there are cores.

Sessions draw their pages meanwhile. Who has waited too long is asked to come back; who has gone is not worked for.
"""

import os
import time
from collections.abc import Awaitable, Callable
from threading import Event

from anyio import CancelScope, Semaphore, create_task_group, move_on_after, to_thread
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


class BrowserGone(BaseException):
    """Ends the work on an answer that nobody is there to get; not an error, so that nothing takes it for one."""


def in_turn(answer: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that answers in a thread when it is its turn."""

    async def endpoint(request: Request) -> Response:
        begun = time.perf_counter()
        response = Response(status_code=CLOSED)
        async with create_task_group() as tasks:
            gone = Event()
            tasks.start_soon(_cancel_when_gone, request, gone, tasks.cancel_scope)
            response = await _answered(answer, request, gone)
            tasks.cancel_scope.cancel()
        note(request.url.path, time.perf_counter() - begun)
        return response

    return endpoint


async def _answered(answer: Callable[[Request], Response], request: Request, gone: Event) -> Response:
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
        return await to_thread.run_sync(_stoppable, answer, request, gone)
    except BrowserGone:
        return Response(status_code=CLOSED)
    finally:
        turns.release()


def _stoppable(answer: Callable[[Request], Response], request: Request, gone: Event) -> Response:
    """The answer, of which nothing more is compiled or swept, in whatever thread, once the browser has gone."""

    def stop_if_gone() -> None:
        if gone.is_set():
            raise BrowserGone

    before_compiling.set(stop_if_gone)
    before_chunk.set(stop_if_gone)
    return answer(request)


async def _cancel_when_gone(request: Request, gone: Event, scope: CancelScope) -> None:
    """Cancels when the browser closes the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    gone.set()
    scope.cancel()
