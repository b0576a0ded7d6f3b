"""What comes of a run: judged by what its tail does, where it stays, and what happens if it runs on."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool

from experiments.experiment import Experiment, landscape_of
from experiments.motion import Path, Tail, distances, first_stay, growth, recedes, steps_to, tail_steps
from experiments.places import (
    ABOUT,
    CLOSE,
    SEEN,
    STABLE,
    Course,
    Place,
    Surroundings,
    at_rest,
    course_of,
    passes_by,
    surroundings,
)
from experiments.running_on import run_on
from experiments.simulation import Trajectory
from landscapes import Landscape, Point
from surfaces import view_centre, view_diagonal

FAR = 1000  # of the view's diagonals away from its middle: lost, though the numbers are still finite
SLOW = 5  # times as many steps again as a run has had, PATIENCE at least: more than one waits for
PATIENCE = 200  # steps that one waits in any case
ASTRAY = (
    1.4  # times its spread: a tail that goes to and fro and drifts less than that goes nowhere; a straight one, 1.7
)


class Future(NamedTuple):
    """The same run for longer: when it is lost, if it is; if not, its course, and the surface where that ends."""

    lost_at: int | None
    course: Course | None
    around: Surroundings | None


class Outcome(NamedTuple):
    """What became of one run.

    `kind` is one of lost, growing, leaving, stays, oscillates, moving, crawls and plateau. `place` is where it stays;
    `step` since when it stays, or is lost, or is farther out than the picture is wide; `goal` the point to which it is
    on its way, or about which it oscillates; `left` how many steps it still needs to get there, or to leave a place at
    which it only lingers; `factor` by how much a growing run grows a step. What is not known is None.
    """

    kind: str
    course: Course | None = None
    future: Future | None = None
    place: Place | None = None
    step: int | None = None
    goal: Point | None = None
    left: float | None = None
    factor: float = 1.0


def outcomes(experiment: Experiment, trajectory: Trajectory) -> list[Outcome]:
    """What became of every run, in the experiment's order."""
    landscape = landscape_of(experiment)
    lost = [_lost_at(landscape, trajectory, run) for run in range(len(trajectory.positions))]
    courses = {
        run: course_of(trajectory.positions[run], trajectory.losses[run])
        for run, step in enumerate(lost)
        if step is None
    }
    resting = {run: at_rest(landscape, course) for run, course in courses.items()}
    open_courses = {run: courses[run] for run, place in resting.items() if place is None}
    futures = _with_futures(experiment, open_courses)
    return [
        Outcome("lost", step=step)
        if step is not None
        else _outcome(landscape, courses[run], *futures[run])
        if run in futures
        else _staying(courses[run], resting[run])
        for run, step in enumerate(lost)
    ]


def _with_futures(experiment: Experiment, courses: Mapping[int, Course]) -> dict[int, tuple[Surroundings, Future]]:
    """What the surface is like where these runs end, and what happens to them if they run on."""
    if not courses:
        return {}
    landscape = landscape_of(experiment)
    longer = run_on(experiment, [experiment.runs[run] for run in courses])
    lost = [_lost_at(landscape, longer, index) for index in range(len(courses))]
    later = [
        course_of(longer.positions[index], longer.losses[index]) for index, step in enumerate(lost) if step is None
    ]
    # All in one go: a search from two dozen points takes as long as from one.
    around = surroundings(landscape, experiment.landscape_parameters, [*courses.values(), *later])
    ends = iter(zip(later, around[len(courses) :], strict=True))
    futures = [Future(None, *next(ends)) if step is None else Future(step, None, None) for step in lost]
    return dict(zip(courses, zip(around, futures, strict=False), strict=True))


def _lost_at(landscape: Landscape, trajectory: Trajectory, run: int) -> int | None:
    """When a run had no finite loss any more; or, if it ended very far away, got farther out than the picture is wide."""
    if trajectory.diverged_at[run] >= 0:
        return int(trajectory.diverged_at[run])
    path = trajectory.positions[run]
    return _out_since(landscape, path) if _is_beyond(landscape, path[-1:], FAR)[0] else None


