"""What the reference pages are written in: links to Compare, pictures, tables of symbols, and their style."""

from collections.abc import Mapping
from html import escape
from pathlib import Path

import streamlit as st

from catalogue import Entry, Parameter
from ui.reference.thumbnails import HEIGHT, VERSION, WIDTH
from ui.theme import theme

STYLE = Path(__file__).parent / "reference.css"


def style() -> None:
    """The look of the pages; sent once per page, and takes no room."""
    st.html(STYLE)


def open_link(kind: str, entry: Entry) -> str:
    """A link to Compare, in HTML. It loads Compare anew, in the same tab, wherever the app is served."""
    label = escape(entry.label)
    return (
        f'<a class="fall-line-open" href="{opening_path(kind, entry.slug)}" target="_self" rel="opener" '
        f'aria-label="Open {label} in Compare">Open in Compare</a>'
    )


def opening_path(kind: str, slug: str) -> str:
    """Where the server leads on to Compare from, relative to a page."""
    return f"fall-line/open/{kind}/{slug}"


def picture(kind: str, entry: Entry, description: str) -> str:
    """A thumbnail in HTML, fetched when it comes into sight."""
    source = f"fall-line/thumbnail/{kind}/{entry.slug}?theme={theme()}&v={VERSION}"
    return (
        f'<img class="fall-line-picture" src="{escape(source)}" width="{WIDTH // 2}" height="{HEIGHT // 2}" loading="lazy" '
        f'alt="{escape(description, quote=True)}">'
    )


def symbols(parameters: Mapping[str, Parameter]) -> str:
    """A table in Markdown: which symbol of the formula is which slider, where that starts and how far it goes.

    Of what stands for a choice it is a menu, and its options.
    """
    rows = [
        f"| ${parameter.symbol}$ {name.replace('_', ' ').capitalize()} | {parameter.default:g} | "
        f"{_range(parameter)} | {parameter.help} |"
        for name, parameter in ((name, declared.as_seen) for name, declared in parameters.items())
    ]
    return "\n".join(["| Slider | Default | Range | What it does |", "|---|---|---|---|", *rows])


def _range(parameter: Parameter) -> str:
    if parameter.options:
        return ", ".join(f"{index}: {option}" for index, option in enumerate(parameter.options))
    return f"{parameter.low:g} to {parameter.high:g}"
