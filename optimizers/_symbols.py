"""How the lines of a rule are written and called where one step of it is shown in numbers."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Symbol(NamedTuple):
    """What stands left of the equals sign in a line of a formula.

    Args:
      latex: with the index t.
      meaning: a few words for a student.
      arrow: 1 or -1 for what is worth an arrow from the position, in or against its direction.
    """

    latex: str
    meaning: str
    arrow: int = 0


SYMBOLS: Mapping[str, Symbol] = MappingProxyType(
    {
        "velocity": Symbol("m_t", "momentum", arrow=-1),
        "mu": Symbol("m_t", "first moment", arrow=-1),
        "nu": Symbol("v_t", "second moment"),
        "mu_hat": Symbol(r"\hat m_t", "first moment, corrected"),
        "nu_hat": Symbol(r"\hat v_t", "second moment, corrected"),
        "update": Symbol(r"\theta_{t+1} - \theta_t", "the step"),
    }
)
"""What several rules have; a rule that means something else by such a name declares its own."""
