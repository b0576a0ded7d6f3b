"""The declaration of one landscape: the function and everything that is known about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from catalogue import Entry, Parameter

RESERVED = {"landscape", "start", "steps", "seed", "noise", "batch_size", "run", "scale", "theme", "v"}
FAMILIES = ("bowl", "valley", "saddle", "plateau", "many minima", "data")
Interval = tuple[float, float]
Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True, eq=False)
class Landscape(Entry):
    """A loss over two parameters, with its stated facts. The tests prove every one of them.

    Args:
      family: one of FAMILIES.
      loss: `loss(position, **parameters)`, `position` of shape (2,), in JAX; returns a scalar.
      formula: LaTeX.
      domain: ((x low, x high), (y low, y high)) where the loss is defined; infinite ends are allowed.
      view: the same shape, finite: what is drawn first.
      starts: starting points, telling ones first.
      minimum: the lowest value, or None where the loss is unbounded below and no `box` is given.
      minima: all minima inside the view, global and local; only the global ones where there are over a dozen.
      saddles: saddle points inside the view at which the Hessian shows what they are.
      degenerate_saddles: those at which it does not, as one of its eigenvalues is 0, such as a monkey saddle.
      isolated: False where critical points also form curves, exactly or up to rounding, such as whole circles of
        minima; the points of such a curve are not stated.
      box: the box in which the literature searches and to which `minimum` refers, where the surface is lower still
        somewhere outside; a stated minimum may then lie on its border. None where nothing is lower anywhere.
      smooth: False where the gradient jumps somewhere; a stated minimum may then sit on a kink.
      reference: where formula and optima come from.
      teaches: one sentence for a student.
      parameters: adjustable numbers by name. They never move the stated minima or their values.
    """

    family: str
    loss: Callable
    formula: str
    view: tuple[Interval, Interval]
    starts: tuple[Point, ...]
    minimum: float | None
    minima: tuple[Point, ...]
    reference: str
    teaches: str
    domain: tuple[Interval, Interval] = ((-float("inf"), float("inf")), (-float("inf"), float("inf")))
    saddles: tuple[Point, ...] = ()
    degenerate_saddles: tuple[Point, ...] = ()
    isolated: bool = True
    box: tuple[Interval, Interval] | None = None
    smooth: bool = True
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.family not in FAMILIES:
            raise ValueError(f"landscape {self.slug}: family {self.family!r} is not one of {', '.join(FAMILIES)}")
        if taken := RESERVED & self.parameters.keys():
            raise ValueError(f"landscape {self.slug}: parameter {', '.join(taken)} has another meaning in a link")
