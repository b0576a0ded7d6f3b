"""What the made surfaces claim to show, shown: a cliff, a sharp and a flat minimum, a ravine off the axes, a spiral."""

import numpy as np
import pytest

from experiments import Experiment, Run, simulate, verdicts
from landscapes import LANDSCAPES

pytestmark = pytest.mark.xdist_group("what-landscapes-teach")
SEEDS = 12


def distances(landscape, minimum, run, **rest):
    """The distance from a stated minimum at every step."""
    positions = simulate(Experiment(landscape, runs=(run,), **rest)).positions[0]
    return np.hypot(*(positions - LANDSCAPES[landscape].minima[minimum]).T)


@pytest.mark.parametrize("start", LANDSCAPES["cliff"].starts[:2])
@pytest.mark.parametrize("rate", [0.25, 0.3])
def test_the_cliff_throws_an_unclipped_run_out_of_the_view_and_a_clipped_one_arrives(start, rate):
    unclipped = Run("gradient_descent", {"learning_rate": rate})
    clipped = Run("gradient_descent", {"learning_rate": rate}, clip_norm=1.0)
    thrown = distances("cliff", 0, unclipped, start=start, steps=200)
    arrives = distances("cliff", 0, clipped, start=start, steps=200)
    assert thrown.max() > 1.5 * np.ptp(LANDSCAPES["cliff"].view[0])
    assert thrown[-1] > 5
    assert arrives[-1] < 1e-6


def test_without_the_cliff_no_clipping_is_needed():
    run = Run("gradient_descent", {"learning_rate": 0.3})
    assert distances("cliff", 0, run, landscape_parameters={"height": 0.0}, steps=200)[-1] < 1e-6


def shares_in_the_flat_minimum(noise, start):
    """Per seed, the share of the last 300 of 1000 steps that is spent around the flat minimum."""
    run = Run("gradient_descent", {"learning_rate": 0.05})
    return [
        np.mean(distances("sharp_and_flat", 1, run, start=start, steps=1000, noise=noise, seed=seed)[-300:] < 1.5)
        for seed in range(SEEDS)
    ]


def test_noise_drives_a_run_out_of_the_sharp_minimum_into_the_flat_one():
    sharp = LANDSCAPES["sharp_and_flat"].starts[0]
    assert shares_in_the_flat_minimum(0.0, sharp) == [0.0] * SEEDS
    assert min(shares_in_the_flat_minimum(4.0, sharp)) > 0.7


def test_noise_leaves_a_run_in_the_flat_minimum():
    assert min(shares_in_the_flat_minimum(4.0, (1.0, 0.0))) > 0.7


def test_the_sharp_and_the_flat_minimum_are_equally_deep_to_the_last_digit():
    landscape = LANDSCAPES["sharp_and_flat"]
    assert [float(landscape.loss(np.array(point), width=0.4)) for point in landscape.minima] == [0.0, 0.0]


def steps_in_the_ravine(optimizer, rate, angle):
    """How long a rule takes to a thousandth of its first loss from the same place in the ravine, turned by `angle`."""
    along, across = -2.0, 0.4
    start = (
        np.cos(angle) * along - np.sin(angle) * across,
        np.sin(angle) * along + np.cos(angle) * across,
    )
    run = Run(optimizer, {"learning_rate": rate})
    parameters = {"angle": angle}
    losses = simulate(Experiment("rotated_ravine", parameters, start=start, steps=600, runs=(run,))).losses[0]
    return int(np.argmax(losses < 1e-3 * losses[0]))


@pytest.mark.parametrize(("optimizer", "rate"), [("adam", 0.05), ("adam", 0.1), ("adagrad", 0.5), ("adagrad", 1.0)])
def test_coordinate_wise_rules_are_slower_in_a_ravine_off_the_axes(optimizer, rate):
    straight, turned = (steps_in_the_ravine(optimizer, rate, angle) for angle in (0.0, np.pi / 4))
    assert 0 < 1.5 * straight < turned


def test_gradient_descent_does_not_notice_the_turn():
    straight, turned = (steps_in_the_ravine("gradient_descent", 0.02, angle) for angle in (0.0, np.pi / 4))
    assert straight == turned > 0


def test_the_spiral_valley_leads_a_run_around_its_minimum():
    run = Run("gradient_descent", {"learning_rate": 0.01})
    experiment = Experiment("spiral_valley", runs=(run,), steps=1000)
    trajectory = simulate(experiment)
    x, y = trajectory.positions[0].T
    turned = np.ptp(np.unwrap(np.arctan2(y, x)))
    assert turned > 2.4
    assert verdicts(experiment, trajectory)[0].kind == "global_minimum"


def test_a_run_winds_between_the_hills():
    run = Run("gradient_descent", {"learning_rate": 0.1})
    experiment = Experiment("hills", runs=(run,), steps=200)
    trajectory = simulate(experiment)
    path = trajectory.positions[0]
    length, straight = np.hypot(*np.diff(path, axis=0).T).sum(), np.hypot(*(path[-1] - path[0]))
    assert verdicts(experiment, trajectory)[0].kind == "global_minimum"
    assert length > 1.2 * straight
