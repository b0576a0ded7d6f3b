"""Sweeps: what one run cannot show, as pictures beside the player."""

from ui.sweeps.page import sweeps_page

__all__ = ["sweeps_page"]
