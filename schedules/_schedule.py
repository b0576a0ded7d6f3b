"""The declaration of one learning-rate schedule, and the parameters that several share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from catalogue import Entry, Parameter


@dataclass(frozen=True, kw_only=True, eq=False)
class Schedule(Entry):
    """How the learning rate changes over a run.

    Args:
      multiplier: `multiplier(step, steps, **parameters)`, the factor on the base rate at `step` (a number or a NumPy
        array, counted from 0) of a run of `steps` steps. NumPy, since it is evaluated to a vector before the run.
      parameters: adjustable numbers by name.
      formula: LaTeX; t is the step, T the number of steps.
      reference: where it comes from.
      teaches: one sentence for a student.
      reacts: whether the rate also falls when the loss stalls, by the parameters `factor` and `patience`.
      twin: `twin(steps, **parameters)`, the optax schedule with matching settings, or None where optax has none.
    """

    multiplier: Callable
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    formula: str
    reference: str
    teaches: str
    twin: Callable | None
    reacts: bool = False


TRANSITION_STEPS = Parameter(
    default=100.0,
    low=1.0,
    high=10_000.0,
    symbol="k",
    log=True,
    help="After how many steps the decay has acted once.",
)
ALPHA = Parameter(
    default=0.0, low=0.0, high=1.0, symbol=r"\alpha", help="The factor that is left at the end: 0 decays to nothing."
)
WARMUP = Parameter(
    default=0.1, low=0.0, high=0.9, symbol="w", help="The share of the run in which the rate still rises."
)


def warmup_steps(steps: int, warmup: float) -> int:
    """The number of steps of the rise, short of the whole run; with none the first step has the full rate."""
    return min(round(warmup * steps), steps - 1)
