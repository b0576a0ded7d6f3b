"""Python's garbage collection, kept from what stays anyway.

Streamlit collects after every run of a script. Looking through the hundreds of thousands of objects that JAX and its
compiled programs are made of takes 0.1 to 0.3 s, in which the server sends nothing: not even the paths just made.
"""

import gc

from experiments.kept import how_many_made

_spared = 0


def spare_what_stays() -> None:
    """Collects once, thoroughly, and takes all that is left out of the collections to come."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def spare_what_was_made() -> None:
    """The same, if something was compiled since the last time."""
    global _spared
    if _spared != how_many_made():
        _spared = how_many_made()
        spare_what_stays()
