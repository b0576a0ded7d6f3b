"""Landscapes: a gallery of all surfaces, by family."""

import math
from functools import lru_cache
from html import escape

import numpy as np
import streamlit as st

from landscapes import FAMILIES, LANDSCAPES, Landscape
from ui.glossary import definitions, with_terms
from ui.reference.marks import open_link, opening_path, picture, style


def landscapes_page() -> None:
    """The page: one element, since dozens take Streamlit a while."""
    style()
    st.title("Landscapes", anchor=False)
    st.markdown(gallery(), unsafe_allow_html=True)
    definitions()


def gallery() -> str:
    """All families with their surfaces, in Markdown."""
    parts = [
        "<p>Seen from above, levels spaced logarithmically; the lowest has the page's colour. Dots are minima.</p>"
    ]
    for family in FAMILIES:
        members = sorted(
            (landscape for landscape in LANDSCAPES.values() if landscape.family == family),
            key=lambda entry: entry.label,
        )
        if members:
            parts += [f"## {family.capitalize()}", '<div class="fall-line-gallery">', *map(card, members), "</div>"]
    return "\n\n".join(parts)


def card(landscape: Landscape) -> str:
    """One surface. Blank lines let Markdown typeset the formula inside the HTML; inline, so that a long one wraps."""
    label = escape(landscape.label)
    description = f"Contours of {landscape.label}; {minima(landscape)}"
    return "\n\n".join(
        [
            f'<div class="fall-line-card" id="{landscape.slug}"><a href="{opening_path("landscape", landscape.slug)}" '
            f'target="_self" rel="opener">{picture("landscape", landscape, description)}</a><h3>{label}</h3>',
            f"${landscape.formula}$",
            f'<p>{with_terms(escape(landscape.teaches))}</p><p class="fall-line-small">{minima(landscape)}. '
            f"{escape(landscape.reference)}.</p>{open_link('landscape', landscape)}</div>",
        ]
    )


@lru_cache(maxsize=512)
def minima(landscape: Landscape) -> str:
    """How many stated minima are global and how many local, and how low the lowest lies."""
    defaults = {name: parameter.default for name, parameter in landscape.parameters.items()}
    losses = [float(landscape.loss(np.array(point), **defaults)) for point in landscape.minima]
    lowest = math.nan if landscape.minimum is None else landscape.minimum
    least = sum(math.isclose(loss, lowest, rel_tol=1e-5, abs_tol=1e-5) for loss in losses)
    parts = [f"{count} {kind}" for count, kind in ((least, "global"), (len(losses) - least, "local")) if count]
    counted = f"{' and '.join(parts)} {'minimum' if len(losses) == 1 else 'minima'}" if parts else "no minimum"
    return counted if landscape.minimum is None else f"{counted}, lowest loss {lowest + 0.0:.6g}"