def _out_since(landscape: Landscape, path: Path) -> int | None:
    """Since when it is farther from the middle of the view than a diagonal; None if it is not."""
    inside = np.flatnonzero(~_is_beyond(landscape, path))
    step = int(inside[-1]) + 1 if len(inside) else 0
    return step if step < len(path) else None


def _is_beyond(landscape: Landscape, path: Path, diagonals: float = 1.0) -> Bool[np.ndarray, " points"]:
    """Whether it is farther from the middle of the view than so many diagonals, along either axis."""
    away = np.abs(path - view_centre(landscape))
    return np.maximum(away[:, 0], away[:, 1]) > diagonals * view_diagonal(landscape)


def _staying(course: Course, place: Place | None, future: Future | None = None, left: float | None = None) -> Outcome:
    assert place is not None
    return Outcome("stays", course, future, place, place.step, left=left)


def _outcome(landscape: Landscape, course: Course, around: Surroundings, future: Future) -> Outcome:
    if diverging := _diverging(landscape, course, future):
        return diverging
    if place := _confirmed(landscape, course, around.place, future):
        return _staying(course, place, future, _steps_until_it_leaves(landscape, course, place, future))
    return _oscillating(landscape, course, future) or _under_way(landscape, course, around, future)


def _diverging(landscape: Landscape, course: Course, future: Future) -> Outcome | None:
    """A run that grows by a factor, or has left the picture by more than its width and goes on: now and later."""
    centre, later = view_centre(landscape), future.course
    step = _out_since(landscape, course.path)
    factor = _visible_growth(landscape, course)
    # What grows by a power of the steps, not by a factor a step, does so ever more slowly.
    if factor > 1 and (later is None or growth(later.path) ** 2 > factor):
        return Outcome("growing", course, future, step=step, factor=factor)
    if step is not None and (later is None or (recedes(course.path, centre) and recedes(later.path, centre))):
        return Outcome("leaving", course, future, step=step)
    return None


def _visible_growth(landscape: Landscape, course: Course) -> float:
    """By what factor a step the run grows; 1 while it is too small to be seen."""
    return growth(course.path) if course.tail.width > CLOSE * view_diagonal(landscape) else 1.0


def _confirmed(landscape: Landscape, course: Course, place: Place | None, future: Future) -> Place | None:
    """Where the run stays in the light of its future: a run that only passes by does not stay.

    How far it goes to and fro is read off its future, as long as it goes on as before: that is steadier than its tail.
    """
    close, about = CLOSE * view_diagonal(landscape), ABOUT * view_diagonal(landscape)
    if future.course is None or future.around is None:
        return None if place is None or place.distance > about else place
    later = future.around.place
    if later is not None and later.distance <= about and later.step <= course.steps:
        return None if place is None and passes_by(course, later.step, close) else later
    if place is None or place.kind not in STABLE:
        return place
    if place.distance <= close:
        soon = future.course.path[course.steps : course.steps + tail_steps(course.path)]
        goes_on = distances(soon, place.point).max() > 2 * close
        return None if goes_on and course.steps - place.step < 10 and place.kind != "floor" else place
    tail = future.course.tail
    off_centre = float(np.hypot(*(tail.mean - place.point)))
    distance = float(np.hypot(tail.spread, off_centre))
    if off_centre > max(close, tail.spread / 2):
        return place if place.distance <= about else None
    return place if distance <= about and (distance >= place.distance / 2 or place.distance <= about / 2) else None


def _steps_until_it_leaves(landscape: Landscape, course: Course, place: Place, future: Future) -> float | None:
    """When a run will leave a saddle or the like, at which it only lingers; None if it stays."""
    if place.kind in STABLE or future.course is None:
        return None
    away = distances(future.course.path[course.steps :], place.point) > CLOSE * view_diagonal(landscape)
    return float(np.argmax(away)) if away.any() else None


