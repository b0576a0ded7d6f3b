"""Whether a run was lost to a division by 0 in its rule, and not to steps that are too long."""

import numpy as np

from experiments.experiment import Run
from experiments.simulation import Trajectory

FAR_FROM_OVERFLOW = 1e100  # a product of three such numbers is still finite
ASKED = ("slope", "curvatures", "curvature")  # what rules record of the loss elsewhere, where it may be undefined


def division_by_zero(run: Run, trajectory: Trajectory, index: int) -> tuple[str, str]:
    """How a rule divided by 0 in the step with which its run, the one at `index`, was lost; the same in short.

    Both are empty if it did not. What is not finite, and comes of numbers that are finite and far from overflowing,
    comes of a division: of 0 by 0 if it is not a number, of another number by 0 if it is infinite.
    """
    step = int(trajectory.diverged_at[index])
    if step < 1 or not _starts_finite(run, trajectory, index, step - 1):
        return "", ""
    update = trajectory.updates[index, step - 1]
    if np.isfinite(update).all():
        return "", ""
    undefined = np.isnan(update)
    divided = "divided 0 by 0" if undefined.any() else "divided by 0"
    why = ": its ε is 0, and so is what it is added to" if run.hyperparameters.get("eps") == 0 else ""
    lost = _coordinates(undefined if undefined.any() else np.isinf(update))
    return f"{divided} at step {step}{lost}{why}", f"{divided}, step {step}"


def _starts_finite(run: Run, trajectory: Trajectory, index: int, step: int) -> bool:
    """Whether all that a step is made of is finite and far from overflowing."""
    states = trajectory.states[index]
    before = [field[step - 1] for field in states.values()] if step else []
    asked = [states[name][step] for name in ASKED if name in states]
    known = (trajectory.positions, trajectory.losses, trajectory.gradients, trajectory.learning_rates)
    numbers = [*before, *asked, *(array[index, step] for array in known), *run.hyperparameters.values()]
    return all(np.all(np.abs(number) < FAR_FROM_OVERFLOW) for number in numbers)


def _coordinates(lost: np.ndarray) -> str:
    """Along which axes of a plane, if not along all."""
    if lost.all() or len(lost) != 2:
        return ""
    return f" along {'xy'[int(np.argmax(lost))]}"
