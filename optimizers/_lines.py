"""A rule's formula once more, line by line, so that one step of it can be said in numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax.numpy as jnp


@dataclass(frozen=True)
class Line:
    """One line of a formula: what stands left of its equals sign, and how it is computed from what came before.

    Args:
      symbol: LaTeX of the left side, with the index t.
      meaning: a few words for a student.
      value: the right side. It takes what it needs by name: `t` (1 for the first step), `theta`, `g` (the gradient as
        the rule received it), `value` (the loss there), `learning_rate` (of this step), the rule's hyperparameters, a
        field of its state by its name and, like g, as it was before the step with `_before` behind; and every earlier
        line. What only the engine can tell, such as the slope at another place, is a field that its line hands on.
      arrow: 1 or -1 for what is worth an arrow from the position, in or against its direction.
    """

    symbol: str
    meaning: str
    value: Callable[..., Any]
    arrow: int = 0


def step(value: Callable[..., Any]) -> Line:
    """The last line of every rule: what is added to the position."""
    return Line(r"\theta_{t+1} - \theta_t", "the step", value)


VELOCITY = Line("m_t", "momentum", lambda velocity_before, g, momentum: momentum * velocity_before + g, arrow=-1)
AVERAGED_VELOCITY = Line(
    "m_t",
    "momentum",
    lambda velocity_before, g, momentum: momentum * velocity_before + (1 - momentum) * g,
    arrow=-1,
)
FIRST_MOMENT = Line("m_t", "first moment", lambda mu_before, g, b1: b1 * mu_before + (1 - b1) * g, arrow=-1)
SECOND_MOMENT = Line("v_t", "second moment", lambda nu_before, g, b2: b2 * nu_before + (1 - b2) * g**2)
FIRST_CORRECTED = Line(r"\hat m_t", "first moment, corrected", lambda mu, b1, t: mu / (1 - b1**t))
SECOND_CORRECTED = Line(r"\hat v_t", "second moment, corrected", lambda nu, b2, t: nu / (1 - b2**t))
ADAM_STEP = step(
    lambda learning_rate, mu_hat, nu_hat, eps: -learning_rate * mu_hat / (jnp.sqrt(nu_hat) + eps)
)  # and that of its relatives, which differ in the moments
ADAM = {
    "mu": FIRST_MOMENT,
    "nu": SECOND_MOMENT,
    "mu_hat": FIRST_CORRECTED,
    "nu_hat": SECOND_CORRECTED,
    "update": ADAM_STEP,
}
