"""Python's garbage collection, kept from what stays anyway.

Streamlit collects after every run of a script. Looking through the hundreds of thousands of objects that JAX and its
compiled programs are made of takes 0.1 to 0.3 s, in which the server sends nothing: not even the paths just made.
"""

import gc

from surfaces import programs_made

_frozen = 0


def freeze_survivors() -> None:
    """Collects once, thoroughly, and takes all that is left out of the collections to come."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def freeze_new_programs() -> None:
    """The same, if something was compiled since the last time."""
    global _frozen
    if _frozen != programs_made():
        _frozen = programs_made()
        freeze_survivors()
