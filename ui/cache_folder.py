"""Where what outlives the server is kept on disk."""

import os
import sys
from pathlib import Path


def cache_folder() -> Path:
    """Where this system keeps a user's caches, and among them ours."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "fall-line"


def pictures_folder() -> Path:
    """Where the thumbnails of the reference pages outlive the server."""
    return cache_folder() / "thumbnails"
