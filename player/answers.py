"""What the player asks for while somebody points and drags: of an experiment, as plain JSON.

Each answer depends on the experiment and the numbers given alone; whoever serves the player hands it on.
"""

import math
from dataclasses import replace
from typing import Any

import numpy as np

from caches import cached
from catalogue import whole
from experiments import (
    Experiment,
    Trajectory,
    in_domain,
    landscape_of,
    loss_and_gradient,
    optimizer_of,
    step_arrows,
    step_in_numbers,
    suggested_rate,
    sweep_rates,
    with_rate,
)
from player.payload import encode, hold, last_drawable
from player.recent import recent_trajectory

FAN = 64  # paths
MOST_POINTS = 500  # of each; longer paths are sent in larger strides
BELOW, ABOVE = 300.0, 100.0  # the suggested rate


def value_at(experiment: Experiment, x: float, y: float) -> dict[str, Any]:
    """The true loss and gradient at a point; None where they are not defined or not finite."""
    if not in_domain(landscape_of(experiment), (x, y)):
        return {"loss": None, "gradient": None}
    loss, gradient = loss_and_gradient(experiment, (x, y))
    return {
        "loss": loss if math.isfinite(loss) else None,
        "gradient": list(gradient) if all(map(math.isfinite, gradient)) else None,
    }


def with_start(experiment: Experiment, x: float, y: float, run: int | None) -> Experiment:
    """The experiment with another start: of all runs that have none of their own, or of one run."""
    if run is None:
        return replace(experiment, start=(x, y))
    whole("run", run, 0, len(experiment.runs) - 1)
    runs = tuple(replace(one, start=(x, y)) if index == run else one for index, one in enumerate(experiment.runs))
    return replace(experiment, runs=runs)


def numbers_at(experiment: Experiment, run: int, step: int, rate: float | None = None) -> dict[str, Any]:
    """The formula of a run, every symbol's value at a step, and the directions worth an arrow; if given, at that rate."""
    whole("run", run, 0, len(experiment.runs) - 1)
    if rate is not None:
        experiment = _at_rate(experiment, run, rate)
    trajectory = recent_trajectory(experiment)
    rows = step_in_numbers(experiment, trajectory, run, step)
    return {
        "rows": [row._asdict() for row in rows],
        "arrows": [arrow._asdict() for arrow in step_arrows(experiment, trajectory, run, step)],
        "formula": optimizer_of(experiment.runs[run]).formula,
        "rate": experiment.runs[run].hyperparameters["learning_rate"],
        "range": rate_range(experiment, run),
        "count": FAN,
    }


def rate_fan(experiment: Experiment, run: int) -> dict[str, Any]:
    """The paths of a run at FAN learning rates, from one that crawls to one that is far too large."""
    whole("run", run, 0, len(experiment.runs) - 1)
    low, high = rate_range(experiment, run)
    fan = sweep_rates(experiment, experiment.runs[run], np.geomspace(low, high, FAN).tolist())
    stride = -(-experiment.steps // MOST_POINTS)
    return {
        **{name: encode(values) for name, values in every(stride, fan).items()},
        "drawn": last_drawable(fan).tolist(),
        "stride": stride,
    }


def every(stride: int, fan: Trajectory) -> dict[str, np.ndarray]:
    """Positions, losses and lengths of gradients as they are drawn, at every `stride`-th step and the last."""
    taken = fan.gradients.shape[1]
    steps = strided(taken, stride)
    last = last_drawable(fan)
    return {
        "positions": hold(fan.positions, last)[:, steps],
        "losses": hold(fan.losses, last)[:, steps],
        "slopes": _slopes(fan, last)[:, np.minimum(steps, taken - 1)],
    }


def strided(steps: int, stride: int) -> np.ndarray:
    """Every `stride`-th step, and the last."""
    return np.minimum(np.arange(0, steps + stride, stride), steps)


def _slopes(fan: Trajectory, last: np.ndarray) -> np.ndarray:
    """How long the gradients are, held where a path has left all bounds."""
    held = hold(fan.gradients, np.minimum(last, fan.gradients.shape[1] - 1))
    return np.hypot(*np.moveaxis(held, -1, 0))


def _at_rate(experiment: Experiment, run: int, rate: float) -> Experiment:
    """The experiment with another learning rate of one run."""
    runs = tuple(with_rate(one, rate) if index == run else one for index, one in enumerate(experiment.runs))
    return replace(experiment, runs=runs)


def rate_range(experiment: Experiment, run: int) -> list[float]:
    """The lowest and the highest rate of the fan: far on both sides of the suggested one, and around the present one."""
    raced = experiment.runs[run]
    present = raced.hyperparameters["learning_rate"]
    default = optimizer_of(raced).hyperparameters["learning_rate"].default
    suggested = _suggested(replace(experiment, runs=(with_rate(raced, default),)))
    low, high = suggested / BELOW, suggested * ABOVE
    return [min(low, present), max(high, present)] if present > 0 else [low, high]


@cached(256)
def _suggested(experiment: Experiment) -> float:
    return suggested_rate(experiment, experiment.runs[0])
