"""The experiment as a program in a library that students use."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from experiments import Experiment, Run
from exports import elsewhere_code
from exports.elsewhere_code import KERAS, TORCH
from exports.optax_code import OPTAX, optax_code, optax_lacks
from player import run_labels


class Translation(NamedTuple):
    """How programs for one library are written."""

    label: str
    lacks: Callable[[Run], str]
    write: Callable[[Experiment, Sequence[str]], str]


TRANSLATIONS: Mapping[str, Translation] = {
    "optax": Translation(OPTAX.library.label, optax_lacks, optax_code),
    **{
        template.library.slug: Translation(
            template.library.label,
            partial(elsewhere_code.lacks, template=template),
            partial(elsewhere_code.code, template=template),
        )
        for template in (TORCH, KERAS)
    },
}
LIBRARIES = tuple(TRANSLATIONS)


def to_code(experiment: Experiment, library: str) -> str:
    """A program that runs as it is pasted, and prints of every run its label, its final x and y, and the loss there.

    The four stand in a line with tabs between them, numbers with 17 digits. It computes in double precision, with the
    library's own rules, and reproduces `simulate` to about 1e-8 as long as rounding decides nothing. In Keras, where some
    rules have their ε elsewhere, a large one makes a difference.

    Args:
      library: one of LIBRARIES.

    Raises:
      ValueError: there is no such library, or it lacks a rule; the message says which.
    """
    if missing := lacking(experiment, library):
        raise ValueError(f"{'; '.join(missing)}. Allowed: rules that {TRANSLATIONS[library].label} has.")
    return TRANSLATIONS[library].write(experiment, run_labels(experiment))


def lacking(experiment: Experiment, library: str) -> tuple[str, ...]:
    """What the library lacks for the runs of an experiment, each said once; empty where it has everything."""
    if library not in TRANSLATIONS:
        raise ValueError(f"library is {library!r}; allowed: {', '.join(LIBRARIES)}")
    return tuple(dict.fromkeys(filter(None, map(TRANSLATIONS[library].lacks, experiment.runs))))
