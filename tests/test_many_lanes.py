"""The compiled loop of many runs at once: it ends where single runs end, compiles nothing anew, and can be stopped."""

import os
import subprocess
import sys
import time
from contextvars import copy_context
from pathlib import Path
from threading import Event, Thread
from typing import Any

import jax
import numpy as np
import pytest

from experiments import Experiment, Run, simulate, sweep_rates
from landscapes import LANDSCAPES, Problem
from optimizers import OPTIMIZERS
from sweeps import Lanes, before_chunk, run_lanes
from sweeps.lanes import starts

compilations: list[str] = []


def count(event: str, duration_secs: float, **details: str | int) -> None:
    if "backend_compile" in event:
        compilations.append(event)


jax.monitoring.register_event_duration_secs_listener(count)


def lanes(experiment, **varying):
    return Lanes(experiment, experiment.runs[0], {name: np.array(values) for name, values in varying.items()})


def expect_equal(ends, trajectory):
    np.testing.assert_allclose(ends.losses, trajectory.losses[:, -1], rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(ends.positions, trajectory.positions[:, -1], rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(ends.best_losses, np.nanmin(trajectory.losses, axis=1), rtol=1e-6, atol=1e-9)
    assert ends.diverged_at.tolist() == trajectory.diverged_at.tolist()


# Rules that ask for more than the gradient, look along a line, count, or have a state of several shapes.
RULES = (
    "newton",
    "exact_line_search",
    "line_search",
    "sam",
    "rprop",
    "adafactor",
    "radam",
)


@pytest.mark.parametrize("optimizer", RULES)
def test_lanes_of_a_rule_end_where_its_single_runs_end(optimizer):
    """On a bowl: on other surfaces, some rules turn one rounding into another path."""
    default = OPTIMIZERS[optimizer].hyperparameters["learning_rate"].default
    experiment = Experiment("booth", steps=25, runs=(Run(optimizer),), noise=0.05)
    rates = [default / 10, default / 3]
    expect_equal(run_lanes(lanes(experiment, learning_rate=rates)), sweep_rates(experiment, experiment.runs[0], rates))


WAYS: dict[str, dict[str, Any]] = {
    "a schedule": {"schedule": "cosine"},
    "a schedule that reacts": {"schedule": "reduce_on_plateau", "schedule_parameters": {"patience": 2.0}},
    "clipping": {"clip_norm": 0.5, "clip_value": 0.4},
}


@pytest.mark.parametrize("way", WAYS)
def test_lanes_have_all_that_a_run_has(way):
    experiment = Experiment("himmelblau", steps=60, runs=(Run("momentum", **WAYS[way]),), noise=0.2, seed=3)
    rates = [1e-4, 1e-3, 5e-3]
    expect_equal(run_lanes(lanes(experiment, learning_rate=rates)), sweep_rates(experiment, experiment.runs[0], rates))


@pytest.mark.parametrize("problem", ["linear_regression", "changing_loss"])
def test_lanes_go_by_the_batches_and_turns_of_single_runs(problem):
    batch = 4 if LANDSCAPES[problem].training else None
    experiment = Experiment(problem, steps=40, runs=(Run("adam"),), batch_size=batch, seed=2)
    rates = [0.01, 0.1]
    expect_equal(run_lanes(lanes(experiment, learning_rate=rates)), sweep_rates(experiment, experiment.runs[0], rates))


@pytest.mark.parametrize("problem", ["linear_regression", "changing_loss", "quadratic"])
def test_single_precision_comes_to_nearly_the_same(problem):
    batch = 4 if LANDSCAPES[problem].training else None
    experiment = Experiment(problem, steps=40, runs=(Run("adam"),), batch_size=batch, noise=0.1)
    ends = run_lanes(lanes(experiment, learning_rate=[0.01]), single=True)
    assert ends.losses.dtype == np.float32
    alone = sweep_rates(experiment, experiment.runs[0], [0.01])
    np.testing.assert_allclose(ends.positions[0], alone.positions[0, -1], rtol=1e-4)


def test_start_noise_and_the_numbers_of_rule_and_surface_may_vary():
    columns = {"start0": [0.3, -1.0], "start1": [0.2, 0.7], "condition_number": [3.0, 9.0], "momentum": [0.0, 0.8]}
    experiment = Experiment("quadratic", steps=30, runs=(Run("momentum", {"learning_rate": 0.02}),), seed=5)
    ends = run_lanes(lanes(experiment, **columns, noise=[0.0, 0.3]))
    for index, (x, y, kappa, beta, noise) in enumerate(zip(*columns.values(), [0.0, 0.3], strict=True)):
        run = Run("momentum", {"learning_rate": 0.02, "momentum": beta})
        alone = Experiment("quadratic", {"condition_number": kappa}, (x, y), 30, (run,), seed=5, noise=noise)
        np.testing.assert_allclose(ends.positions[index], simulate(alone).positions[0, -1], rtol=1e-9)


def test_a_problem_of_any_dimension_can_be_run():
    problem = Problem(
        slug="bowl of five", label="Bowl", loss=lambda position: (position**2).sum(), dimension=5, starts=((1.0,) * 5,)
    )
    experiment = Experiment(problem, steps=20, runs=(Run("gradient_descent", {"learning_rate": 0.1}),))
    points = np.random.default_rng(0).normal(size=(700, 5))
    ends = run_lanes(lanes(experiment, **dict(zip(starts(5), points.T, strict=True))), single=True)
    np.testing.assert_allclose(ends.positions, points * 0.8**20, rtol=1e-4, atol=1e-6)


def test_arrival_is_the_first_step_from_which_on_a_run_is_at_its_goal():
    experiment = Experiment("quadratic", {"condition_number": 1.0}, steps=50, runs=(Run("gradient_descent"),))
    there = lanes(experiment, start0=[1.0, 1.0], start1=[0.0, 0.0], learning_rate=[0.1, 1e-4])
    ends = run_lanes(there, goals=np.zeros((2, 2)), radius=0.5)
    assert ends.arrived_at.tolist() == [7, 51]  # 0.9⁷ is the first power of 0.9 below a half
    assert run_lanes(there, level=0.125).arrived_at.tolist() == [7, 51]


def test_nothing_is_remembered_but_what_is_asked():
    experiment = Experiment("rosenbrock", steps=20, runs=(Run("adam"),))
    rates = lanes(experiment, learning_rate=[0.1, 0.2])
    everything, best = run_lanes(rates), run_lanes(rates, asked=("best_losses",))
    np.testing.assert_array_equal(best.best_losses, everything.best_losses)
    np.testing.assert_array_equal(best.positions, everything.positions)
    assert best.diverged_at is None
    assert best.arrived_at is None


def test_another_number_compiles_nothing():
    first = Experiment("rosenbrock", steps=50, runs=(Run("adam"),))
    run_lanes(lanes(first, learning_rate=[0.1, 0.2]))
    before = len(compilations)
    moved = Run("adam", {"learning_rate": 0.3, "b1": 0.5, "eps": 1e-3}, "cosine")
    other = Experiment("rosenbrock", {"steepness": 7.0}, (0.1, 0.2), 1900, (moved,), seed=3, noise=0.4)
    run_lanes(lanes(other, learning_rate=np.linspace(0.01, 1, 1500)), goals=np.ones((1500, 2)), radius=0.1, level=3.0)
    assert compilations[before:] == []


def test_a_column_that_is_none_is_refused():
    with pytest.raises(ValueError, match="varying has 'rate'; allowed: start0, start1"):
        lanes(Experiment("rosenbrock"), rate=[1.0])
    with pytest.raises(ValueError, match="different lengths"):
        lanes(Experiment("rosenbrock"), start0=[1.0], start1=[1.0, 2.0])


def chunks_of(steps):
    """How often a sweep of 4096 lanes asks whether it is still wanted: once or twice a chunk; and where the lanes end."""
    asked: list[None] = []
    before_chunk.set(lambda: asked.append(None))
    experiment = Experiment("quadratic", steps=steps, runs=(Run("gradient_descent", {"learning_rate": 0.01}),))
    ends = run_lanes(lanes(experiment, start0=np.linspace(-1, 1, 4096), start1=np.zeros(4096)), single=True)
    return len(asked), ends


@pytest.mark.parametrize(("steps", "chunks"), [(500, 1), (1000, 1), (4000, 2), (10_000, 8)])
def test_a_chunk_of_a_long_run_has_fewer_lanes(steps, chunks):
    asked, ends = copy_context().run(chunks_of, steps)
    assert chunks <= asked <= 2 * chunks
    np.testing.assert_allclose(ends.positions[:, 0], np.linspace(-1, 1, 4096) * 0.99**steps, rtol=1e-3, atol=1e-30)


POINTS = np.random.default_rng(0).uniform(-5, 5, (2, 5000))
ON_FOUR_DEVICES = """
import sys, jax, numpy as np
from tests.test_many_lanes import ends_from_many_starts
assert jax.device_count() == 4
np.save(sys.argv[1], ends_from_many_starts())
"""


def ends_from_many_starts():
    """Positions, losses and steps, in one array."""
    experiment = Experiment("himmelblau", steps=40, runs=(Run("adam"),))
    ends = run_lanes(lanes(experiment, start0=POINTS[0], start1=POINTS[1]), single=True)
    return np.concatenate([ends.positions.T, [ends.losses, ends.diverged_at]])


def test_four_devices_come_to_what_one_comes_to(tmp_path):
    assert jax.device_count() == 1
    environment = {**os.environ, "XLA_FLAGS": "--xla_force_host_platform_device_count=4"}
    command = [sys.executable, "-c", ON_FOUR_DEVICES, str(tmp_path / "four.npy")]
    subprocess.run(command, cwd=Path(__file__).parent.parent, env=environment, check=True)
    np.testing.assert_array_equal(ends_from_many_starts(), np.load(tmp_path / "four.npy"))


class NobodyWaitsError(Exception):
    """What ends the work here."""


def test_what_nobody_waits_for_is_not_computed_any_more():
    experiment = Experiment("himmelblau", steps=10_000, runs=(Run("adam", {"learning_rate": 0.01}),))
    many = np.full(2_000_000, 0.1)
    begun, gone, ended = Event(), Event(), []

    def check():
        begun.set()
        if gone.is_set():
            raise NobodyWaitsError

    def work():
        before_chunk.set(check)
        try:
            run_lanes(lanes(experiment, start0=many, start1=many), single=True)
        except NobodyWaitsError as error:
            ended.append(error)

    thread = Thread(target=copy_context().run, args=(work,))
    thread.start()
    begun.wait()
    gone.set()
    thread.join()
    assert ended
    run_lanes(lanes(experiment, start0=many[:5], start1=many[:5]), single=True)  # what was on its way is done before
    before = time.process_time()
    time.sleep(0.5)
    assert time.process_time() - before < 0.25
