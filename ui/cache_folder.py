"""Where what outlives the server is kept on disk."""

from pathlib import Path

import platformdirs


def cache_folder() -> Path:
    """Where this system keeps a user's caches, and among them ours."""
    return platformdirs.user_cache_path("fall-line", appauthor=False)


def programs_folder() -> Path:
    """Where compiled programs outlive the server."""
    return cache_folder() / "programs"


def pictures_folder() -> Path:
    """Where the thumbnails of the reference pages outlive the server."""
    return cache_folder() / "thumbnails"
