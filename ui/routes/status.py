"""For the one who runs the server: how it is doing. Nothing of this is about a person.

It is there only where the environment says FALL_LINE_STATUS=1.
"""

import gc
import os
import time
import tomllib
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from streamlit import runtime
from streamlit.runtime.stats import GaugeStat

from surfaces import programs_made
from ui.routes.slowest import slowest

ROOT = Path(__file__).parents[2]


def status_routes(below: str) -> list[Route]:
    """The route, below a path, if it is asked for."""
    asked = os.environ.get("FALL_LINE_STATUS") == "1"
    return [Route(f"{below}/status", status_response)] if asked else []


async def status_response(request: Request) -> Response:
    """Numbers by name, as JSON."""
    return JSONResponse(status(), headers={"Cache-Control": "no-store"})


def status() -> dict[str, Any]:
    """Version, sessions, programs compiled, memory in megabytes, and the slowest requests of the last hour."""
    now = time.monotonic()
    return {
        "version": version(),
        "sessions": sessions(),
        "programs": programs_made(),
        "memory_megabytes": megabytes("VmRSS"),
        "most_memory_megabytes": megabytes("VmHWM"),
        "full_garbage_collections": gc.get_stats()[-1]["collections"],
        "slowest_requests": [
            {"path": slow.path, "seconds": round(slow.seconds, 3), "minutes_ago": round((now - slow.at) / 60, 1)}
            for slow in slowest()
        ],
    }


def version() -> str:
    """As in pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def sessions() -> int:
    """Browser tabs that are connected, as Streamlit counts them for its own metrics."""
    counted = runtime.get_instance().stats_mgr.get_stats(["active_sessions"]) if runtime.exists() else {}
    return sum(stat.value for stats in counted.values() for stat in stats if isinstance(stat, GaugeStat))


def megabytes(name: str) -> int | None:
    """What Linux says of this process's memory under a name: VmRSS is held now, VmHWM the most so far. None elsewhere."""
    lines = Path("/proc/self/status")
    return int(lines.read_text().split(f"{name}:")[1].split()[0]) // 1024 if lines.exists() else None