def _oscillating(landscape: Landscape, course: Course, future: Future) -> Outcome | None:
    """A run that goes to and fro about one place, now and later."""
    if future.course is None or future.around is None:
        return None
    tail, later, place = course.tail, future.course.tail, future.around.place
    if not later.bounces or not _is_seen(landscape, tail, later):
        return None
    centre = later.mean if place is None else np.array(place.point)
    ahead = distances(future.course.path[course.steps :], later.mean)
    has_come = (
        place is None and _goes_nowhere(later) and not first_stay(ahead, 3 * later.spread, tail_steps(course.path))
    )
    if not has_come and later.spread < max(tail.spread / (4 if tail.bounces else 1), later.drift):
        return None
    if np.hypot(*(tail.mean - centre)) > 2 * max(tail.spread, later.spread):
        return None
    paces = tail.length / tail_steps(course.path), later.length / tail_steps(future.course.path)
    if not tail.bounces and paces[0] < paces[1] / 3:
        return None
    about = nearest_minimum(landscape, tail.mean) if place is None else place.point
    if about is not None and np.hypot(*(tail.mean - about)) > max(tail.spread / 2, CLOSE * view_diagonal(landscape)):
        about = None
    return Outcome("oscillates", course, future, goal=about)


def _goes_nowhere(tail: Tail) -> bool:
    """Whether a tail goes to and fro in one region, rather than on."""
    return tail.bounces and tail.drift < ASTRAY * tail.spread


def _is_seen(landscape: Landscape, *tails: Tail) -> bool:
    """Whether one could see these tails move."""
    return 2 * max(tail.width for tail in tails) > SEEN * view_diagonal(landscape)


def _under_way(landscape: Landscape, course: Course, around: Surroundings, future: Future) -> Outcome:
    """A run that still goes somewhere: within reach, or too slowly for that, on flat ground or not."""
    if future.course is None or future.around is None:
        return Outcome("moving", course, future)
    rest = future.course.path[course.steps - tail_steps(course.path) :]
    if np.ptp(rest, axis=0).max() < SEEN * view_diagonal(landscape):
        return Outcome("plateau" if around.is_flat else "crawls", course, future)
    goal, left = _way_ahead(landscape, course, future.course, future.around)
    is_slow = left > SLOW * max(course.steps, PATIENCE)
    kind = "moving" if not is_slow else "plateau" if around.is_flat else "crawls"
    return Outcome(kind, course, future, goal=goal, left=left)


def _way_ahead(landscape: Landscape, course: Course, later: Course, around: Surroundings) -> tuple[Point | None, float]:
    """Where a run is going, None if that is not known, and how many more steps it takes.

    It goes to where it stays later, or to and fro; else to the minimum that is near its later end, at the pace that it
    has there. Where no minimum is known, the steps are those for a tenth of the picture.
    """
    close, ahead = CLOSE * view_diagonal(landscape), later.path[course.steps :]
    tail, steps = later.tail, tail_steps(course.path)
    if place := around.place:
        radius = max(close, 3 * place.distance) if tail.bounces else close
        return place.point, first_stay(distances(ahead, place.point), radius, steps)
    if _goes_nowhere(tail):
        return None, first_stay(distances(ahead, tail.mean), 3 * tail.spread, steps)
    goal = around.minimum or nearest_minimum(landscape, later.path[-1])
    if goal is None:
        rest = view_diagonal(landscape) / 10 / tail.pace if tail.pace > 0 else np.inf
    else:
        rest = steps_to(goal, later.path, close)
    return goal, len(ahead) - 1 + rest


def nearest_minimum(landscape: Landscape, position: np.ndarray) -> Point | None:
    """The stated minimum that is nearest to `position`; None where none is stated."""
    if not landscape.minima:
        return None
    return landscape.minima[int(np.argmin(distances(np.array(landscape.minima), position)))]
