"""What became of a run, in words that may be repeated aloud."""

from dataclasses import dataclass, replace

import numpy as np

from experiments.divisions import division_by_zero
from experiments.experiment import Experiment, Run, goes_by_parts, landscape_of
from experiments.motion import tail_steps, turns_back
from experiments.outcomes import PATIENCE, Outcome, outcomes
from experiments.places import CLOSE, SEEN, Course, Place, global_minima
from experiments.simulation import Trajectory
from experiments.wording import (
    at,
    how_lost,
    in_short,
    length,
    name_of,
    out_of_picture,
    percent,
    reached,
    rounded,
    saddle,
)
from landscapes import Landscape, Point
from surfaces import view_diagonal

__all__ = ["CLOSE", "KINDS", "Verdict", "global_minima", "verdicts"]

SHORT = {
    "global_minimum": "at the minimum",
    "local_minimum": "local minimum",
    "saddle": "at a saddle",
    "oscillates": "oscillates",
    "moving": "still moving",
    "crawls": "crawls",
    "plateau": "stuck on a plateau",
    "diverged": "diverged",
}
KINDS = tuple(SHORT)
DATED = {"global_minimum", "local_minimum", "diverged"}  # the kinds whose short words say the step
ON_A_PLATEAU = "stuck on a plateau: the slope is too small to follow"
DECAYED = 0.01  # of its highest value: what is left of a learning rate that has decayed
SLOWER = 10  # times as many steps as a straight way at this pace would take: a run that needs more gets slower


@dataclass(frozen=True)
class Verdict:
    """One of KINDS, in words, and where they apply: the step at which it happened and the point that it is about.

    `short` is the same in the few words that fit on a button; those of the kind, with the step, where none are given.
    """

    kind: str
    text: str
    step: int | None = None
    point: Point | None = None
    short: str = ""

    def __post_init__(self) -> None:
        if self.short:
            return
        dated = self.kind in DATED and self.step is not None
        object.__setattr__(self, "short", SHORT[self.kind] + (f", step {self.step}" if dated else ""))


def verdicts(experiment: Experiment, trajectory: Trajectory) -> tuple[Verdict, ...]:
    """One verdict per run, in the experiment's order."""
    return tuple(
        _verdict(experiment, trajectory, run, outcome) for run, outcome in enumerate(outcomes(experiment, trajectory))
    )


def _verdict(experiment: Experiment, trajectory: Trajectory, run: int, outcome: Outcome) -> Verdict:
    landscape, course = landscape_of(experiment), outcome.course
    if course is None or outcome.kind in ("growing", "leaving"):
        return _diverged(experiment, trajectory, run, outcome)
    if outcome.kind == "stays":
        verdict = _staying(landscape, outcome, course)
    elif outcome.kind == "oscillates":
        verdict = _oscillating(landscape, outcome, course, experiment.noise > 0 or goes_by_parts(experiment))
    elif outcome.kind == "plateau":
        verdict = Verdict("plateau", ON_A_PLATEAU, point=_pair(course.path[-1]))
    elif outcome.kind == "crawls":
        verdict = _crawling(landscape, outcome, course, _brake(experiment.runs[run], trajectory.learning_rates[run]))
    else:
        verdict = _moving(outcome, course)
    return _in_picture(landscape, course, verdict)


def _in_picture(landscape: Landscape, course: Course, verdict: Verdict) -> Verdict:
    """The same, preceded by when the run left the picture, if it did."""
    out, short = out_of_picture(landscape, course.path)
    return replace(verdict, text=f"{out}; {verdict.text}", short=short) if out else verdict


def _diverged(experiment: Experiment, trajectory: Trajectory, run: int, outcome: Outcome) -> Verdict:
    """How a run was lost, or how it is on its way to be."""
    landscape, step = landscape_of(experiment), outcome.step
    if trajectory.diverged_at[run] >= 0:
        assert step is not None
        division, short = division_by_zero(experiment.runs[run], trajectory, run)
        if division:
            return Verdict("diverged", division, step, short=short)
        return Verdict("diverged", how_lost(landscape, trajectory, run, step), step)
    out, _ = out_of_picture(landscape, trajectory.positions[run])
    said = [out] if out else []
    if outcome.kind == "growing":
        said.append(f"its steps grow by {percent(outcome.factor - 1)} each")
    else:
        said.append(f"since step {step} it is farther out than the picture is wide")
    return Verdict("diverged", f"diverging: {', and '.join(said)}", step, short="diverging")


