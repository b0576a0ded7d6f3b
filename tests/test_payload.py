"""What the player is sent."""

import base64
import json
import math
import re
from dataclasses import replace
from functools import partial

import jax
import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalogue import Parameter
from experiments import Experiment, Run, simulate, verdicts
from landscapes import LANDSCAPES
from lessons import FIRST
from optimizers import OPTIMIZERS
from player.figures import curve_layout
from player.payload import digest, payload
from player.run_labels import run_labels
from player.run_styles import run_styles
from surfaces.critical_points import present_saddles
from tests.strategies import experiments

# Few surfaces and rules, so that the examples go into numbers and not into compilations: what is sent depends on neither.
FEW = ("quadratic", "himmelblau")
RULES = ("adam", "gradient_descent", "lion")


def made(experiment):
    trajectory = simulate(experiment)
    return payload(experiment, trajectory, verdicts(experiment, trajectory), "log")


def decoded(series):
    return np.frombuffer(base64.b64decode(series["bdata"]), "<f4").reshape(series["shape"])


@settings(max_examples=40, deadline=None)
@given(experiments(FEW, RULES))
@example(Experiment("quadratic", steps=2, runs=(Run("adam", {"learning_rate": 1e308}),)))
def test_the_payload_is_finite_json_of_bounded_size(experiment):
    sent = made(experiment)
    text = json.dumps(sent, allow_nan=False)
    numbers = len(experiment.runs) * (experiment.steps + 1)
    assert len(text) < 6000 + 800 * len(experiment.runs) + 5 * 4 * 1.4 * numbers
    for name in ("positions", "gaps", "slopes"):
        assert np.isfinite(decoded(sent[name])).all()
    assert decoded(sent["positions"]).shape == (len(experiment.runs), experiment.steps + 1, 2)
    for layout in sent["charts"].values():
        assert go.Layout(layout).to_plotly_json() == layout  # which raises where plotly.js has no such property


def test_a_verdict_can_be_seen_from_its_step_on_and_at_the_end_without_one():
    experiment = FIRST.experiment
    said = verdicts(experiment, simulate(experiment))
    decided = [run["decidedAt"] for run in made(experiment)["runs"]]
    assert decided == [experiment.steps if verdict.step is None else verdict.step for verdict in said]
    assert min(decided) < experiment.steps


def test_positions_are_those_of_the_trajectory():
    experiment = FIRST.experiment
    np.testing.assert_allclose(decoded(made(experiment)["positions"]), simulate(experiment).positions, rtol=1e-6)


def test_a_diverging_path_is_held_at_its_last_point_that_fits():
    experiment = Experiment("rosenbrock", steps=50, runs=(Run("gradient_descent", {"learning_rate": 1.0}),))
    sent, trajectory = made(experiment), simulate(experiment)
    drawn = sent["runs"][0]["drawn"]
    assert 0 < drawn < trajectory.diverged_at[0]
    positions = decoded(sent["positions"])[0]
    np.testing.assert_allclose(positions[drawn], trajectory.positions[0, drawn], rtol=1e-6)
    assert (positions[drawn:] == positions[drawn]).all()
    assert sent["runs"][0]["final"] is None
    assert sent["runs"][0]["verdict"] == f"diverged at step {trajectory.diverged_at[0]}"


def test_the_digest_changes_with_the_paths_and_only_then():
    experiment = FIRST.experiment
    faster = replace(experiment, runs=(Run("adam", {"learning_rate": 0.123}), *experiment.runs[1:]))
    assert digest(simulate(experiment)) == digest(simulate(experiment))
    assert digest(simulate(experiment)) != digest(simulate(faster))


