"""What the lessons say, in numbers: each promise of their words holds in their experiment."""

from dataclasses import replace

import numpy as np
import pytest

from experiments import simulate, verdicts
from experiments.experiment import landscape_of
from lessons import LESSONS


def shown(slug, **changes):
    """The lesson's trajectory, the distances from the surface's stated minima (runs, minima, steps), and the verdicts."""
    experiment = replace(LESSONS[slug].experiment, **changes)
    trajectory = simulate(experiment)
    minima = np.array(landscape_of(experiment).minima)
    away = np.linalg.norm(trajectory.positions[:, None] - minima[None, :, None], axis=-1)
    return trajectory, away, [verdict.kind for verdict in verdicts(experiment, trajectory)]


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_a_lesson_has_words_and_a_place_of_its_own(lesson):
    assert 80 < len(lesson.words) < 420
    assert [other.order for other in LESSONS.values()].count(lesson.order) == 1


def test_only_the_clipped_run_arrives():
    trajectory, away, kinds = shown("clipping")
    assert away[0, 0].max() > 12
    assert kinds[1] == "global_minimum"
    assert trajectory.clipped[1].any()
    assert not trajectory.clipped[0].any()


def test_noise_alone_leads_out_of_the_sharp_minimum():
    _, noisy, _ = shown("sharp_minima")
    _, calm, _ = shown("sharp_minima", noise=0.0)
    assert noisy[0, 0, :3].min() < 0.6
    assert np.mean(noisy[0, 1, -300:] < 1.5) > 0.7
    assert calm[0, 0, -1] < 1e-3


def test_single_examples_wobble_and_a_decaying_rate_comes_to_rest():
    _, single, _ = shown("mini_batches")
    _, full, _ = shown("mini_batches", batch_size=None)
    wobble = np.diff(single[:, 0, -64:], axis=-1).std(axis=-1)
    assert single[0, 0, :80].min() < 0.5
    assert wobble[1] < 0.4 * wobble[0]
    assert np.diff(full[0, 0, -64:]).std() < 0.05 * wobble[0]


def test_adagrad_learns_the_rare_feature():
    trajectory, _, _ = shown("rare_features")
    wanted = landscape_of(LESSONS["rare_features"].experiment).minima[0][1]
    off = np.abs(trajectory.positions[:, -1, 1] - wanted)
    assert off[1] < 0.3 * off[0]


def test_a_turned_ravine_slows_adaptive_rules_and_not_gradient_descent():
    _, turned, _ = shown("rotation")
    parameters = dict(LESSONS["rotation"].experiment.landscape_parameters)
    _, straight, _ = shown("rotation", landscape_parameters={**parameters, "angle": 0.0})
    arrives = [[int(np.argmax(run[0] < 0.1)) or 10_000 for run in away] for away in (turned, straight)]
    assert arrives[0][1] > 2 * arrives[1][1]
    assert arrives[0][2] > 1.5 * arrives[1][2]
    assert 0.5 < arrives[0][0] / arrives[1][0] < 2
