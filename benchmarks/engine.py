"""Six optimizers for 500 steps: our compiled loop against PyTorch's and optax's step by step."""

import importlib.util
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jax
import numpy as np
import optax

from benchmarks.report import median, milliseconds, print_table, seconds_of, times_as
from experiments import Experiment, Run, landscape_of, optimizer_of, simulate

RATES = {
    "gradient_descent": 0.001,
    "momentum": 0.0005,
    "nesterov": 0.0005,
    "adagrad": 0.3,
    "rmsprop": 0.01,
    "adam": 0.02,
}
OURS_REPEATS, TORCH_REPEATS = 200, 5
EAGER_STEPS = 20  # of 500: without jit a run takes seconds, and every step takes as long as the one before


def six_runs(steps: int = 500) -> Experiment:
    """The experiment that most sections measure."""
    runs = tuple(Run(slug, {"learning_rate": rate}) for slug, rate in RATES.items())
    return Experiment("rosenbrock", start=(-1.5, 2.0), steps=steps, runs=runs)


def engine() -> None:
    """Prints the table."""
    experiment = six_runs()
    trajectory = simulate(experiment)
    ours = median(seconds_of(lambda: simulate(experiment), OURS_REPEATS))
    ends = trajectory.positions[:, -1]
    rows = [
        ["Fall Line, simulate, warm", milliseconds(ours), f"{OURS_REPEATS}", "1×", "0"],
        torch_row(experiment, ours, ends),
        eager_row(experiment, ours),
    ]
    title = f"engine: 6 optimizers × {experiment.steps} steps on Rosenbrock, float64"
    header = ["loop", "median", "repeats", "against ours", "ends differ by"]
    notes = [
        "Ours also records every step; the other two only move. Goal: PyTorch ≥ 1000×.",
        f"Rounding alone: moving the start by 1e-15 moves our own ends by {sensitivity(experiment, ends)}.",
    ]
    print_table(title, header, rows, notes)


def sensitivity(experiment: Experiment, ends: np.ndarray) -> str:
    """How far the ends move if the start does by about one rounding: a rule that jitters multiplies it at every step."""
    assert experiment.start is not None
    nudged = simulate(replace(experiment, start=(experiment.start[0] + 1e-15, experiment.start[1])))
    return by_rule(experiment, nudged.positions[:, -1] - ends)


def by_rule(experiment: Experiment, differences: np.ndarray) -> str:
    """The largest of `differences` and its rule, and the largest among the others."""
    largest = dict(
        zip((optimizer_of(run).slug for run in experiment.runs), np.abs(differences).max(axis=1), strict=True)
    )
    worst = max(largest, key=lambda slug: largest[slug])
    rest = max(value for slug, value in largest.items() if slug != worst)
    return f"{largest[worst]:.0e} ({worst}), others {rest:.0e}"


def torch_row(experiment: Experiment, ours: float, ends: np.ndarray) -> list[str]:
    """The same loop in eager PyTorch, run by an interpreter that has it."""
    interpreter = torch_interpreter()
    if interpreter is None:
        return ["PyTorch, torch.optim: not importable here, see FALL_LINE_TORCH_PYTHON", "-", "-", "-", "-"]
    runs = [
        {"optimizer": optimizer_of(run).slug, "hyperparameters": dict(run.hyperparameters)} for run in experiment.runs
    ]
    order = {"runs": runs, "start": experiment.start, "steps": experiment.steps, "repeats": TORCH_REPEATS}
    command = [interpreter, str(Path(__file__).with_name("torch_race.py"))]
    done = subprocess.run(command, input=json.dumps(order), capture_output=True, text=True, check=False)
    if done.returncode:
        return [f"PyTorch failed: {done.stderr.strip().splitlines()[-1]}", "-", "-", "-", "-"]
    answer = json.loads(done.stdout)
    theirs, differences = median(answer["times"]), by_rule(experiment, np.array(answer["ends"]) - ends)
    name = f"PyTorch {answer['version']}, torch.optim, eager"
    return [name, milliseconds(theirs), f"{TORCH_REPEATS}", times_as(theirs, ours), differences]


def torch_interpreter() -> str | None:
    """FALL_LINE_TORCH_PYTHON, or this interpreter if it has PyTorch."""
    here = sys.executable if importlib.util.find_spec("torch") else None
    return os.environ.get("FALL_LINE_TORCH_PYTHON") or here


def eager_row(experiment: Experiment, ours: float) -> list[str]:
    """A plain Python loop over optax's rules with nothing compiled, a part of the steps taken for the whole."""
    eager_race(experiment, 2)
    (part,) = seconds_of(lambda: eager_race(experiment, EAGER_STEPS), 1)
    whole = part * experiment.steps / EAGER_STEPS
    name = f"optax in plain Python, no jit, {EAGER_STEPS} steps × {experiment.steps // EAGER_STEPS}"
    return [name, milliseconds(whole), "1", times_as(whole, ours), "-"]


def eager_race(experiment: Experiment, steps: int) -> None:
    """Every rule from the start, one operation after another."""
    landscape, parameters = landscape_of(experiment), dict(experiment.landscape_parameters)
    gradient = jax.grad(lambda position: landscape.loss(position, **parameters))
    for run in experiment.runs:
        rule = optax.with_extra_args_support(twin_of(run))
        position = jax.numpy.array(experiment.start)
        state = rule.init(position)
        for _ in range(steps):
            update, state = rule.update(gradient(position), state, position)
            position = optax.apply_updates(position, update)


def twin_of(run: Run) -> optax.GradientTransformation:
    """The optax call with the run's numbers, our own rule where optax has none."""
    optimizer = optimizer_of(run)
    return (optimizer.twin or optimizer.make)(**run.hyperparameters)
