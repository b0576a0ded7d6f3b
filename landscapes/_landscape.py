"""The declarations of a problem, a loss with its data, and of a landscape, a problem that can be drawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import jax
import jax.numpy as jnp
import numpy as np

from catalogue import Entry, Parameter

# What links mean by a name, and what the player's routes take away before they read a query as a link.
RESERVED = {"landscape", "start", "steps", "seed", "noise", "batch_size", "run", "formula", "view", "version"} | {
    *("lesson", "scale", "present", "hide", "lock", "paused", "embed", "embed_options", "theme", "v", "window"),
    *("x", "y", "of", "at", "rate", "across", "up", "sweep", "plane", "on"),
}
FAMILIES = ("bowl", "valley", "saddle", "plateau", "many minima", "data")
Interval = tuple[float, float]
Point = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Examples:
    """A data set: inputs of shape (examples,) or (examples, features), and one target per example.

    The last `padding` of them only fill up the room of a compiled program: they count for nothing.
    """

    inputs: np.ndarray
    targets: np.ndarray
    padding: int = 0

    def __len__(self) -> int:
        return len(self.targets) - self.padding

    @property
    def shares(self) -> np.ndarray:
        """How much each example counts for in the mean."""
        return (np.arange(len(self.targets)) < len(self)) / len(self)


def mean_loss(example_loss: Callable, examples: Examples) -> Callable:
    """The loss of a surface made of data: the mean of `example_loss(position, input, target)` over all examples."""

    def loss(position, **parameters):
        each = jax.vmap(lambda x, y: example_loss(position, x, y, **parameters))
        losses = each(examples.inputs, examples.targets)
        return jnp.dot(examples.shares, losses) if examples.padding else jnp.mean(losses)

    return loss


@dataclass(frozen=True, kw_only=True, eq=False)
class Problem(Entry):
    """A loss over any number of parameters, and the data that it is made of, if any: all that an optimizer needs.

    Args:
      loss: `loss(position, **parameters)`, `position` of shape (dimension,), in JAX; returns a scalar.
      dimension: how many numbers a position is made of.
      starts: starting points, the most instructive first.
      parameters: adjustable numbers by name.
      training: where the loss is made of data, the examples that gradients are made of.
      example_loss: `example_loss(position, input, target, **parameters)`, whose mean over `training` is the loss.
      held_out: examples to judge by, of which no gradient is made.
      turns: `turns(position, **parameters)`, of shape (period,): the losses that the steps go by, one after the other and
        over again, where the loss changes with the step; their mean is `loss`.
      period: how many losses take turns.
      pattern: a problem that differs from this one only in its examples and starts, whose compiled programs serve this one,
        too: they take the examples as numbers. None for a problem that has programs of its own.

    Raises:
      ValueError: a start has another dimension, or only a part of what belongs to data or to turns is given.
    """

    loss: Callable
    dimension: int
    starts: tuple[tuple[float, ...], ...]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    training: Examples | None = None
    example_loss: Callable | None = None
    held_out: Examples | None = None
    turns: Callable | None = None
    period: int = 1
    pattern: "Problem | None" = None

    def __post_init__(self) -> None:
        if self.dimension < 1 or not self.starts:
            raise ValueError(f"problem {self.slug}: it must have a dimension of at least 1, and a start")
        for start in self.starts:
            if len(start) != self.dimension:
                raise ValueError(f"problem {self.slug}: a start has {len(start)} numbers; allowed: {self.dimension}")
        if (self.training is None) != (self.example_loss is None):
            raise ValueError(f"problem {self.slug}: training and example_loss belong together")
        if self.held_out is not None and self.training is None:
            raise ValueError(f"problem {self.slug}: held_out needs training")
        if (self.turns is None) != (self.period == 1) or (self.turns is not None and self.training is not None):
            raise ValueError(f"problem {self.slug}: turns needs a period of at least 2, and no training")

    @property
    def parts(self) -> int:
        """Of how many parts the loss is the mean, of which a step may go by some: examples, or losses in turn; else 0."""
        if self.turns is not None:
            return self.period
        return 0 if self.training is None else len(self.training)


@dataclass(frozen=True, kw_only=True, eq=False)
class Landscape(Problem):
    """A problem of two dimensions with a view, and with its stated facts. The tests prove every one of them.

    Args:
      family: one of FAMILIES.
      formula: LaTeX.
      domain: ((x low, x high), (y low, y high)) where the loss is defined; infinite ends are allowed.
      view: the same shape, finite: what is drawn first.
      minimum: the lowest value, or None where the loss is unbounded below and no `box` is given.
      minima: all minima inside the view, global and local; only the global ones where there are over a dozen.
      names: what the minima are called, in their order, where a word tells them apart, such as "flat"; empty for none.
      saddles: saddle points at the default parameters, inside the view, at which the Hessian shows what they are.
      degenerate_saddles: those at which it does not, as one of its eigenvalues is 0, such as a monkey saddle.
      isolated: False where critical points also form curves, exactly or up to rounding, such as whole circles of
        minima; the points of such a curve are not stated.
      box: the box in which the literature searches and to which `minimum` refers, where the surface is lower still
        somewhere outside; a stated minimum may then lie on its border. None where nothing is lower anywhere.
      searched: whether the minima are what a search of the view found, and not stated by a source; `minimum` is then the
        lowest value in the view.
      smooth: False where the gradient jumps somewhere; a stated minimum may then sit on a kink.
      reference: where formula and optima come from.
      teaches: one sentence for a student.
      predict: `predict(position, input)`, what the model says of one input: the fit beside the examples.
      parameters: adjustable numbers by name. They never move the stated minima or their values.
    """

    dimension: int = 2
    family: str
    formula: str
    view: tuple[Interval, Interval]
    starts: tuple[Point, ...]
    minimum: float | None
    minima: tuple[Point, ...]
    reference: str
    teaches: str
    domain: tuple[Interval, Interval] = ((-float("inf"), float("inf")), (-float("inf"), float("inf")))
    names: tuple[str, ...] = ()
    saddles: tuple[Point, ...] = ()
    degenerate_saddles: tuple[Point, ...] = ()
    isolated: bool = True
    box: tuple[Interval, Interval] | None = None
    searched: bool = False
    smooth: bool = True
    predict: Callable | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.dimension != 2:
            raise ValueError(f"landscape {self.slug}: dimension is {self.dimension}; allowed: 2, for more a Problem")
        data = (self.training, self.held_out, self.example_loss, self.predict)
        if any(part is None for part in data) != all(part is None for part in data):
            raise ValueError(f"landscape {self.slug}: training, held_out, example_loss and predict belong together")
        if (self.training is None) == (self.family == "data"):
            raise ValueError(f"landscape {self.slug}: the family data is for surfaces with training examples")
        if self.family not in FAMILIES:
            raise ValueError(f"landscape {self.slug}: family {self.family!r} is not one of {', '.join(FAMILIES)}")
        if self.names and len(self.names) != len(self.minima):
            raise ValueError(f"landscape {self.slug}: {len(self.names)} names for {len(self.minima)} minima")
        if taken := RESERVED & self.parameters.keys():
            raise ValueError(f"landscape {self.slug}: parameter {', '.join(taken)} has another meaning in a link")
