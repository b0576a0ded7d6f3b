"""What is said of places, numbers and runs: pieces of sentences that may be repeated aloud."""

import numpy as np

from experiments.motion import Path
from experiments.places import Place, global_minima
from experiments.simulation import Trajectory
from landscapes import Landscape, Point
from surfaces import view_centre, view_diagonal

THROWN = 0.25  # of the view's diagonal: a longer step out of the picture throws the run out,
SUDDEN = 3.0  # if it is so many times as long as the one before
COUNTED = 1e6  # steps: more are only said to be over a million


def reached(landscape: Landscape, place: Place, how: str) -> tuple[str, str]:
    """The kind of verdict that a minimum is, and which minimum it is, with `how` the run came to it."""
    if landscape.searched and not _is_inside(landscape, place.point):
        return "local_minimum", f"reached a minimum outside the view, {how}"
    if landscape.searched and place.is_lowest:
        return "global_minimum", f"reached the lowest minimum found in the view, {how}"
    name = name_of(landscape, place.point)
    if place.is_lowest:
        article = "a" if sum(global_minima(landscape)) > 1 else "the"
        return "global_minimum", f"reached {name or f'{article} global minimum'} {how}"
    if not landscape.searched and landscape.minimum is not None and place.loss < landscape.minimum:
        return "local_minimum", f"left the box that is searched and reached a minimum {how}, lower than any inside"
    return "local_minimum", f"reached {name or 'a local minimum'} {how}"


def name_of(landscape: Landscape, minimum: Point | None) -> str:
    """What the landscape calls the minimum, such as "the flat minimum"; empty if it has no name for it."""
    names = dict(zip(landscape.minima, landscape.names, strict=False))
    return f"the {names[minimum]} minimum" if minimum in names else ""


def in_short(landscape: Landscape, place: Place, otherwise: str) -> str:
    """At which minimum a run is: by its name, or by its place where others are as low; else the words for its kind."""
    name = name_of(landscape, place.point)
    if name:
        return f"in {name}"
    return f"{otherwise} {at(place.point)}" if place.is_lowest and sum(global_minima(landscape)) > 1 else otherwise


def saddle(place: Place) -> str:
    """How the surface bends at a saddle."""
    if place.kind == "degenerate saddle":
        return "the slope vanishes there, and the curvature does not tell the way down"
    low, high = place.curvatures
    return f"curved up ({high:.2g}) one way, down ({low:.2g}) the other"


def how_lost(landscape: Landscape, trajectory: Trajectory, run: int, step: int) -> str:
    """How a run came to have no finite loss: by growing without bound, or by leaving where the loss is defined."""
    loss, position = trajectory.losses[run, step], trajectory.positions[run, step]
    if step == 0:
        return "starts where the loss is undefined or infinite"
    before = trajectory.positions[run, step - 1]
    if np.abs(before - view_centre(landscape)).max() <= view_diagonal(landscape):
        if np.isnan(trajectory.gradients[run, step - 1]).any():
            return f"came at step {step - 1} to a point where the gradient is undefined"
        if np.isnan(loss) and np.isfinite(position).all():
            return f"ran off the defined part of the surface at step {step}"
    return f"diverged at step {step}"


def out_of_picture(landscape: Landscape, path: Path) -> tuple[str, str]:
    """When a run that ends outside the view left it for good, and the same in short; both empty if it ends inside."""
    low, high = np.array(landscape.view).T
    outside = ((path < low) | (path > high)).any(axis=1)
    if not outside[-1]:
        return "", ""
    if outside.all():
        return "has never been in the picture", "outside the picture"
    step = int(np.flatnonzero(~outside)[-1]) + 1
    lengths = np.hypot(*np.diff(path[max(step - 2, 0) : step + 1], axis=0).T)
    if lengths[-1] > THROWN * view_diagonal(landscape) and (step == 1 or lengths[-1] > SUDDEN * lengths[0]):
        return f"was thrown out of the picture at step {step}", "thrown out of the picture"
    return f"left the picture at step {step}", "out of the picture"


def rounded(steps: float) -> str:
    """A number of steps, to two digits."""
    if steps > COUNTED:
        return "over a million"
    return f"about {float(f'{steps:.1e}'):,.0f}"


def percent(share: float) -> str:
    """A share, to two digits."""
    return f"{length(100 * share)} %"


def length(value: float, digits: int = 2) -> str:
    """A length, to so many digits."""
    return f"{float(f'{value:.{digits}g}'):g}"


def at(point: Point) -> str:
    """A point, to three digits."""
    return "(" + ", ".join(f"{value + 0.0:.3g}" for value in np.round(point, 6)) + ")"


def _is_inside(landscape: Landscape, point: Point) -> bool:
    return all(low <= value <= high for value, (low, high) in zip(point, landscape.view, strict=True))
