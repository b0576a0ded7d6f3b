"""Four optimizers × 500 full-batch steps of a 2-8-8-1 network on 200 examples, against PyTorch; and what is drawn of it."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np

from benchmarks.engine import torch_interpreter
from benchmarks.report import median, milliseconds, print_table, seconds_of, times_as
from experiments import optimizer_of
from networks import FIRST, NetworkExperiment, answers, gradient_norms, network_problem, plane, sharpness, train
from player import plane_document, recent_boundaries, recent_network_payload

RACE = replace(FIRST, data="circles", points=250, held_out=0.2)  # 200 examples are trained on
OURS_REPEATS, TORCH_REPEATS = 30, 5


def network_training() -> None:
    """Prints the two tables."""
    training = train(RACE)
    ours = median(seconds_of(lambda: train(RACE), OURS_REPEATS))
    rows = [["Fall Line, train, warm", milliseconds(ours), str(OURS_REPEATS), "1×", "0"]]
    rows += [torch_row(threads, ours, training.losses[:, -2]) for threads in (1, 2)]
    title = "networks: 4 optimizers × 500 full-batch steps, 2-8-8-1, 200 examples, float64"
    header = ["loop", "median", "repeats", "against ours", "last losses differ by"]
    print_table(title, header, rows, ["Ours also records all weights and both losses. Goal: PyTorch ≥ 50×."])
    parts: dict[str, Callable[[], object]] = {
        "plane of 101 × 101, both losses": lambda: plane(training),
        "what is learned, 51 frames of 32 × 32 a run": lambda: answers(training),
        "curvature at 51 steps a run": lambda: sharpness(training),
        "gradient norms at every step": lambda: gradient_norms(training),
    }
    rows = [[name, milliseconds(median(seconds_of(act, 9)))] for name, act in parts.items()]
    seeds = count(1)
    rows.append(
        ["all of it after a new seed, as JSON", milliseconds(median(seconds_of(lambda: moved(next(seeds)), 9)))]
    )
    sizes = [len(json.dumps(part, separators=(",", ":"))) for part in sent(RACE)]
    note = f"Bytes: paths {sizes[0]:,}, plane {sizes[1]:,}, what is learned {sizes[2]:,}. Goals: 0.6 s, 400,000 bytes."
    print_table("networks: what is drawn beside the paths", ["part", "median"], rows, [note])


def moved(seed: int) -> str:
    """Everything that the page needs after a number has moved."""
    return json.dumps(sent(replace(RACE, seed=seed)))


def sent(experiment: NetworkExperiment) -> list:
    """The documents that the player gets."""
    return [
        recent_network_payload(experiment, "pca", "training", "log"),
        plane_document(experiment, "pca", "training", "log", "light"),
        recent_boundaries(experiment),
    ]


def torch_row(threads: int, ours: float, losses: np.ndarray) -> list[str]:
    """The same loop in eager PyTorch, run by an interpreter that has it."""
    interpreter = torch_interpreter()
    if interpreter is None:
        return ["PyTorch: not importable here, see FALL_LINE_TORCH_PYTHON", "-", "-", "-", "-"]
    problem = network_problem(RACE)
    order = {
        "runs": [
            {"optimizer": optimizer_of(run).slug, "hyperparameters": dict(run.hyperparameters)} for run in RACE.runs
        ],
        "hidden": RACE.hidden,
        "steps": RACE.steps,
        "threads": threads,
        "repeats": TORCH_REPEATS,
        "inputs": problem.training.inputs.tolist(),
        "targets": problem.training.targets.tolist(),
        "weights": problem.starts[0],
    }
    command = [interpreter, str(Path(__file__).with_name("torch_network.py"))]
    done = subprocess.run(command, input=json.dumps(order), capture_output=True, text=True, check=False)
    if done.returncode:
        return [f"PyTorch failed: {done.stderr.strip().splitlines()[-1]}", "-", "-", "-", "-"]
    answer = json.loads(done.stdout)
    theirs, difference = median(answer["times"]), np.abs(np.array(answer["ends"]) - losses).max()
    name = f"PyTorch {answer['version']}, eager, {threads} thread{'s' if threads > 1 else ''}"
    return [name, milliseconds(theirs), str(TORCH_REPEATS), times_as(theirs, ours), f"{difference:.0e}"]
