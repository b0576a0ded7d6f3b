"""An experiment with all that a page asks for while it is played, so that it needs no server (web/stored_source.js)."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any, NamedTuple

import numpy as np

from experiments import (
    Experiment,
    Run,
    Trajectory,
    Verdict,
    held_out_losses,
    landscape_of,
    optimizer_of,
    schedule_of,
    step_arrows,
    step_in_numbers,
    sweep_rates,
    verdicts,
    with_rate,
)
from player.answers import FAN, every, rate_range, strided
from player.examples import examples
from player.figures import THEMES
from player.packing import pack
from player.payload import hold, last_drawable, payload
from player.recent import recent_payload, recent_trajectory
from player.surface_document import surface_document

DIGITS = 3  # of a rate, as a slider shows it
ARROW_DIGITS = 5
CHANGING = ("loss", "rate", "slope")  # the charts whose axes depend on the paths


class Room(NamedTuple):
    """How much is kept: points of the paths of all fans together, but at least so many rates, in larger strides if need
    be; and steps of all runs that are told in numbers."""

    points: int = 200_000  # three megabytes before they are packed
    rates: int = 24
    numbers: int = 12_000


AMPLE = Room()


class Size(NamedTuple):
    """How many rates a fan has, and every how many steps its paths have a point."""

    rates: int
    stride: int


def stored_experiment(
    experiment: Experiment, scale: str, progress: Callable[[float], None] = lambda share: None, room: Room = AMPLE
) -> dict[str, Any]:
    """Plain JSON: what is drawn first, the surface in both themes, every step in numbers, and a fan of paths for every run.

    Args:
      scale: how the levels are spaced, one of SCALES.
      progress: is told which share of the work is done.
      room: how much is kept.

    Raises:
      ValueError: what is minimized is not a surface.
    """
    landscape = landscape_of(experiment)
    light, dark = (surface_document(landscape, experiment.landscape_parameters, scale, theme) for theme in THEMES)
    size, told = size_of_fans(experiment, room), numbers_every(experiment, room.numbers)
    runs = []
    for run in range(len(experiment.runs)):
        runs.append({"numbers": _numbers(experiment, run, told), "fan": _fan(experiment, run, scale, size)})
        progress((run + 1) / len(experiment.runs))
    return {
        "payload": recent_payload(experiment, scale),
        "minimum": landscape.minimum,
        "surface": {name: part for name, part in light.items() if name != "loss"},  # which follows from the heights
        "dark": differences(light, dark),
        "examples": None if landscape.training is None else examples(experiment),
        "runs": runs,
    }


def size_of_fans(experiment: Experiment, room: Room) -> Size:
    """As many rates as there is room for; where even few are too much, their paths in larger strides."""
    every_step = len(experiment.runs) * (experiment.steps + 1)
    rates = min(max(room.points // every_step, room.rates), FAN)
    return Size(rates, -(-rates * every_step // room.points))


def numbers_every(experiment: Experiment, most: int) -> int:
    """Every how many steps one is told in numbers."""
    return -(-len(experiment.runs) * experiment.steps // most)


def differences(one: Any, other: Any, path: tuple[str | int, ...] = ()) -> list[list[Any]]:
    """Where two documents of the same shape differ, as paths, and what stands there in the other."""
    if isinstance(one, Mapping) and isinstance(other, Mapping) and one.keys() == other.keys():
        return [found for key in one for found in differences(one[key], other[key], (*path, key))]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [found for index, pair in pairs for found in differences(*pair, (*path, index))]
    return [] if one == other else [[list(path), other]]


def _numbers(experiment: Experiment, run: int, every: int) -> dict[str, Any]:
    """Steps of one run in numbers: which rows a step has, and their values one after the other; and its arrows."""
    trajectory = recent_trajectory(experiment)
    layouts: list[list[list[Any]]] = []
    steps, arrows = [], []
    for step in range(0, experiment.steps, every):
        rows = step_in_numbers(experiment, trajectory, run, step)
        layout = [[row.symbol, row.name, len(row.values)] for row in rows]
        if layout not in layouts:
            layouts.append(layout)
        steps.append([layouts.index(layout), *(value for row in rows for value in row.values)])
        shown = step_arrows(experiment, trajectory, run, step)
        arrows.append([[arrow.name, _rounded(arrow.x), _rounded(arrow.y)] for arrow in shown])
    return {
        "formula": optimizer_of(experiment.runs[run]).formula,
        "rate": experiment.runs[run].hyperparameters["learning_rate"],
        "every": every,
        "layouts": layouts,
        "steps": steps,
        "arrows": arrows,
    }


def _rounded(value: float) -> float:
    return float(f"{value:.{ARROW_DIGITS}g}")


def _fan(experiment: Experiment, run: int, scale: str, size: Size) -> dict[str, Any]:
    """The paths of one run at many rates, and what is said of it and how the charts are drawn at each."""
    low, high = (float(f"{end:.{DIGITS}g}") for end in rate_range(experiment, run))
    rates = [float(f"{rate:.{DIGITS}g}") for rate in np.geomspace(low, high, size.rates).tolist()]
    fan = sweep_rates(experiment, experiment.runs[run], rates)
    said = verdicts(experiment, recent_trajectory(experiment))
    at = [
        _at_rate(experiment, run, with_rate(experiment.runs[run], rate), _part(fan, index), said, scale)
        for index, rate in enumerate(rates)
    ]
    last = last_drawable(fan)
    series = every(size.stride, fan)
    # Above the floor of each, as in the payload: near a minimum, losses themselves have too few digits in float32.
    floors = np.array([[each["floor"]] for each in at])
    series["gaps"] = np.maximum(series.pop("losses") - floors, 0.0)
    held_out = held_out_losses(experiment, fan)
    if held_out is not None:
        series["heldOut"] = hold(held_out, last)[:, strided(experiment.steps, size.stride)]
    return {
        **{name: pack(values) for name, values in series.items()},
        "drawn": last.tolist(),
        "stride": size.stride,
        "range": [low, high],
        "at": [{"rate": rate, **each} for rate, each in zip(rates, at, strict=True)],
    }


def _at_rate(
    experiment: Experiment, run: int, changed: Run, path: Trajectory, said: tuple[Verdict, ...], scale: str
) -> dict[str, Any]:
    """What the payload would hold if this run had the path; the other runs are as they were."""
    runs = tuple(changed if index == run else one for index, one in enumerate(experiment.runs))
    (its_own,) = verdicts(replace(experiment, runs=(changed,)), path)
    whole = _with_path(recent_trajectory(experiment), run, path)
    told = tuple(its_own if index == run else one for index, one in enumerate(said))
    found = payload(replace(experiment, runs=runs), whole, told, scale)
    return {
        "digest": found["digest"],
        "floor": found["floor"],
        "run": found["runs"][run],
        "rates": found["rates"][run] if schedule_of(changed).reacts else None,
        "axes": {name: found["charts"][name]["yaxis"] for name in CHANGING},
    }


def _part(fan: Trajectory, index: int) -> Trajectory:
    """One of the runs alone."""
    return Trajectory(*(getattr(fan, field.name)[index : index + 1] for field in fields(fan)))


def _with_path(trajectory: Trajectory, run: int, path: Trajectory) -> Trajectory:
    """The trajectory with another run in the place of one."""
    parts: dict[str, Any] = {}
    for field in fields(trajectory):
        before, own = getattr(trajectory, field.name), getattr(path, field.name)
        if field.name == "states":
            parts[field.name] = (*before[:run], *own, *before[run + 1 :])
        else:
            parts[field.name] = np.concatenate([before[:run], own, before[run + 1 :]])
    return Trajectory(**parts)
