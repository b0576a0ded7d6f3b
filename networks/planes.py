"""Planes through weight space, on which the loss of a network can be drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from networks.architecture import Architecture
from networks.evaluation import losses_at, losses_on_plane
from networks.experiment import one_of
from networks.network import network_problem
from networks.training import Training

KINDS = ("pca", "ends", "random")
RESOLUTION = 101
MARGIN = 0.15  # around the paths, of their extent
NARROWEST = 0.35  # of the longer side of the picture: how short the other may be
LOST = 100.0  # times the loss at the start: a run that comes to more is drawn but has no say in where the plane lies
BARRIER = 101  # points of a straight line between two ends
SPAN = 1.0  # of a random plane, to each side, in lengths of the weights


@dataclass(frozen=True, eq=False)
class Plane:
    """The loss on a plane through weight space: at `origin + x · directions[0] + y · directions[1]`.

    Args:
      directions: as long as one unit of x and of y.
      origin: where x and y are 0.
      x, y: of the columns and the rows of `losses`.
      losses: the true loss over all training examples there, the first axis y.
      held_out_losses: the same over those that are held out.
      paths: every step's place in the plane, the nearest point of it.
      distances: from there to the step itself.
      path_losses_in_plane: the loss at that place, beside which the run's own may be lower or higher.
      held: the share of the movement that the plane holds: of the squared distances of all steps from their middle.
      counted: the runs that had a say in where the plane lies, and whose movement is meant.
    """

    kind: str
    directions: Float[np.ndarray, "2 dimension"]
    origin: Float[np.ndarray, " dimension"]
    x: Float[np.ndarray, " columns"]
    y: Float[np.ndarray, " rows"]
    losses: Float[np.ndarray, "rows columns"]
    held_out_losses: Float[np.ndarray, "rows columns"]
    paths: Float[np.ndarray, "runs steps_and_start 2"]
    distances: Float[np.ndarray, "runs steps_and_start"]
    held: float
    counted: Bool[np.ndarray, " runs"]


@dataclass(frozen=True, eq=False)
class Barrier:
    """The loss on the straight line from one network to another, at `shares` of the way.

    `height` is how far it rises at most above the straight line between the two losses (Frankle et al. 2020).
    """

    shares: Float[np.ndarray, " points"]
    losses: Float[np.ndarray, " points"]
    height: float


def plane(
    training: Training,
    kind: str = "pca",
    resolution: int = RESOLUTION,
    points: Sequence[tuple[int, int]] | None = None,
    run: int = 0,
    step: int = -1,
    seed: int = 0,
) -> Plane:
    """The plane of a kind, and what of the training is in it.

    - `pca`: through the middle of all steps of all runs, along the two directions in which they spread most.
    - `ends`: through three `points`, each a run and a step: by default the start and the ends of the first two runs, of
      one run its start, its middle and its end.
    - `random`: around the weights of `run` at `step`, along two random directions, each as long as the weights, unit by
      unit, and without biases (Li et al. 2018).

    Raises:
      ValueError: there is no such kind, run or step.
    """
    one_of("kind", kind, KINDS)
    counted = counted_runs(training)
    if kind == "pca":
        origin, directions = main_directions(training, counted)
    elif kind == "ends":
        origin, directions = through(_checked(training, points or _ends(training, counted)))
    else:
        origin = _checked(training, [(run, step)])[0]
        directions = random_directions(training.experiment.architecture, origin, seed)
    paths, distances = projected(training, origin, directions)
    x, y = _axes(paths, counted, training, resolution) if kind != "random" else _square(resolution)
    return Plane(
        kind,
        directions,
        origin,
        x,
        y,
        *_losses(training, origin, directions, x, y),
        paths,
        distances,
        share_held(training, counted, directions),
        counted,
    )


def barrier(training: Training, first: tuple[int, int], second: tuple[int, int]) -> Barrier:
    """The training loss on the straight line between two networks, each a run and a step."""
    one, other = _checked(training, [first, second])
    shares = np.linspace(0.0, 1.0, BARRIER)
    problem = network_problem(training.experiment)
    losses = losses_at(problem, training.experiment.l2, one + shares[:, None] * (other - one), problem.training)
    straight = losses[0] + shares * (losses[-1] - losses[0])
    return Barrier(shares, losses, float((losses - straight).max()))


def counted_runs(training: Training) -> Bool[np.ndarray, " runs"]:
    """The runs that stayed finite and near; all of them if none did."""
    with np.errstate(invalid="ignore"):
        near = (training.diverged_at < 0) & (training.losses.max(axis=1) <= LOST * training.losses[:, 0])
    return near if near.any() else np.ones(len(near), bool)


def main_directions(training: Training, counted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The middle of all steps, and the two orthonormal directions in which they spread most."""
    steps = _steps(training, counted)
    origin = steps.mean(axis=0)
    spread = steps - origin
    _, vectors = np.linalg.eigh(spread.T @ spread)
    directions = vectors[:, ::-1][:, :2].T
    if len(directions) < 2:  # a network of a single weight
        directions = np.vstack([directions, np.zeros_like(directions)])
    # The end of the first run lies to the right and above, whichever way the eigenvectors point.
    signs = np.where(directions @ (steps[-1] - steps[0]) < 0, -1.0, 1.0)
    return origin, directions * signs[:, None]


