"""Basins of attraction: the minimum that the run from each point of the view reaches."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from experiments import CLOSE, Experiment, Run, formula_landscape, landscape_of, simulate
from surfaces import view_diagonal
from sweeps import DIVERGED, UNFINISHED, basins

SLOW = Experiment("himmelblau", steps=2000, runs=(Run("gradient_descent", {"learning_rate": 0.002}),))


def flows_to(points, minima):
    """The index of the minimum to which the gradient flow leads from each point of Himmelblau's surface."""

    def slope(_, flat):
        x, y = flat.reshape(2, -1)
        left, right = x**2 + y - 11, x + y**2 - 7
        return -np.concatenate([4 * x * left + 2 * right, 2 * left + 4 * y * right])

    ends = solve_ivp(slope, (0.0, 5.0), points.T.ravel(), rtol=1e-6, atol=1e-6).y[:, -1].reshape(2, -1).T
    return np.argmin(np.linalg.norm(ends[:, None] - minima, axis=-1), axis=1)


def test_a_tiny_rate_has_the_basins_of_the_gradient_flow():
    found = basins(SLOW, resolution=32)
    points = np.stack(np.meshgrid(found.x, found.y), axis=-1).reshape(-1, 2)
    np.testing.assert_allclose(found.minima, landscape_of(SLOW).minima)
    assert np.mean(found.reached.ravel() == flows_to(points, found.minima)) > 0.99


@pytest.mark.parametrize(("row", "column"), [(0, 0), (3, 14), (14, 3), (9, 9)])
def test_a_cell_is_what_the_run_from_there_does(row, column):
    experiment = Experiment("himmelblau", steps=300, runs=(Run("momentum", {"learning_rate": 0.002}),))
    found = basins(experiment, resolution=16)
    path = simulate(replace(experiment, start=(found.x[column], found.y[row]))).positions[0]
    goal = found.minima[found.reached[row, column]]
    away = np.linalg.norm(path - goal, axis=1) > CLOSE * view_diagonal(landscape_of(experiment))
    since = np.flatnonzero(away)[-1] + 1 if away.any() else 0
    assert abs(found.steps[row, column] - since) <= 1  # in single precision
    assert not away[-1]


def test_runs_that_are_lost_or_have_not_arrived_are_told_apart():
    fast = replace(SLOW, steps=100, runs=(Run("gradient_descent", {"learning_rate": 0.5}),))
    lost = basins(fast, resolution=8)
    assert (lost.reached == DIVERGED).mean() > 0.9
    assert (lost.steps[lost.reached == DIVERGED] < 100).all()
    short = basins(replace(SLOW, steps=3), resolution=8)
    assert (short.reached == UNFINISHED).mean() > 0.9
    assert (short.steps[short.reached == UNFINISHED] == 3).all()


def test_minima_that_are_not_stated_are_found():
    experiment = Experiment("rastrigin", steps=200, runs=(Run("gradient_descent", {"learning_rate": 0.002}),))
    found = basins(experiment, resolution=48)
    assert len(found.minima) > 80
    assert found.minima[0].tolist() == [0.0, 0.0]
    apart = np.linalg.norm(found.minima[:, None] - found.minima, axis=-1) + 9 * np.eye(len(found.minima))
    assert apart.min() > 0.5
    assert (found.reached >= 0).mean() > 0.95


def test_a_formula_of_ones_own_has_basins_where_it_is_a_number():
    surface = formula_landscape("(x^2 - 1)^2 + y^2 + 0*sqrt(x + 1.5)", ((-2, 2), (-2, 2)))
    experiment = Experiment(surface, steps=300, runs=(Run("gradient_descent", {"learning_rate": 0.05}),))
    found = basins(experiment, resolution=21)
    assert sorted(np.round(found.minima[:, 0], 3)) == [-1.0, 1.0]
    assert (found.reached[:, found.x < -1.51] == DIVERGED).all()
    assert (found.reached[:, found.x > 0.1] == np.argmax(found.minima[:, 0])).mean() > 0.9


def test_a_surface_that_is_too_steep_for_single_precision_has_its_basins_too():
    steep = Experiment("cross_in_tray", steps=200, runs=(Run("gradient_descent", {"learning_rate": 0.1}),))
    found = basins(steep, resolution=16)
    assert not (found.reached == DIVERGED).any()
    assert (found.reached >= 0).any()


def test_a_surface_without_minima_has_no_basins():
    slope = formula_landscape("x + y")
    found = basins(Experiment(slope, steps=20, runs=(Run("gradient_descent"),)), resolution=8)
    assert found.minima.shape == (0, 2)
    assert (found.reached == UNFINISHED).all()


@pytest.mark.parametrize(
    ("run", "resolution", "said"),
    [
        (1, 8, "run is 1; allowed: a whole number from 0 to 0"),
        (0, 1_000_000, "resolution is 1000000; allowed: a whole number from 2 to 512"),
    ],
)
def test_what_are_no_basins_is_refused(run, resolution, said):
    with pytest.raises(ValueError, match=said):
        basins(SLOW, run, resolution)