def test_six_runs_of_500_steps_stay_below_90_kb():
    rules = ("gradient_descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
    experiment = Experiment("rosenbrock", steps=500, runs=tuple(Run(rule) for rule in rules))
    assert len(json.dumps(made(experiment))) < 90_000


def test_no_two_runs_are_labelled_or_drawn_alike():
    twice = Experiment("quadratic", runs=(Run("adam"), Run("adam"), Run("adam", schedule="cosine"), Run("momentum")))
    assert len(set(run_labels(twice))) == 4


ADAM = {"learning_rate": 0.05}


@pytest.mark.parametrize(
    ("runs", "labels"),
    [
        ((Run("momentum", {"momentum": 0.5}), Run("momentum", {"momentum": 0.9})), ["β=0.5", "β=0.9"]),
        ((Run("adam", {"b2": 0.9}), Run("lion"), Run("adam")), ["Adam β₂=0.9", "Lion", "Adam β₂=0.999"]),
        ((Run("adam", ADAM, "cosine"), Run("adam", ADAM)), ["Cosine decay", "Constant"]),
        ((Run("adam", clip_norm=2.0), Run("adam")), ["Clipped at 2", "Not clipped"]),
        ((Run("adam", start=(1.0, -2.0)), Run("adam", start=(0.5, 0.0))), ["From (1, -2)", "From (0.5, 0)"]),
        ((Run("adam", start=(1.0, -2.0)), Run("adam")), ["Adam from (1, -2)", "Adam"]),
        ((Run("adam"), Run("adam")), ["Adam (1)", "Adam (2)"]),
    ],
)
def test_a_run_is_called_by_what_tells_it_apart(runs, labels):
    assert run_labels(Experiment("quadratic", runs=runs)) == labels


def test_every_number_of_a_rule_has_a_name_in_a_label():
    for slug, rule in OPTIMIZERS.items():
        for name, parameter in rule.hyperparameters.items():
            runs = tuple(Run(slug, {name: value}) for value in {parameter.low, parameter.default, parameter.high})
            labels = run_labels(Experiment("quadratic", runs=runs))
            assert len(set(labels)) == len(runs)
            assert all("\\" not in label for label in labels)
    styles = [json.dumps(style) for style in run_styles()]
    assert len(set(styles)) == len(styles)


def test_the_short_words_sent_are_the_verdicts_own():
    experiment = FIRST.experiment
    found = verdicts(experiment, simulate(experiment))
    assert [run["short"] for run in made(experiment)["runs"]] == [verdict.short for verdict in found]


@pytest.mark.parametrize("width", [0.2, 0.25, 0.7, 1.0])
def test_a_saddle_is_sent_where_a_moved_slider_puts_it(width):
    landscape = LANDSCAPES["sharp_and_flat"]
    (sent,) = made(Experiment("sharp_and_flat", {"width": width}, steps=5))["saddles"]
    assert np.hypot(*(np.array(sent) - landscape.saddles[0])) > 0.1
    loss = partial(landscape.loss, width=width)
    np.testing.assert_allclose(jax.grad(loss)(np.array(sent)), 0.0, atol=1e-9)
    low, high = np.linalg.eigvalsh(jax.hessian(loss)(np.array(sent)))
    assert low < 0 < high


def test_saddles_at_the_defaults_are_the_stated_ones():
    for slug in ("sharp_and_flat", "himmelblau"):
        assert made(Experiment(slug, steps=5))["saddles"] == [list(point) for point in LANDSCAPES[slug].saddles]


def test_a_saddle_that_is_none_any_more_is_left_out():
    """x³/3 - ax + y²/2 has its saddle at x = -√a, and for negative a none."""
    fold = replace(
        LANDSCAPES["sharp_and_flat"],
        slug="fold",
        loss=lambda position, a: position[0] ** 3 / 3 - a * position[0] + position[1] ** 2 / 2,
        parameters={"a": Parameter(default=1.0, low=-1.0, high=2.0, symbol="a")},
        saddles=((-1.0, 0.0),),
        minima=(),
        names=(),
        minimum=None,
    )
    np.testing.assert_allclose(present_saddles(fold, {"a": 2.0}), [(-np.sqrt(2), 0.0)], atol=1e-9)
    assert present_saddles(fold, {"a": -1.0}) == ()


def test_a_run_that_finds_something_lower_outside_changes_no_other_runs_figures():
    descent = {"learning_rate": 0.1}
    near = Experiment("mccormick", start=(-0.2, -1.0), steps=100, runs=(Run("gradient_descent", descent),))
    far = Run("gradient_descent", descent, start=(-1.4, -2.9))
    alone, beside = made(near), made(replace(near, runs=(*near.runs, far)))
    assert beside["floor"] < LANDSCAPES["mccormick"].minimum, "the comparison is empty: nothing lower was found"
    assert alone["runs"][0]["reached"] == beside["runs"][0]["reached"] is not None
    titles = [sent["charts"]["loss"]["title"]["text"] for sent in (alone, beside)]
    assert titles == ["Loss above the minimum", "Loss above the lowest seen"]


@given(st.floats(-250, 250), st.floats(-3, 1.6))
@example(math.log10(0.25), -3.0)
def test_a_chart_has_a_few_ticks_within_its_range_that_say_what_they_stand_at(low, log_span):
    values = np.array([[10**low, 10 ** (low + 10**log_span)]])
    axis = curve_layout("Loss", values, 10)["yaxis"]
    ticks = np.log10(axis["tickvals"])
    assert 2 <= len(ticks) <= 4
    assert (np.diff(ticks) > 0).all()
    assert axis["range"][0] <= ticks.min() <= ticks.max() <= axis["range"][1] + 1e-12
    said = [float(re.sub("10<sup>(.*)</sup>", r"1e\1", text)) for text in axis["ticktext"]]
    np.testing.assert_allclose(said, axis["tickvals"], rtol=1e-5)
