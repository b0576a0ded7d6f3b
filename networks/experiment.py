"""What is trained: a data set, a network, and the runs that descend from the same weights."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from catalogue import Allowed, Parameter, finite, in_range, whole
from experiments import MAX_SEED, Run, check_dimension, optimizer_of
from networks.architecture import ACTIVATIONS, INITIALIZATIONS, MOST_LAYERS, MOST_UNITS, Architecture
from networks.data import DATA_SETS, DataSet

MOST_RUNS = 6
MOST_STEPS = 2000
FEWEST_POINTS, MOST_POINTS = 50, 500
LOSSES = ("cross_entropy", "squared")
L2 = Parameter(
    default=0.0,
    low=0.0,
    high=0.1,
    symbol=r"\lambda",
    allowed=Allowed(0.0, 10.0),
    help="Half of it times the sum of all squared weights is added to the loss, which keeps them small.",
)
HELD_OUT = Parameter(
    default=0.25,
    low=0.1,
    high=0.5,
    symbol="h",
    help="The share of the examples by which the network is judged, and of which no gradient is made.",
)


@dataclass(frozen=True)
class NetworkExperiment:
    """Everything that determines how networks are trained: names and numbers only, hashable, comparable, in a link.

    Args:
      data: a slug of DATA_SETS.
      hidden: units of the hidden layers, up to MOST_LAYERS of 1 to MOST_UNITS; () for a perceptron without any.
      activation: of the hidden layers, one of ACTIVATIONS.
      initialization: one of INITIALIZATIONS.
      loss: one of LOSSES; None for cross entropy where classes are learned, and squared where numbers are.
      l2: half of it times the sum of all squared weights is added to the loss.
      batch_size: examples per gradient; None for all that are trained on.
      steps: from 1 to MOST_STEPS.
      seed: of the first weights and of the batches, the same for every run.
      runs: from 1 to MOST_RUNS. All start from the same weights, so none has a start of its own.
      points: how many examples there are, from FEWEST_POINTS to MOST_POINTS, with those held out.
      noise: how far they stray; None for the data set's default.
      held_out: the share of them that is held out.
      data_seed: of the examples.

    Raises:
      ValueError: naming the field, the value and what is allowed.
    """

    data: str = "moons"
    hidden: tuple[int, ...] = (8, 8)
    activation: str = "tanh"
    initialization: str = "glorot"
    loss: str | None = None
    l2: float = L2.default
    batch_size: int | None = None
    steps: int = 500
    seed: int = 0
    runs: tuple[Run, ...] = (Run("gradient_descent", {"learning_rate": 0.5}), Run("adam", {"learning_rate": 0.02}))
    points: int = 200
    noise: float | None = None
    held_out: float = HELD_OUT.default
    data_seed: int = 0

    def __post_init__(self) -> None:
        data = DATA_SETS[one_of("data", self.data, DATA_SETS)]
        noise = data.noise.default if self.noise is None else self.noise
        checked: dict[str, Any] = {
            "hidden": hidden_layers(self.hidden),
            "activation": one_of("activation", self.activation, ACTIVATIONS),
            "initialization": one_of("initialization", self.initialization, INITIALIZATIONS),
            "loss": _loss(self.loss, data),
            "l2": in_range("l2", finite("l2", self.l2), L2.accepts),
            "steps": whole("steps", self.steps, 1, MOST_STEPS),
            "seed": whole("seed", self.seed, 0, MAX_SEED),
            "points": whole("points", self.points, FEWEST_POINTS, MOST_POINTS),
            "noise": in_range("noise", finite("noise", noise), data.noise.accepts),
            "held_out": in_range("held_out", finite("held_out", self.held_out), HELD_OUT.accepts),
            "data_seed": whole("data_seed", self.data_seed, 0, MAX_SEED),
            "runs": _runs(self.runs),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)
        if self.batch_size is not None:
            object.__setattr__(self, "batch_size", whole("batch_size", self.batch_size, 1, self.trained_on))
        for number, run in enumerate(self.runs, 1):
            check_dimension(self.architecture.dimension, f"optimizer of run {number}", optimizer_of(run))

    @property
    def data_set(self) -> DataSet:
        """The declaration of what is learned."""
        return DATA_SETS[self.data]

    @property
    def architecture(self) -> Architecture:
        """The network."""
        return Architecture(self.data_set.features, self.hidden, self.activation)

    @property
    def trained_on(self) -> int:
        """How many examples gradients are made of."""
        return self.points - round(self.held_out * self.points)


def with_data(experiment: NetworkExperiment, data: str) -> NetworkExperiment:
    """The same network on other data, with that data's own noise and loss."""
    return replace(experiment, data=data, noise=None, loss=None)


def losses_for(data: DataSet) -> tuple[str, ...]:
    """The losses by which a data set can be learned, the usual one first: cross entropy is for classes alone."""
    return LOSSES if data.task == "classification" else ("squared",)


def one_of(field: str, value: object, allowed: Iterable[str]) -> str:
    """`value`, if it is one of the allowed names."""
    names = list(allowed)
    if not isinstance(value, str) or value not in names:
        raise ValueError(f"{field} is {value!r}; allowed: {', '.join(names)}")
    return value


def hidden_layers(value: Any) -> tuple[int, ...]:
    """`value` as numbers of units."""
    if not isinstance(value, list | tuple) or len(value) > MOST_LAYERS:
        raise ValueError(
            f"hidden is {value!r}; allowed: up to {MOST_LAYERS} numbers of units, none for no hidden layer"
        )
    return tuple(whole("hidden", units, 1, MOST_UNITS) for units in value)


def _loss(value: str | None, data: DataSet) -> str:
    allowed = losses_for(data)
    return allowed[0] if value is None else one_of("loss", value, allowed)


def _runs(value: Any) -> tuple[Run, ...]:
    runs = tuple(value) if isinstance(value, list | tuple) else ()
    if not all(isinstance(run, Run) for run in runs) or not 1 <= len(runs) <= MOST_RUNS:
        count = f"{len(value)} of them" if isinstance(value, list | tuple) else repr(value)
        raise ValueError(f"runs is {count}; allowed: a tuple of 1 to {MOST_RUNS} Run")
    for number, run in enumerate(runs, 1):
        if run.start is not None:
            raise ValueError(
                f"start of run {number} is {run.start!r}; allowed: None, as all start from the same weights"
            )
    return runs
