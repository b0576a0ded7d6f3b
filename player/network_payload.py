"""What the player is sent of networks that were trained: as of any experiment, drawn in a plane of their weights."""

import base64
import math
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import numpy as np

from landscapes import Examples
from networks import Answers, NetworkExperiment, Plane, Sharpness, Training, barrier, network_problem, to_query
from player.figures import curve_layout, race_layout
from player.payload import LARGEST, bits, constant_or_encoded, digest_of, encode, hold, single
from player.run_labels import run_labels
from player.run_styles import run_styles

SMALLEST = 1e-12  # a loss below this is drawn as this: what is left is rounding
FAR = 1.0  # widths of a plane: a run that is farther from it than that has left it
FLAT = 1e-3  # of the first loss: a rise that is less is none
NAMES = {"pca": "The runs' own plane", "ends": "Start and two ends", "random": "Random directions, around the end"}
SHADES = 255  # to which answers are rounded where they are drawn as shades


def network_payload(
    training: Training, drawn_in: Plane, curvature: Sharpness, slopes: np.ndarray, looks: Mapping[str, str]
) -> dict[str, Any]:
    """Everything that the player draws, for one training; what takes more bytes it fetches by `surface` and `boundary`.

    `looks` are how the plane is looked at, by the names that the route of planes knows, beside the experiment.
    A run that is lost, or that leaves what fits into float32, is held at its last point; `drawn` says how far it goes.
    """
    experiment = training.experiment
    drawn = last_drawable(training, drawn_in)
    losses = np.maximum(hold(training.losses, drawn), 0.0)
    held_out = np.maximum(hold(training.held_out_losses, drawn), 0.0)
    lengths = hold(np.where(np.isfinite(slopes), slopes, 0.0), drawn)
    query = urlencode(to_query(experiment), doseq=True)
    labels = run_labels(experiment)
    steps, count = experiment.steps, len(experiment.runs)
    return {
        "digest": digest_of(training.weights, drawn_in.paths),
        "source": "network",
        "surface": f"{query}&{urlencode(looks)}",
        "query": query,
        "examples": None,
        "boundary": query,
        "caption": caption(training, drawn_in),
        "minima": [],
        "saddles": [],
        "start": drawn_in.paths[0, 0].tolist(),
        "steps": steps,
        "styles": run_styles()[:count],
        "floor": 0.0,
        "runs": [
            {"label": label, **said(training, drawn_in, run), **figures(training, run, int(drawn[run]))}
            for run, label in enumerate(labels)
        ],
        "positions": encode(hold(drawn_in.paths, drawn)),
        "gaps": encode(losses),
        "heldOut": encode(held_out),
        "slopes": encode(lengths),
        "rates": [constant_or_encoded(rate) for rate in training.learning_rates],
        "sharpness": encode(along(curvature.values, curvature.steps, steps)),
        "limits": [
            None if np.isnan(limits).any() else encode(along(limits[None], curvature.steps, steps)[0])
            for limits in curvature.limits
        ],
        "charts": {
            "loss": layout("Training loss (dotted: held-out loss)", np.concatenate([losses, held_out]), steps),
            "rate": layout("Learning rate", training.learning_rates, steps),
            "slope": layout("Gradient norm", lengths, steps),
            "sharpness": layout(_curvature_title(curvature), _with_limits(curvature), steps),
            "race": race_layout(count, steps),
        },
    }


def caption(training: Training, drawn_in: Plane) -> str:
    """Which plane it is, and how much of the movement it holds; of two ends also what lies between them."""
    runs = np.flatnonzero(drawn_in.counted)
    words = f"{NAMES[drawn_in.kind]}: {percent(drawn_in.held)} of the movement"
    if drawn_in.kind != "ends" or len(runs) < 2:
        return words
    first, second = runs[:2].tolist()
    height = barrier(training, (first, -1), (second, -1)).height
    between = f"rises by {height:.2g}" if height > FLAT * training.losses[first, 0] else "does not rise"
    return f"{words}; between the ends the loss {between}"


def percent(share: float) -> str:
    """A share to two digits, of which none is rounded up to all."""
    rounded = float(f"{100 * share:.2g}") if share < 0.995 else math.floor(1000 * share) / 10
    return f"{rounded:g} %"


def last_drawable(training: Training, drawn_in: Plane) -> np.ndarray:
    """Per run the last index up to which its losses and its place fit into float32."""
    with np.errstate(invalid="ignore"):
        fits = (np.abs(training.losses) < LARGEST) & (np.abs(training.held_out_losses) < LARGEST)
        fits &= (np.abs(drawn_in.paths) < LARGEST).all(axis=-1)
    return np.where(fits.all(axis=1), fits.shape[1] - 1, np.maximum(fits.argmin(axis=1) - 1, 0))


