"""How many XLA compilations it costs to move each kind of slider, after the first run."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jax

from benchmarks.report import print_table
from experiments import Experiment, Run, landscape_of, simulate, verdicts
from surfaces import surface

COMPILE_EVENT = "/jax/core/compile/backend_compile_duration"
FIRST = Experiment(
    "quadratic",
    start=(-2.0, 1.2),
    steps=200,
    seed=1,
    noise=0.5,
    runs=(
        Run("gradient_descent", {"learning_rate": 0.02}, "exponential"),
        Run("momentum", {"learning_rate": 0.005}, "cosine", clip_norm=5.0),
        Run("adam", {"learning_rate": 0.05}),
    ),
)


def with_run(index: int, **fields: Any) -> Experiment:
    """The first experiment with one of its runs changed."""
    runs = list(FIRST.runs)
    runs[index] = replace(runs[index], **fields)
    return replace(FIRST, runs=tuple(runs))


MOVES: dict[str, Callable[[], Experiment]] = {
    "learning rate": lambda: with_run(0, hyperparameters={"learning_rate": 0.03}),
    "hyperparameter": lambda: with_run(2, hyperparameters={**FIRST.runs[2].hyperparameters, "b1": 0.5}),
    "start": lambda: replace(FIRST, start=(1.0, -0.7)),
    "start of one run": lambda: with_run(1, start=(1.0, -0.7)),
    "steps": lambda: replace(FIRST, steps=1730),
    "seed": lambda: replace(FIRST, seed=2),
    "noise": lambda: replace(FIRST, noise=1.5),
    "noise off": lambda: replace(FIRST, noise=0.0),
    "clip norm": lambda: with_run(1, clip_norm=0.3),
    "clipping on": lambda: with_run(0, clip_norm=1.0),
    "schedule parameter": lambda: with_run(0, schedule_parameters={"transition_steps": 33.0, "decay_rate": 0.7}),
    "another schedule": lambda: with_run(2, schedule="step", schedule_parameters={}),
    "landscape parameter": lambda: replace(FIRST, landscape_parameters={"condition_number": 20.0}),
    "typed: 5000 steps, beyond the slider": lambda: replace(FIRST, steps=5000),
    "a second Adam, not a slider": lambda: replace(FIRST, runs=(*FIRST.runs, FIRST.runs[2])),
}


def compilations() -> None:
    """Prints the table."""
    counted: list[str] = []
    listen = counting_listener(counted)
    jax.monitoring.register_event_duration_secs_listener(listen)
    try:
        rows = [["first run", count(counted, FIRST)], *([name, count(counted, make())] for name, make in MOVES.items())]
    finally:
        jax.monitoring.unregister_event_duration_listener(listen)
    sliders = sum(number for _, number in rows[1:-2])
    notes = [f"Counted over simulate, verdicts and surface. All sliders together: {sliders} (goal: 0)."]
    print_table("compilations: XLA compilations per change", ["what moved", "compilations"], rows, notes)


def counting_listener(counted: list[str]) -> Callable:
    """Notes every compilation that XLA reports."""

    def listen(event: str, duration: float, **_: object) -> None:
        if event == COMPILE_EVENT:
            counted.append(event)

    return listen


def count(counted: list[str], experiment: Experiment) -> int:
    """Compilations in everything that the page computes of an experiment."""
    before = len(counted)
    verdicts(experiment, simulate(experiment))
    surface(landscape_of(experiment), experiment.landscape_parameters)
    return len(counted) - before
