"""What holds of verdicts whatever the run: they are stable, fair, invariant, and true of the run that goes on."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments import Experiment, Run, formula_landscape, simulate, verdicts
from experiments.verdicts import KINDS
from landscapes import LANDSCAPES, Landscape
from lessons import LESSONS
from tests.labelled_runs import labelled_runs

pytestmark = pytest.mark.xdist_group("verdicts")


def run(optimizer, rate, **others):
    return Run(optimizer, {"learning_rate": rate, **others})


def judged(experiment):
    return verdicts(experiment, simulate(experiment))


BOUNDED = {
    "rmsprop": Experiment("quadratic", start=(-2.0, 1.2), steps=180, runs=(run("rmsprop", 0.03),)),
    "limit": Experiment("quadratic", start=(-2.0, 1.2), steps=300, runs=(run("gradient_descent", 0.04),)),
    "sign": Experiment("himmelblau", steps=300, runs=(run("signsgd", 0.3),)),
    "adam": Experiment("quadratic", steps=300, runs=(run("adam", 0.06),)),
    "momentum": Experiment("quadratic", steps=300, runs=(run("momentum", 0.01),)),
    "lion": Experiment("booth", steps=600, runs=(run("lion", 0.05),)),
}


@pytest.mark.parametrize("experiment", BOUNDED.values(), ids=BOUNDED)
def test_every_cut_of_the_last_third_of_a_bounded_run_gives_the_same_kind(experiment):
    cuts = range(2 * experiment.steps // 3, experiment.steps + 1, 4)
    kinds = Counter(judged(replace(experiment, steps=steps))[0].kind for steps in cuts)
    assert len(kinds) == 1, kinds


@pytest.mark.parametrize("experiment", BOUNDED.values(), ids=BOUNDED)
def test_two_equal_runs_get_equal_words(experiment):
    first, second = judged(replace(experiment, runs=experiment.runs * 2))
    assert first == second


@pytest.mark.parametrize("text", ["x^2", "(x^2 + y^2 - 1)^2", "(x - y)^2"])
def test_on_a_floor_of_minima_whoever_is_as_low_as_the_lowest_is_at_a_global_minimum(text):
    rates = (0.03, 0.1, 0.15, 0.2)
    runs = tuple(run("gradient_descent", rate) for rate in rates)
    found = judged(
        Experiment(formula_landscape(text, ((-2.0, 2.0), (-2.0, 2.0))), start=(1.2, 0.4), steps=600, runs=runs)
    )
    assert [verdict.kind for verdict in found] == ["global_minimum"] * len(rates)


def test_crawling_is_no_plateau():
    (verdict,) = judged(Experiment("beale", start=(1.0, 1.5), steps=200, runs=(run("adam", 0.001),)))
    assert verdict.kind == "crawls"
    assert verdict.text.startswith("crawls")


@pytest.mark.parametrize(
    ("landscape", "rule", "rate", "start", "steps"),
    [
        ("bukin", "conjugate_gradient", 0.6, (-13.971, 2.922), 60),
        ("bukin", "centered_rmsprop", 0.00027, (-12.0, 1.5), 150),
    ],
)
def test_a_movement_that_nobody_sees_is_no_oscillation(landscape, rule, rate, start, steps):
    """It goes to and fro all the same, by the last digit or by a ten-thousandth of the picture."""
    (verdict,) = judged(Experiment(landscape, start=start, steps=steps, runs=(run(rule, rate),)))
    assert verdict.kind == "crawls"
    assert verdict.text.startswith("has all but stopped")


@pytest.mark.parametrize(
    ("landscape", "rule", "rate", "start", "steps"),
    [
        ("booth", "sophia", 3.265, (1.981, -1.618), 60),
        ("sharp_and_flat", "sophia", 0.258, (-2.3, 0.2), 60),
        ("rastrigin", "nadam", 10.46, (-3.343, 2.178), 100),
    ],
)
def test_a_run_that_goes_to_and_fro_ever_after_is_on_its_way_nowhere(landscape, rule, rate, start, steps):
    """Longer by twenty times, it is as far from everywhere as it was."""
    experiment = Experiment(landscape, start=start, steps=steps, runs=(run(rule, rate),))
    path = simulate(replace(experiment, steps=20 * steps)).positions[0, steps:]
    assert np.linalg.norm(np.diff(path, axis=0), axis=1).sum() > 20 * np.linalg.norm(np.ptp(path, axis=0))
    (verdict,) = judged(experiment)
    assert verdict.kind == "oscillates"


def test_a_run_that_wanders_about_is_not_said_to_be_so_many_steps_from_a_minimum():
    (verdict,) = judged(Experiment("rosenbrock", start=(-1.5, 2.0), steps=400, runs=(run("adan", 9.32137),)))
    assert "steps" not in verdict.text.removesuffix("per step")


@pytest.mark.parametrize("schedule", ["linear", "cosine", "one_cycle"])
@pytest.mark.parametrize(("rule", "rate"), [("gradient_descent", 0.0005), ("adam", 0.05)])
def test_of_a_rate_that_has_decayed_no_number_of_steps_is_said(schedule, rule, rate):
    decaying = Run(rule, {"learning_rate": rate}, schedule=schedule)
    (verdict,) = judged(Experiment("rosenbrock", start=(-1.5, 2.0), steps=200, runs=(decaying,)))
    assert verdict.kind == "crawls"
    assert verdict.text.endswith(": its learning rate has decayed")


def test_the_words_say_by_how_much_steps_grow_however_little_it_is():
    (verdict,) = judged(Experiment("monkey_saddle", start=(0.634, 0.717), steps=250, runs=(run("momentum", 3.29e-5),)))
    assert verdict.text == "diverging: its steps grow by 0.31 % each"
    (verdict,) = judged(Experiment("quadratic", start=(-2.0, 1.2), steps=30, runs=(run("gradient_descent", 0.046),)))
    assert verdict.text.endswith("its steps grow by 30 % each")


def test_at_a_minimum_the_words_say_how_far_a_run_still_bounces():
    (verdict,) = judged(BOUNDED["rmsprop"])
    tail = simulate(BOUNDED["rmsprop"]).positions[0, -40:]
    half = float(np.ptp(tail, axis=0).max()) / 2
    assert "bouncing ±" in verdict.text
    said = float(verdict.text.partition("bouncing ±")[2].split()[0].rstrip(",."))
    assert half / 2 < said < 2 * half


@pytest.mark.parametrize(("rate", "kind"), [(0.038, "global_minimum"), (2.02 / 50, "diverged"), (0.0405, "diverged")])
def test_growth_by_a_small_factor_a_step_is_diverging(rate, kind):
    """On the ravine the error along y is multiplied by 1 - 50 η a step: by -1.02 at a rate of 0.0404."""
    longer = Experiment("quadratic", start=(-2.0, 1.2), steps=4000, runs=(run("gradient_descent", rate),))
    (now,), path = judged(replace(longer, steps=400)), simulate(longer).positions[0]
    assert now.kind == kind
    assert (not np.isfinite(path[-1]).all() or np.abs(path[-1]).max() > 1e6) == (kind == "diverged")


def transformed(name, shift, mirrors, swap, scale):
    """A landscape of the catalogue, its axes shifted, mirrored and swapped, and its loss scaled."""
    plain = LANDSCAPES[name]
    defaults = {key: parameter.default for key, parameter in plain.parameters.items()}

    def there(point):
        x, y = (mirror * value + by for mirror, value, by in zip(mirrors, point, shift, strict=True))
        return (y, x) if swap else (x, y)

    def loss(position):
        place = np.array(mirrors) * ((position[::-1] if swap else position) - np.array(shift))
        return scale * plain.loss(place, **defaults)

    corners = np.array([there((x, y)) for x in plain.view[0] for y in plain.view[1]])
    (x_low, y_low), (x_high, y_high) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    view = ((x_low, x_high), (y_low, y_high))
    return Landscape(
        slug="transformed", label="Transformed", family=plain.family, loss=loss, formula="f", view=view,
        starts=tuple(map(there, plain.starts)), minimum=scale * plain.minimum, minima=tuple(map(there, plain.minima)),
        saddles=tuple(map(there, plain.saddles)), reference="this test", teaches="Nothing.",
    )  # fmt: skip


SCALE_BOUND = ("gradient_descent", "momentum", "nesterov")  # the rate is so much of a slope
SCALE_FREE = ("adam", "rmsprop", "adagrad", "signsgd", "rprop")  # the rate is a length
RATES = (1e-5, 3e-3, 0.02, 0.1, 3.0)


@given(
    rule=st.sampled_from(SCALE_BOUND + SCALE_FREE),
    name=st.sampled_from(["quadratic", "himmelblau", "three_hump_camel", "saddle"]),
    shift=st.tuples(st.sampled_from([-3.0, 0.0, 8.0]), st.sampled_from([-5.0, 0.0, 2.0])),
    mirrors=st.tuples(st.sampled_from([-1.0, 1.0]), st.sampled_from([-1.0, 1.0])),
    swap=st.booleans(),
    scale=st.sampled_from([0.125, 1.0, 16.0]),
)
@settings(max_examples=24, deadline=None, derandomize=True)
def test_no_kind_depends_on_where_the_axes_are_or_on_the_unit_of_the_loss(rule, name, shift, mirrors, swap, scale):
    landscape = transformed(name, shift, mirrors, swap, scale)
    unit = scale if rule in SCALE_BOUND else 1.0
    plain = judged(Experiment(name, steps=200, runs=tuple(run(rule, rate) for rate in RATES)))
    moved = judged(Experiment(landscape, steps=200, runs=tuple(run(rule, rate / unit) for rate in RATES)))
    assert [verdict.kind for verdict in moved] == [verdict.kind for verdict in plain]


def test_an_observer_who_knows_nothing_of_the_code_agrees_about_nearly_all_runs():
    found, _ = labelled_runs()
    differing = [
        (one.experiment.landscape, one.run.optimizer, one.label, one.verdict.text)
        for one in found
        if one.label != one.verdict.kind
    ]
    assert len(found) >= 300
    assert {one.label for one in found} == set(KINDS)
    assert len({one.experiment.landscape for one in found}) >= len(LANDSCAPES) - 6
    assert len(differing) <= 0.01 * len(found), differing


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_a_lesson_with_a_diverging_or_thrown_out_run_has_the_word_on_its_button(lesson):
    trajectory = simulate(lesson.experiment)
    for path, verdict in zip(trajectory.positions, verdicts(lesson.experiment, trajectory), strict=True):
        if not np.isfinite(path).all():
            assert "diverged" in verdict.short
        elif verdict.kind == "diverged":
            assert "diverg" in verdict.short
