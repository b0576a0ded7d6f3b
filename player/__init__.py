"""The picture itself: figures, payload, answers, and the browser's half in web/. It knows neither Streamlit nor HTTP."""

from player.answers import numbers_at, rate_fan, value_at, with_start
from player.display import HIDEABLE, OPTIONS, Display, display_from_query, display_to_query
from player.examples import examples
from player.figures import SCALES, THEMES, scale_for
from player.files import ASSETS, PLOTLY, STYLES, WEB, fingerprint
from player.recent import recent_payload, recent_trajectory
from player.recent_networks import (
    ON,
    claims_of,
    plane_document,
    recent_boundaries,
    recent_network_payload,
    recent_plane,
)
from player.run_labels import run_labels
from player.run_styles import run_styles, swatch
from player.stored import Room, stored_experiment
from player.surface_document import Window, surface_document

__all__ = [
    "ASSETS",
    "HIDEABLE",
    "ON",
    "OPTIONS",
    "PLOTLY",
    "SCALES",
    "STYLES",
    "THEMES",
    "WEB",
    "Display",
    "Room",
    "Window",
    "claims_of",
    "display_from_query",
    "display_to_query",
    "examples",
    "fingerprint",
    "numbers_at",
    "plane_document",
    "rate_fan",
    "recent_boundaries",
    "recent_network_payload",
    "recent_payload",
    "recent_plane",
    "recent_trajectory",
    "run_labels",
    "run_styles",
    "scale_for",
    "stored_experiment",
    "surface_document",
    "swatch",
    "value_at",
    "with_start",
]
