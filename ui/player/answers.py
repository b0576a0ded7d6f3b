"""What the player asks for while somebody points and drags: an experiment as in a link, and the answer as JSON.

Each answer depends on its address alone. No session is involved, so a drag never runs the page's script.
"""

import math
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from experiments import Experiment, from_query, loss_and_gradient, step_in_numbers, sweep_rates, telling_rate
from experiments.checks import in_domain, parse_number, whole
from experiments.experiment import landscape_of, optimizer_of
from experiments.simulation import with_rate
from experiments.step_in_numbers import step_arrows
from lessons import FIRST
from ui.drawing import drawn, simulated
from ui.figures import SCALES
from ui.player.payload import drawn_steps, encode, hold

FAN = 64  # paths
MOST_POINTS = 500  # of each; longer paths are sent in larger strides
BELOW, ABOVE = 300.0, 100.0  # the telling rate
Numbers = dict[str, float]


def answering(*names: str) -> Callable:
    """Makes a route of `answer(experiment, scale, **numbers)`, the numbers being the named ones of the query.

    What is wrong with the query is answered in words, with status 400.
    """

    def wrap(answer: Callable[..., Any]) -> Callable[[Request], Response]:
        def route(request: Request) -> Response:
            try:
                experiment, scale, numbers = asked(request, names)
                return JSONResponse(answer(experiment, scale, **numbers), headers={"Cache-Control": "no-store"})
            except ValueError as error:
                return JSONResponse({"error": str(error)}, status_code=400)

        return route

    return wrap


def asked(request: Request, names: tuple[str, ...]) -> tuple[Experiment, str, Numbers]:
    """The experiment of a query, the scale of its levels, and its numbers; ValueError says what is wrong."""
    query = {name: request.query_params.getlist(name) for name in request.query_params}
    given = {name: query.pop(name, [""])[-1] for name in names}
    scale = query.pop("scale", [SCALES[0]])[-1]
    if scale not in SCALES:
        raise ValueError(f"scale is {scale!r}; allowed: {', '.join(SCALES)}")
    experiment, problems = from_query(query, FIRST.experiment)
    if problems or not query:
        raise ValueError(" ".join(problems) or "the query is empty; allowed: an experiment as in a link")
    return experiment, scale, {name: parse_number(name, text) for name, text in given.items()}


@answering()
def paths(experiment: Experiment, scale: str) -> dict[str, Any]:
    """The whole payload, while a start is dragged."""
    return drawn(experiment, scale)


@answering("x", "y")
def value(experiment: Experiment, scale: str, x: float, y: float) -> dict[str, Any]:
    """The true loss and gradient at a point; None where they are not defined or not finite."""
    del scale
    if not in_domain(landscape_of(experiment), (x, y)):
        return {"loss": None, "gradient": None}
    loss, gradient = loss_and_gradient(experiment, (x, y))
    return {
        "loss": loss if math.isfinite(loss) else None,
        "gradient": list(gradient) if all(map(math.isfinite, gradient)) else None,
    }


@answering("of", "at")
def numbers(experiment: Experiment, scale: str, of: float, at: float) -> dict[str, Any]:
    """The formula of run `of`, every symbol's value at step `at`, and the directions worth an arrow."""
    del scale
    if not (of.is_integer() and at.is_integer()):
        raise ValueError(f"run and step are {of!r} and {at!r}; allowed: whole numbers")
    trajectory, run, step = simulated(experiment), int(of), int(at)
    rows = step_in_numbers(experiment, trajectory, run, step)
    return {
        "rows": [row._asdict() for row in rows],
        "arrows": [arrow._asdict() for arrow in step_arrows(experiment, trajectory, run, step)],
        "formula": optimizer_of(experiment.runs[run]).formula,
        "rate": experiment.runs[run].hyperparameters["learning_rate"],
        "range": rate_range(experiment, run),
        "count": FAN,
    }


@answering("of")
def rates(experiment: Experiment, scale: str, of: float) -> dict[str, Any]:
    """The paths of run `of` at FAN learning rates, from one that crawls to one that is far too large."""
    del scale
    run = whole("run", int(of) if of.is_integer() else of, 0, len(experiment.runs) - 1)
    low, high = rate_range(experiment, run)
    fan = sweep_rates(experiment, experiment.runs[run], np.geomspace(low, high, FAN).tolist())
    stride = -(-experiment.steps // MOST_POINTS)
    steps = np.minimum(np.arange(0, experiment.steps + stride, stride), experiment.steps)
    last = drawn_steps(fan)
    return {
        "positions": encode(hold(fan.positions, last)[:, steps]),
        "losses": encode(hold(fan.losses, last)[:, steps]),
        "drawn": last.tolist(),
        "stride": stride,
    }


def rate_range(experiment: Experiment, run: int) -> list[float]:
    """The lowest and the highest rate of the fan: far on both sides of the telling one, and around the present one."""
    raced = experiment.runs[run]
    present = raced.hyperparameters["learning_rate"]
    default = optimizer_of(raced).hyperparameters["learning_rate"].default
    telling = _telling(replace(experiment, runs=(with_rate(raced, default),)))
    low, high = telling / BELOW, telling * ABOVE
    return [min(low, present), max(high, present)] if present > 0 else [low, high]


@lru_cache(maxsize=256)
def _telling(experiment: Experiment) -> float:
    return telling_rate(experiment, experiment.runs[0])
