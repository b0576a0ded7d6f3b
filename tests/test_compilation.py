"""Moving a slider compiles nothing, and what is compiled is short."""

import re
from dataclasses import replace

import jax
import numpy as np
import pytest

from experiments import Experiment, Run, simulate, verdicts
from experiments.compiled_run import compiled_run
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces.grid import surface

compilations: list[str] = []


def count(event: str, duration_secs: float, **details: str | int) -> None:
    if "backend_compile" in event:
        compilations.append(event)


jax.monitoring.register_event_duration_secs_listener(count)

RUNS = (
    Run("adam", {"learning_rate": 0.01}),
    Run("momentum"),
    Run("adam", {"learning_rate": 0.1}),
    Run("gradient_descent"),
)
FIRST = Experiment("rosenbrock", steps=100, runs=RUNS)


def first(**fields):
    return replace(FIRST, runs=(replace(RUNS[0], **fields), *RUNS[1:]))


MOVED = {
    "rate": first(hyperparameters={"learning_rate": 0.33}),
    "hyperparameter": first(hyperparameters={"learning_rate": 0.01, "b1": 0.5, "b2": 0.9, "eps": 1e-3}),
    "start": replace(FIRST, start=(0.25, 0.5)),
    "start of one run": first(start=(0.25, 0.5)),
    "fewer steps": replace(FIRST, steps=3),
    "more steps": replace(FIRST, steps=2000),
    "seed": replace(FIRST, seed=9, noise=0.1),
    "noise": replace(FIRST, noise=3.0),
    "clip": first(clip_norm=0.5),
    "clip by value": first(clip_value=0.5),
    "landscape parameter": replace(FIRST, landscape_parameters={"steepness": 7.0}),
    **{slug: first(schedule=slug) for slug in SCHEDULES},
    "factor and patience": first(schedule="reduce_on_plateau", schedule_parameters={"factor": 0.1, "patience": 3.0}),
    "schedule parameter": first(schedule="step", schedule_parameters={"transition_steps": 7.0, "decay_rate": 0.9}),
}


def look_at(experiment):
    verdicts(experiment, simulate(experiment))
    surface(LANDSCAPES["rosenbrock"], experiment.landscape_parameters)


@pytest.mark.parametrize("moved", MOVED)
def test_moving_a_number_compiles_nothing(moved):
    look_at(FIRST)
    before = len(compilations)
    look_at(MOVED[moved])
    assert compilations[before:] == []


@pytest.mark.parametrize(("batch_size", "seed"), [(1, 0), (7, 0), (63, 0), (64, 0), (7, 5)])
def test_another_batch_size_compiles_nothing(batch_size, seed):
    all_examples = Experiment("linear_regression", steps=100, runs=(Run("gradient_descent"),))
    simulate(all_examples)
    before = len(compilations)
    simulate(replace(all_examples, batch_size=batch_size, seed=seed))
    assert compilations[before:] == []


def test_the_counter_counts():
    before = len(compilations)
    jax.jit(lambda x: x * 3 + 1)(2.0)
    assert len(compilations) > before


@pytest.mark.parametrize("slug", ["gradient_descent", "adam", "lbfgs"])
def test_the_loop_of_a_run_is_a_single_kernel(slug):
    """As a kernel per operation it takes many times as long, and a call of more than eight kernels is spread over threads,
    which takes longer than the run: so says XLA, and nothing but the time would show it."""
    landscape, optimizer = LANDSCAPES["rosenbrock"], OPTIMIZERS[slug]
    numbers = np.ones(5 + len(optimizer.hyperparameters))
    per_step = np.ones(2048), np.zeros((2048, 2)), np.zeros((2048, 0), bool)
    run = compiled_run(landscape, optimizer).lower(np.array([100.0]), numbers, *per_step, np.int32(500))
    program = str(run.compile().as_text())
    kernels = re.findall(r" (fusion|call|copy|while|sort|custom-call)\(", program[program.index("\nENTRY") :])
    assert "while" not in kernels
    assert kernels.count("call") == 1
    if slug != "lbfgs":
        assert len(kernels) <= 8
