"""What the player is sent: plain JSON, small, finite, and the same for the same experiment."""

import base64
import hashlib
import math
from typing import Any
from urllib.parse import urlencode

import numpy as np

from experiments import (
    Experiment,
    Trajectory,
    Verdict,
    global_minima,
    held_out_losses,
    landscape_of,
    landscape_query,
    to_query,
)
from landscapes import Landscape
from player.figures import curve_layout, race_layout
from player.run_labels import run_labels
from player.run_styles import run_styles
from surfaces import present_saddles

LARGEST = 1e30  # float32 ends at 3.4e38; a path beyond this has long left every picture
THRESHOLD = 0.01  # of the start's height above the minimum: the column "steps to 1 %"
SMALLEST = 1e-30


def payload(
    experiment: Experiment, trajectory: Trajectory, verdicts: tuple[Verdict, ...], scale: str
) -> dict[str, Any]:
    """Everything that the player draws, for one experiment.

    Trajectories are base64 of little-endian float32 (`dtype`, `bdata`, `shape`, as plotly.js reads them). A path that
    diverges is held at its last point that fits; `drawn` says how far it goes.
    """
    landscape = landscape_of(experiment)
    drawn = last_drawable(trajectory)
    positions = hold(trajectory.positions, drawn)
    losses = hold(trajectory.losses, drawn)
    floor = float(losses.min()) if landscape.minimum is None else min(landscape.minimum, float(losses.min()))
    gaps = np.maximum(losses - floor, 0.0)
    slopes = np.hypot(*np.moveaxis(hold(trajectory.gradients, np.minimum(drawn, experiment.steps - 1)), -1, 0))
    series = {"positions": encode(positions), "gaps": encode(gaps), "slopes": encode(slopes)}
    rates = [constant_or_encoded(rate) for rate in trajectory.learning_rates]
    held_out = held_out_losses(experiment, trajectory)
    if held_out is not None:
        held_out = hold(held_out, drawn)
        series["heldOut"] = encode(held_out)
    return {
        "digest": digest(trajectory),
        "surface": surface_query(experiment, scale),
        "query": urlencode({**to_query(experiment), "scale": scale}, doseq=True),
        "examples": examples_key(experiment),
        "minima": [
            [*point, is_global] for point, is_global in zip(landscape.minima, global_minima(landscape), strict=True)
        ],
        "saddles": [list(point) for point in present_saddles(landscape, experiment.landscape_parameters)],
        "start": list(experiment.start or ()),
        "steps": experiment.steps,
        "styles": run_styles()[: len(experiment.runs)],
        "floor": floor,
        "runs": [
            {
                "label": label,
                "verdict": verdict.text,
                "kind": verdict.kind,
                "short": verdict.short,
                "decidedAt": experiment.steps if verdict.step is None else verdict.step,
                "clipped": bits(trajectory.clipped[run]),
                "ownStart": experiment.runs[run].start is not None,
                **_figures(trajectory, run, _heights(landscape, losses[run]), int(drawn[run])),
            }
            for run, (label, verdict) in enumerate(zip(run_labels(experiment), verdicts, strict=True))
        ],
        **series,
        "rates": rates,
        "charts": {
            "loss": _layout(
                _loss_title(landscape, floor),
                gaps if held_out is None else np.concatenate([gaps + floor, held_out]),
                experiment.steps,
            ),
            "rate": _layout("Learning rate", trajectory.learning_rates, experiment.steps),
            "slope": _layout("Gradient norm", slopes, experiment.steps),
            "race": race_layout(len(experiment.runs), experiment.steps),
        },
    }


def _heights(landscape: Landscape, losses: np.ndarray) -> np.ndarray:
    """How high one run is above the minimum, or above its own lowest where that is lower or none is stated."""
    lowest = float(losses.min())
    return losses - (lowest if landscape.minimum is None else min(landscape.minimum, lowest))


