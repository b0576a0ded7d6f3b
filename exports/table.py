"""The trajectories as a table for a spreadsheet or for pandas: `pandas.read_csv(path)` reads it."""

import csv
from io import StringIO

import numpy as np

from experiments import Experiment, landscape_of, simulate
from player import run_labels

COLUMNS = ("run", "step", "x", "y", "loss", "gradient", "rate")


def to_csv(experiment: Experiment) -> str:
    """One row for every run and step, the start being step 0: COLUMNS, with all digits.

    `x`, `y` and `loss` are those of the position at the step. `gradient`, the length of the gradient as the rule received
    it there, and `rate` belong to the step that leads on from it; where the last step has led they are empty. What is not
    finite is written as `inf` and `nan`.

    Raises:
      ValueError: what is minimized is not a surface.
    """
    landscape_of(experiment)
    trajectory = simulate(experiment)
    text = StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for run, label in enumerate(run_labels(experiment)):
        lengths = np.hypot(*trajectory.gradients[run].T).tolist()
        rates = trajectory.learning_rates[run].tolist()
        positions, losses = trajectory.positions[run].tolist(), trajectory.losses[run].tolist()
        rows = zip(positions, losses, [*lengths, ""], [*rates, ""], strict=True)
        table.writerows((label, step, x, y, loss, *more) for step, ((x, y), loss, *more) in enumerate(rows))
    return text.getvalue()
