"""What leaves the browser: a table, code for other libraries, a page that plays without a server, pictures."""

from exports.code import LIBRARIES, lacking, to_code
from exports.gif import to_gif, to_png
from exports.links import Linked, follow
from exports.page import to_html
from exports.picture import INK, Picture
from exports.table import COLUMNS, to_csv

__all__ = [
    "COLUMNS",
    "INK",
    "LIBRARIES",
    "Linked",
    "Picture",
    "follow",
    "lacking",
    "to_code",
    "to_csv",
    "to_gif",
    "to_html",
    "to_png",
]
