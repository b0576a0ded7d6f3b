"""A map over two numbers of a run, and the textbook's boundary on the quadratic."""

from dataclasses import replace

import numpy as np
import pytest

from experiments import Experiment, Run, simulate
from sweeps import Axis, adjustable, stability_map, usual_axis

BOWL = Experiment("quadratic", {"condition_number": 10.0}, steps=400, runs=(Run("momentum", {"learning_rate": 0.1}),))
RATES = Axis("learning_rate", 0.01, 10.0, log=True)


@pytest.mark.parametrize(
    ("slug", "limit"),
    [
        ("momentum", lambda beta: 2 * (1 + beta)),
        ("heavy_ball_ema", lambda beta: 2 * (1 + beta) / (1 - beta)),
        ("nesterov", lambda beta: 2 * (1 + beta) / (1 + 2 * beta)),
    ],
)
def test_the_border_of_what_is_stable_is_the_textbooks(slug, limit):
    bowl = replace(BOWL, runs=(Run(slug),))
    found = stability_map(bowl, RATES, Axis("momentum", 0.0, 0.95), resolution=48)
    assert found.boundary is not None
    np.testing.assert_allclose(found.boundary, limit(found.up_values) / 10, rtol=1e-12)
    cell = found.across_values[1] / found.across_values[0]
    for row, border in zip(found.stable, found.boundary, strict=True):
        last = found.across_values[np.flatnonzero(row)[-1]]
        assert row[: np.flatnonzero(row)[-1] + 1].all()
        assert border / cell <= last * 1.0001
        assert last <= border * cell


def test_gradient_descent_is_stable_up_to_two_over_the_curvature():
    bowl = replace(BOWL, runs=(Run("gradient_descent"),))
    found = stability_map(
        bowl, Axis("learning_rate", 0.001, 1.0, log=True), Axis("condition_number", 2.0, 200.0, log=True)
    )
    assert found.boundary is not None
    np.testing.assert_allclose(found.boundary, 2 / found.up_values)
    above = found.across_values > 1.2 * found.boundary[:, None]
    below = found.across_values < found.boundary[:, None] / 1.2
    assert not (found.stable & above).any()
    assert (found.stable | ~below).all()


def test_a_cell_is_what_its_run_comes_to():
    found = stability_map(BOWL, Axis("learning_rate", 0.001, 0.1, log=True), Axis("noise", 0.0, 1.0), resolution=4)
    for row, noise in enumerate(found.up_values):
        for column, rate in enumerate(found.across_values):
            run = Run("momentum", {"learning_rate": rate})
            alone = simulate(replace(BOWL, runs=(run,), noise=float(noise)))
            assert found.final_losses[row, column] == pytest.approx(alone.losses[0, -1], rel=1e-6)
    assert found.boundary is not None


def test_no_boundary_is_drawn_where_no_textbook_has_one():
    other = replace(BOWL, runs=(Run("adam"),))
    assert stability_map(other, resolution=4).boundary is None
    assert stability_map(BOWL, Axis("momentum", 0.0, 0.9), RATES, resolution=4).boundary is None
    decaying = replace(BOWL, runs=(Run("momentum", schedule="cosine"),))
    assert stability_map(decaying, RATES, resolution=4).boundary is None


def test_every_number_of_rule_and_surface_can_be_an_axis():
    run = Run("adam")
    names = list(adjustable(BOWL, run))
    assert names == ["learning_rate", "b1", "b2", "eps", "condition_number", "noise"]
    for name in ("b1", "noise"):
        found = stability_map(replace(BOWL, steps=5, runs=(run,)), RATES, usual_axis(BOWL, run, name), resolution=3)
        assert np.isfinite(found.final_losses).all()


@pytest.mark.parametrize(
    ("across", "up", "said"),
    [
        (Axis("learning_rate", 1.0, 0.1), None, "across goes from 1 to 0.1; allowed: two numbers, the lower one first"),
        (Axis("learning_rate", 0.0, 0.1, log=True), None, "allowed: two positive numbers"),
        (Axis("speed", 0.1, 1.0), None, "across is 'speed'; allowed: learning_rate, momentum, condition_number, noise"),
        (RATES, RATES, "up is 'learning_rate', as across is; allowed: another one of"),
        (RATES, Axis("momentum", 0.0, 1.5), "up high is 1.5; allowed: a number of at least 0 and below 1"),
        (RATES, Axis("momentum", 0.0, np.nan), "up high is nan; allowed: a finite number"),
    ],
)
def test_what_is_no_map_is_refused(across, up, said):
    with pytest.raises(ValueError, match=said):
        stability_map(BOWL, across, up)


def test_a_million_cells_are_refused():
    with pytest.raises(ValueError, match="resolution is 1000; allowed: a whole number from 2 to 256"):
        stability_map(BOWL, resolution=1000)
