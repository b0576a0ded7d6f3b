"""The declaration of one update rule, and the parameters that many rules share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from catalogue import BELOW_ONE, NOT_NEGATIVE, POSITIVE, Allowed, Entry, Parameter
from optimizers._by_hand import ByHand
from optimizers._promise import Promise
from optimizers._symbols import SYMBOLS, Symbol


@dataclass(frozen=True)
class Elsewhere:
    """The same rule in another library, for those who take an experiment there.

    Args:
      call: Python, in which `points` is what is optimized and every hyperparameter stands by its name; empty for optax,
        whose call is the `twin`, or what `make` makes.
      only: hyperparameters with which it is the same rule at these numbers alone.
      constant_rate: whether it is the same rule only while the learning rate stays what it is.
    """

    call: str = ""
    only: Mapping[str, Allowed] = field(default_factory=dict)
    constant_rate: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Optimizer(Entry):
    """An update rule with its hyperparameters, its formula and where it comes from.

    Args:
      year: of the first publication.
      make: `make(**hyperparameters)` returns an `optax.GradientTransformationExtraArgs`: `by_hand(step, ...)` for a rule
        that is written out, any call of optax for one that is adopted. The learning rate of every step is passed anew,
        so the rule's initial state must not depend on it.
      hyperparameters: adjustable numbers by name, always with `learning_rate`.
      formula: LaTeX, the rule as its paper writes it; g is the gradient, θ the position, η the learning rate.
      shows: the fields of the state worth drawing, each one number or one per coordinate; of a rule written out, all.
      symbols: how lines and shown fields are written and called, where it is not as in `SYMBOLS`.
      reference: the paper.
      teaches: one sentence for a student.
      twin: `twin(**hyperparameters)`, the optax call with matching settings, or None where optax has none.
      elsewhere: the same rule in other libraries, by their names for `to_code`, such as "torch".
      builds_on: slugs of the rules that it came from.
      changes: what it changed in them and why, one sentence.
      defaults: why its numbers start where they do, one sentence.
      pictured_with: hyperparameters that its picture needs, where the defaults make it another rule.
      promises: what its paper promises, each with a check that the tests run; a rule adopted from optax has at least one.
      separable: whether each coordinate moves as it would alone, on a loss that is a sum over coordinates.
      stable_up_to: `stable_up_to(**hyperparameters)`, the largest curvature of a paraboloid on which it does not diverge;
        None where that is not known, or depends on more.
      largest_dimension: of the positions that it can be used on, None for any.
      why_not_larger: what forbids more, one sentence.
    """

    year: int
    make: Callable
    hyperparameters: Mapping[str, Parameter]
    formula: str
    shows: tuple[str, ...] = ()
    symbols: Mapping[str, Symbol] = field(default_factory=dict)
    reference: str
    teaches: str
    twin: Callable | None
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)
    builds_on: tuple[str, ...] = ()
    changes: str = ""
    defaults: str = ""
    pictured_with: Mapping[str, float] = field(default_factory=dict)
    promises: tuple[Promise, ...] = ()
    separable: bool = True
    stable_up_to: Callable | None = None
    largest_dimension: int | None = None
    why_not_larger: str = ""

    def __post_init__(self) -> None:
        if "learning_rate" not in self.hyperparameters:
            raise ValueError(f"optimizer {self.slug}: hyperparameters must hold learning_rate")
        if isinstance(self.make, ByHand) and not self.shows:
            object.__setattr__(self, "shows", tuple(self.make.state))

    def symbol(self, name: str) -> Symbol:
        """How a line or a shown field of this name is written and called; by its name where nobody said more."""
        words = name.replace("_", " ")
        return self.symbols.get(name) or SYMBOLS.get(name) or Symbol(rf"\mathrm{{{words}}}_t", words)


LEARNING_RATE = Parameter(
    default=0.01,
    low=1e-6,
    high=100.0,
    symbol=r"\eta",
    log=True,
    allowed=POSITIVE,
    help="The factor on every step: too small crawls, too large oscillates or diverges.",
)
EPSILON = Parameter(
    default=1e-8,
    low=1e-12,
    high=1.0,
    symbol=r"\epsilon",
    log=True,
    allowed=NOT_NEGATIVE,
    help="Keeps the division finite; large values turn adaptive steps back into plain ones.",
)
WEIGHT_DECAY = Parameter(
    default=0.0,
    low=0.0,
    high=10.0,
    symbol=r"\lambda",
    allowed=NOT_NEGATIVE,
    help="Pulls every step toward the origin, and so off the minimum; at 0 there is none.",
)


def decay_rate(default: float, symbol: str, help: str) -> Parameter:
    """A factor of exponential forgetting, from 0 (no memory) to just under 1."""
    return Parameter(default=default, low=0.0, high=0.9999, symbol=symbol, forgets=True, allowed=BELOW_ONE, help=help)


MOMENTUM = decay_rate(
    0.9, r"\beta", "How much of the last velocity is kept: 0 is gradient descent, 0.99 is a heavy ball."
)
FIRST_MOMENT_DECAY = decay_rate(0.9, r"\beta_1", "How long past gradients are averaged: 0.9 looks back about 10 steps.")
SECOND_MOMENT_DECAY = decay_rate(
    0.999, r"\beta_2", "How long squared gradients are averaged: 0.999 looks back about 1000 steps."
)


def learning_rate(default: float) -> Parameter:
    """The common learning rate with a default of its own."""
    return replace(LEARNING_RATE, default=default)
