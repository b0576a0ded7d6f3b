"""Landscapes: a gallery of all surfaces, by family."""

from html import escape

import streamlit as st

from landscapes import FAMILIES, LANDSCAPES, Landscape
from ui.reference.marks import open_link, opening_path, picture, style

MANY = 12


def landscapes_page() -> None:
    """The page: one element, since dozens take Streamlit a while."""
    style()
    st.title("Landscapes", anchor=False)
    st.markdown(gallery(), unsafe_allow_html=True)


def gallery() -> str:
    """All families with their surfaces, in Markdown."""
    parts = ["<p>From above; the paler, the lower, in levels spaced by factors. Dots are minima.</p>"]
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
    said = f"Contours of {landscape.label}; {minima(landscape)}"
    return "\n\n".join(
        [
            f'<div class="fall-line-card" id="{landscape.slug}"><a href="{opening_path("landscape", landscape.slug)}" '
            f'target="_self" rel="opener">{picture("landscape", landscape, said)}</a><h3>{label}</h3>',
            f"${landscape.formula}$",
            f'<p>{escape(landscape.teaches)}</p><p class="fall-line-small">{minima(landscape)}. '
            f"{escape(landscape.reference)}.</p>{open_link('landscape', landscape)}</div>",
        ]
    )


def minima(landscape: Landscape) -> str:
    """How many minima there are in the drawn part, and how low the lowest lies."""
    count = len(landscape.minima)
    if not count:
        return "no minimum"
    lowest = "" if landscape.minimum is None else f", the lowest at {landscape.minimum:.6g}"
    return f"{count} {'minimum' if count == 1 else 'minima'}{lowest}"