def _staying(landscape: Landscape, outcome: Outcome, course: Course) -> Verdict:
    place = outcome.place
    assert place is not None
    step, point = place.step, place.point
    if place.kind == "minimum":
        bounces = course.tail.bounces and course.tail.width > SEEN * view_diagonal(landscape)
        bounce = f", bouncing ±{length(course.tail.width, 1)}" if bounces else ""
        kind, text = reached(landscape, place, f"{at(point)} at step {step}{bounce}")
        return Verdict(kind, text, step, point, in_short(landscape, place, SHORT[kind]) + (bounce or f", step {step}"))
    if place.kind in ("floor", "plain") and place.is_lowest:
        ground = "level floor of a valley" if place.kind == "floor" else "plain"
        text = f"came to rest at {at(point)} on the {ground}, at step {step}, where nothing lower is known"
        return Verdict("global_minimum", text, step, point)
    if place.kind == "floor":
        text = f"came to rest at {at(point)} on the level floor of a valley, at step {step}"
        return Verdict("local_minimum", text, step, point)
    if place.kind == "plain":
        return Verdict("plateau", ON_A_PLATEAU, step, point)
    return _balanced(place, outcome.left)


def _balanced(place: Place, left: float | None) -> Verdict:
    """At a point without a slope that is no minimum, and how long the run lingers there."""
    lingers = "" if left is None else f", which it would leave {rounded(left)} steps later"
    where = at(place.point) + lingers
    if place.kind == "summit":
        text = f"stands on the maximum {where}, where the slope vanishes"
        return Verdict("plateau", text, place.step, place.point, "on a maximum")
    if place.kind == "ridge":
        text = f"stands on a level ridge at {where}, where the slope vanishes"
        return Verdict("plateau", text, place.step, place.point, "on a level ridge")
    stays = "sits at the saddle" if left is None else "lingers at the saddle"
    return Verdict("saddle", f"{stays} {where}: {saddle(place)}", place.step, place.point)


def _oscillating(landscape: Landscape, outcome: Outcome, course: Course, is_noisy: bool) -> Verdict:
    """How the run goes to and fro, how widely, and about what."""
    how = "rattles" if is_noisy else "oscillates" if turns_back(course.path) else "circles"
    name = name_of(landscape, outcome.goal)
    short = f"{how} about {name}" if name else how
    about = f" about {at(outcome.goal)}" if outcome.goal and not name else ""
    text = f"{short}{about} without settling, {length(2 * course.tail.width)} wide"
    return Verdict("oscillates", text, point=_pair(course.tail.mean), short=short)


def _moving(outcome: Outcome, course: Course) -> Verdict:
    """How far it still has to go, or what will come of it."""
    future, pace = outcome.future, course.tail.length / tail_steps(course.path)
    text = f"still moving, about {length(pace)} per step"
    if future is not None and future.lost_at is not None:
        text = f"still moving; if it ran on, it would diverge at step {future.lost_at}"
    elif outcome.goal is not None and outcome.left:
        text = f"still moving, {rounded(outcome.left)} steps from {at(outcome.goal)}"
    return Verdict("moving", text, point=_pair(course.path[-1]))


def _brake(run: Run, rates: np.ndarray) -> str:
    """What keeps a run from going on, besides the size of its steps; empty if nothing does."""
    if run.hyperparameters.get("weight_decay", 0.0) > 0:
        return "its weight decay holds it back"
    return "its learning rate has decayed" if rates[-1] < DECAYED * rates.max() else ""


def _crawling(landscape: Landscape, outcome: Outcome, course: Course, brake: str) -> Verdict:
    """How long it would still take, or that it has all but stopped."""
    point, pace = _pair(course.path[-1]), course.tail.pace
    if pace * max(course.steps, PATIENCE) < SEEN * view_diagonal(landscape):
        text = f"has all but stopped, away from any minimum: {brake or 'its steps are too small'}"
        return Verdict("crawls", text, point=point, short="all but stopped")
    if outcome.goal is None or outcome.left is None or brake:
        why = f": {brake}" if brake else ""
        return Verdict("crawls", f"crawls, about {length(pace)} per step{why}", point=point)
    how = "crawls: at this pace"
    if outcome.left > SLOWER * np.hypot(*(course.path[-1] - outcome.goal)) / pace:
        how = "crawls, ever more slowly:"
    return Verdict("crawls", f"{how} the minimum is {rounded(outcome.left)} steps away", point=point)


def _pair(position: np.ndarray) -> Point:
    return float(position[0]), float(position[1])
