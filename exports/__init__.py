"""What leaves the browser: a table, code for other libraries, a page that plays without a server, pictures."""

from exports.code import LIBRARIES, lacking, to_code
from exports.gif import to_gif, to_png
from exports.handout import to_handout
from exports.links import VIEW_OPTIONS, Linked, follow
from exports.page import to_html
from exports.picture import INK, Picture
from exports.saved import Saved, from_json, to_json
from exports.svg import to_svg
from exports.table import COLUMNS, to_csv

__all__ = [
    "COLUMNS",
    "INK",
    "LIBRARIES",
    "VIEW_OPTIONS",
    "Linked",
    "Picture",
    "Saved",
    "follow",
    "from_json",
    "lacking",
    "to_code",
    "to_csv",
    "to_gif",
    "to_handout",
    "to_html",
    "to_json",
    "to_png",
    "to_svg",
]