def _loss_title(landscape: Landscape, floor: float) -> str:
    """Above what the loss is drawn."""
    if landscape.held_out is not None:
        return "Training loss (dotted: held-out loss)"
    if landscape.minimum is None or floor < landscape.minimum - 1e-6 * max(1.0, abs(landscape.minimum)):
        return "Loss above the lowest seen"
    return "Loss above the lowest in view" if landscape.searched else "Loss above the minimum"


def last_drawable(trajectory: Trajectory) -> np.ndarray:
    """Per run the last index whose position and loss are finite and fit into float32."""
    fits = (np.abs(trajectory.losses) < LARGEST) & (np.abs(trajectory.positions) < LARGEST).all(axis=-1)
    return np.where(fits.all(axis=1), fits.shape[1] - 1, np.maximum(fits.argmin(axis=1) - 1, 0))


def examples_key(experiment: Experiment) -> str | None:
    """What the examples and the batches depend on; None where the surface is not made of data."""
    landscape = landscape_of(experiment)
    if landscape.training is None:
        return None
    return f"{landscape.slug} {experiment.batch_size} {experiment.seed} {experiment.steps}"


def bits(marks: np.ndarray) -> str | None:
    """One bit per step, as base64 of bytes; None if none is set."""
    return base64.b64encode(np.packbits(marks).tobytes()).decode("ascii") if marks.any() else None


def digest(trajectory: Trajectory) -> str:
    """A fingerprint that changes when any position does."""
    return digest_of(trajectory.positions)


def digest_of(*arrays: np.ndarray) -> str:
    """A fingerprint that changes when any number does."""
    found = hashlib.blake2b(digest_size=8)
    for array in arrays:
        found.update(np.ascontiguousarray(array).data)
    return found.hexdigest()


def surface_query(experiment: Experiment, scale: str) -> str:
    """The part of the link that the surface depends on: where the player fetches it, once, and keeps it."""
    return urlencode(landscape_query(experiment) | {"scale": scale}, doseq=True)


def encode(array: np.ndarray) -> dict[str, Any]:
    """A typed array as plotly.js reads it; values too small for float32 become 0."""
    values = single(array)
    if not np.isfinite(values).all():
        raise ValueError("only finite numbers can be sent to the player")
    return {"dtype": "f4", "bdata": base64.b64encode(values.tobytes()).decode("ascii"), "shape": list(values.shape)}


def single(array: np.ndarray) -> np.ndarray:
    """The array in little-endian float32, what is too large for it cut to what is not."""
    return np.clip(array, -LARGEST * 3e8, LARGEST * 3e8).astype("<f4")


def _figures(trajectory: Trajectory, run: int, heights: np.ndarray, drawn: int) -> dict[str, Any]:
    """What the table says of one run in numbers; None where there is no finite number to say."""
    losses = trajectory.losses[run, : drawn + 1]
    reached = np.flatnonzero(heights[: drawn + 1] <= THRESHOLD * heights[0])
    steps = np.diff(trajectory.positions[run, : drawn + 1], axis=0)
    final = float(trajectory.losses[run, -1])
    return {
        "final": final if math.isfinite(final) else None,
        "best": float(losses.min()) if math.isfinite(losses[0]) else None,
        "reached": int(reached[0]) if len(reached) else None,
        "length": float(np.hypot(steps[:, 0], steps[:, 1]).sum()),
        "drawn": drawn,
    }


def hold(array: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """A copy in which every run stays at index `drawn` from there on, and what can't be drawn at all is 0."""
    index = np.minimum(np.arange(array.shape[1])[None, :], drawn[:, None])
    held = np.take_along_axis(array, index.reshape(index.shape + (1,) * (array.ndim - 2)), axis=1)
    return np.where(np.isfinite(held), held, 0.0)


def constant_or_encoded(rates: np.ndarray) -> float | dict[str, Any]:
    """The rates of one run: a single number where they are the same at every step."""
    finite = np.nan_to_num(rates, posinf=LARGEST, neginf=-LARGEST)
    return float(finite[0]) if (finite == finite[0]).all() else encode(finite)


def _layout(title: str, values: np.ndarray, steps: int) -> dict[str, Any]:
    return curve_layout(title, np.where(values > SMALLEST, values, np.nan), steps)