def through(points: Float[np.ndarray, "3 dimension"]) -> tuple[np.ndarray, np.ndarray]:
    """The first of three points as origin, and orthonormal directions: to the second, and from that line to the third."""
    first, second, third = points
    along, _ = np.linalg.qr(np.stack([second - first, third - first, *np.eye(len(first))[:2]]).T)
    directions = along[:, :2].T
    signs = np.where(np.einsum("ij,ij->i", directions, np.stack([second - first, third - first])) < 0, -1.0, 1.0)
    return first, directions * signs[:, None]


def random_directions(architecture: Architecture, weights: np.ndarray, seed: int) -> Float[np.ndarray, "2 dimension"]:
    """Two random directions in which every unit's weights are as long as in `weights`, and biases are left alone."""
    directions = np.zeros((2, architecture.dimension))
    generator = np.random.default_rng(seed)
    for layer in architecture.layers:
        units = weights[layer.weights].reshape(layer.units, layer.inputs)
        drawn = generator.standard_normal((2, layer.units, layer.inputs))
        lengths = np.linalg.norm(units, axis=1) / np.linalg.norm(drawn, axis=2)
        directions[:, layer.weights] = (lengths[..., None] * drawn).reshape(2, -1)
    return directions


def projected(training: Training, origin: np.ndarray, directions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every step's place in the plane, and its distance from there; NaN where a run is lost."""
    paths, distances = np.empty((*training.losses.shape, 2)), np.empty(training.losses.shape)
    across = np.linalg.pinv(directions)
    with np.errstate(invalid="ignore", over="ignore"):
        for run, weights in enumerate(training.weights):
            spread = weights - origin
            paths[run] = spread @ across
            distances[run] = np.linalg.norm(spread - paths[run] @ directions, axis=-1)
    return paths, distances


def share_held(training: Training, counted: np.ndarray, directions: np.ndarray) -> float:
    """The share of the counted runs' movement about its middle that lies along `directions`; 1 if nothing moves."""
    steps = _steps(training, counted)
    spread = steps - steps.mean(axis=0)
    basis, lengths, _ = np.linalg.svd(directions.T, full_matrices=False)
    inside = spread @ basis[:, lengths > 0]
    whole = float(np.vdot(spread, spread))
    return min(float(np.vdot(inside, inside)) / whole, 1.0) if whole > 0 else 1.0


def _steps(training: Training, counted: np.ndarray) -> np.ndarray:
    """The weights of all steps of the counted runs, as far as they are finite."""
    last = training.last
    return np.concatenate([training.weights[run, : last[run] + 1] for run in np.flatnonzero(counted)])


def _ends(training: Training, counted: np.ndarray) -> list[tuple[int, int]]:
    runs = np.flatnonzero(counted)
    if len(runs) == 1:
        end = int(training.last[runs[0]])
        return [(runs[0], 0), (runs[0], end // 2), (runs[0], end)]
    return [(runs[0], 0), *((int(run), int(training.last[run])) for run in runs[:2])]


def _checked(training: Training, points: Sequence[tuple[int, int]]) -> np.ndarray:
    """The weights at `points`, each a run and a step; a negative step counts from the end.

    Of a run that is lost before, those of the last step at which it is finite.
    """
    runs, steps = training.losses.shape
    for run, step in points:
        if not (0 <= run < runs and -steps <= step < steps):
            raise ValueError(f"point is {(run, step)!r}; allowed: a run from 0 to {runs - 1}, a step up to {steps - 1}")
    return np.stack([training.weights[run, min(step % steps, training.last[run])] for run, step in points])


def _axes(paths: np.ndarray, counted: np.ndarray, training: Training, resolution: int) -> tuple[np.ndarray, np.ndarray]:
    """Where the columns and rows of the picture are: around the counted paths, no side much shorter than the other."""
    inside = np.concatenate([paths[run, : training.last[run] + 1] for run in np.flatnonzero(counted)])
    low, high = inside.min(axis=0), inside.max(axis=0)
    middle, half = (low + high) / 2, (high - low) / 2
    longest = half.max() or 1.0
    half = np.maximum(half + MARGIN * longest, NARROWEST * longest)
    x, y = (np.linspace(centre - side, centre + side, resolution) for centre, side in zip(middle, half, strict=True))
    return x, y


def _square(resolution: int) -> tuple[np.ndarray, np.ndarray]:
    return np.linspace(-SPAN, SPAN, resolution), np.linspace(-SPAN, SPAN, resolution)


def _losses(training, origin, directions, x, y) -> tuple[np.ndarray, np.ndarray]:
    """The loss at every point of the picture, over the examples that are trained on and over those that are held out."""
    problem = network_problem(training.experiment)
    places = np.stack(np.meshgrid(x, y), axis=-1)
    train_losses, held_out_losses = (
        losses_on_plane(problem, training.experiment.l2, origin, directions, places, examples)
        for examples in (problem.training, problem.held_out)
    )
    return train_losses, held_out_losses