def said(training: Training, drawn_in: Plane, run: int) -> dict[str, Any]:
    """What became of a run, in words, and from which step on that can be seen."""
    lost, steps = int(training.diverged_at[run]), training.experiment.steps
    shared = {"clipped": bits(training.clipped[run]), "ownStart": False}
    if lost >= 0:
        words = f"diverged at step {lost}" if lost else "starts where the loss is not finite"
        return {"verdict": words, "kind": "diverged", "short": words, "decidedAt": lost, **shared}
    last = training.losses[run, -1]
    words = f"loss {last:.3g}, held out {training.held_out_losses[run, -1]:.3g}"
    if not drawn_in.counted[run]:
        words = f"{words}; so far off that it has no say in the plane"
    elif leaves(drawn_in, run):
        words = f"{words}; gets farther from the plane than this is wide"
    return {"verdict": words, "kind": "moving", "short": f"loss {last:.2g}", "decidedAt": steps, **shared}


def leaves(drawn_in: Plane, run: int) -> bool:
    """Whether the run gets farther from the plane than the picture of it is wide."""
    width = FAR * np.linalg.norm(drawn_in.directions[0]) * (drawn_in.x[-1] - drawn_in.x[0])
    return bool(np.nanmax(drawn_in.distances[run]) > width)


def figures(training: Training, run: int, drawn: int) -> dict[str, Any]:
    """What the table says of one run in numbers; None where there is no finite number to say."""
    losses = training.losses[run, : drawn + 1]
    reached = np.flatnonzero(losses <= 0.01 * losses[0])
    final = float(training.losses[run, -1])
    return {
        "final": final if np.isfinite(final) else None,
        "best": float(losses.min()) if np.isfinite(losses[0]) else None,
        "reached": int(reached[0]) if len(reached) else None,
        "length": float(np.linalg.norm(np.diff(training.weights[run, : drawn + 1], axis=0), axis=-1).sum()),
        "drawn": drawn,
    }


def along(values: np.ndarray, at: np.ndarray, steps: int) -> np.ndarray:
    """Values that are known `at` some steps, at every step: the straight lines between them, the last one held."""
    every = np.arange(steps + 1)
    known = [(at[np.isfinite(row)], row[np.isfinite(row)]) for row in values]
    return np.stack([np.interp(every, *pair) if len(pair[0]) else np.zeros(steps + 1) for pair in known])


def layout(title: str, values: np.ndarray, steps: int) -> dict[str, Any]:
    """The axes of one quantity over the steps."""
    return curve_layout(title, np.where(values > SMALLEST, values, np.nan), steps)


def boundary_document(training: Training, learned: Answers) -> dict[str, Any]:
    """What every run answers over the inputs at some steps, and the examples.

    Of a single input the answers are numbers in float32. Of two they are a byte each: 0 and 255 are the probabilities 0
    and 1 of the class +1 where the loss is cross entropy, else the least and the greatest answer that is wanted.
    """
    problem, values = network_problem(training.experiment), np.nan_to_num(learned.values)
    encoded = single(values) if len(learned.axes) == 1 else _shades(training.experiment, values, problem.training)
    return {
        "training": _columns(problem.training),
        "heldOut": _columns(problem.held_out),
        "steps": learned.steps.tolist(),
        "ends": [[float(axis[0]), float(axis[-1])] for axis in learned.axes],
        "sizes": [len(axis) for axis in learned.axes],
        "accuracy": _shares(learned.accuracy),
        "heldOutAccuracy": _shares(learned.held_out_accuracy),
        "classes": training.experiment.data_set.task == "classification",
        "values": base64.b64encode(encoded.tobytes()).decode("ascii"),
    }


def _shades(experiment: NetworkExperiment, values: np.ndarray, examples: Examples) -> np.ndarray:
    if experiment.loss == "cross_entropy":
        shares = 0.5 + 0.5 * np.tanh(values / 2)
    else:
        shares = (np.clip(values / np.abs(examples.targets).max(), -1.0, 1.0) + 1) / 2
    return np.round(SHADES * shares).astype(np.uint8)


def _columns(examples: Examples) -> dict[str, list]:
    """Inputs and targets of the examples, without what fills their room."""
    count = len(examples)
    return {"inputs": examples.inputs[:count].tolist(), "targets": examples.targets[:count].tolist()}


def _shares(accuracy: np.ndarray | None) -> list | None:
    return None if accuracy is None else np.round(np.nan_to_num(accuracy), 4).tolist()


def _curvature_title(curvature: Sharpness) -> str:
    known = np.isfinite(curvature.limits).any()
    return "Largest curvature" + (" (dotted: stable up to here)" if known else "")


def _with_limits(curvature: Sharpness) -> np.ndarray:
    return np.concatenate([curvature.values, curvature.limits])
