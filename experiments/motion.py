"""What the end of a path does: stay, go to and fro, go on, or grow. From the path alone, whatever the surface."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

FEWEST = 10  # steps: a shorter tail says nothing
TO_AND_FRO = 3.0  # times its extent: the length of a path that turns back at least twice
GROWN = 1.2  # times: what the last bends of a growing path must be of the first ones in its last half
Path = Float[np.ndarray, "points 2"]
Position = Sequence[float] | np.ndarray


class Tail(NamedTuple):
    """The last quarter of a path, at least ten steps, as a whole.

    `mean` and `spread` are its centre and the root mean square distance from it, `drift` the distance between the
    centres of its halves, `width` half of its extent along the axis where that is larger, `length` what it covers, and
    `pace` how far a step gets on the whole. `bounces` tells whether it turns back again and again, and `middle` where it
    is at the end, such bounces aside.
    """

    mean: np.ndarray
    middle: np.ndarray
    spread: float
    drift: float
    width: float
    length: float
    pace: float
    bounces: bool


def tail_of(path: Path) -> Tail:
    """What the last quarter of `path` does, wherever in a cycle it is cut."""
    steps = tail_steps(path)
    last = path[-steps - 1 :]
    mean, extent = last.mean(axis=0), last.max(axis=0) - last.min(axis=0)
    first_half, second_half = last[: len(last) // 2], last[-(len(last) // 2) :]
    length = float(lengths(last).sum())
    bounces = length > TO_AND_FRO * float(np.hypot(*extent))
    return Tail(
        mean,
        second_half.mean(axis=0) if bounces else path[-1],
        float(np.sqrt(np.mean(distances(last, mean) ** 2))),
        float(np.hypot(*(first_half.mean(axis=0) - second_half.mean(axis=0)))),
        float(extent.max()) / 2,
        length,
        float(np.hypot(*(last[-1] - last[0]))) / max(steps, 1),
        bounces,
    )


def distances(path: Path, point: Position) -> Float[np.ndarray, " points"]:
    """How far each of its points is from `point`; infinite where the square of that overflows."""
    with np.errstate(over="ignore"):
        away = path - point
        return np.sqrt(np.einsum("pc,pc->p", away, away))


def lengths(path: Path) -> Float[np.ndarray, " steps"]:
    """How long each of its steps is, likewise."""
    return distances(path[1:] - path[:-1], (0.0, 0.0))


def tail_steps(path: Path) -> int:
    """How many steps the tail has: a quarter of all, but at least ten, if there are."""
    steps = len(path) - 1
    return min(max(steps // 4, FEWEST), steps)


def turns_back(path: Path) -> bool:
    """Whether most steps of the path's tail lead back from where the one before led to, as in a zigzag."""
    steps = np.diff(path[-tail_steps(path) - 1 :], axis=0)
    return len(steps) < 2 or bool(np.mean(np.sum(steps[1:] * steps[:-1], axis=1) < 0) > 0.5)


def arrival(away: Float[np.ndarray, " points"], radius: float) -> int | None:
    """The first index from which on no distance is larger than `radius`; None if the last one is."""
    beyond = np.flatnonzero(~(away <= radius))
    step = int(beyond[-1]) + 1 if len(beyond) else 0
    return step if step < len(away) else None


def first_stay(away: Float[np.ndarray, " points"], radius: float, steps: int) -> int:
    """The first index from which on no distance is larger than `radius` for so many steps, or else for good."""
    beyond = np.concatenate([[-1], np.flatnonzero(~(away <= radius)), [len(away) + steps]])
    return int(beyond[np.argmax(np.diff(beyond) > steps)]) + 1


def growth(path: Path) -> float:
    """By what factor a step the path's bends grow throughout its last half; 1 if they don't.

    A bend is the difference of two steps that follow each other: a bounce shows in it, and so does a run that gathers
    speed, but not one that merely goes on.
    """
    steps = np.diff(path[(len(path) - 1) // 2 :], axis=0)
    bends = lengths(steps)
    length = len(bends) // 4
    if length < 2:
        return 1.0
    largest = bends[-4 * length :].reshape(4, length).max(axis=1)
    if not (np.diff(largest) > 0).all() or not largest[3] > GROWN * largest[0] > 0:
        return 1.0
    return float((largest[3] / largest[0]) ** (1 / (3 * length)))


def recedes(path: Path, centre: Float[np.ndarray, " 2"]) -> bool:
    """Whether the path gets farther and farther from `centre` throughout its last half, without coming to rest."""
    away = distances(path[len(path) // 2 :], centre)
    length = len(away) // 4
    if length == 0:
        return bool(away[-1] > away[0])
    gains = np.diff(away[-4 * length :].reshape(4, length).mean(axis=1))
    return bool((gains > 0).all() and gains[-1] > gains[0] / 4)


def steps_to(goal: Position, path: Path, radius: float) -> float:
    """How many more steps until `path` is within `radius` of `goal`, if it goes straight there at the pace that it has.

    A pace is constant, or a constant share of what is still to go, or in between: it is taken to go with a power of the
    distance, from 0 to 1, as it did over the last half of the path.
    """
    quarter = (len(path) - 1) // 4
    (last,) = distances(path[-1:], goal)
    before, after = lengths(path[[-1 - 2 * quarter, -1 - quarter, -1]])
    if last <= radius:
        return 0.0
    if not after > 0:
        return np.inf
    # As if it had come straight, too: what it went around a bend took it nearer.
    second, first = last + after, last + after + before
    if not second > last:  # it is so far away that what it walks is lost in rounding
        return np.inf
    power = 0.0
    if before > 0:
        power = float(np.clip(2 * np.log(after / before) / np.log(last / first), 0, 1))
    if power == 1:
        return float(quarter * np.log(last / radius) / np.log(second / last))
    rest, done = (1 - (radius / last) ** (1 - power)), ((second / last) ** (1 - power) - 1)
    return float(quarter * rest / done) if done > 0 else np.inf
