"""Links: the whole experiment there and back, and forgiving part by part."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments import MAX_RUNS, Experiment, Run, from_query, simulate, to_query
from experiments.query import VERSION
from lessons import FIRST, LESSONS
from tests.strategies import experiments

FALLBACK = FIRST.experiment
GOOD = to_query(
    Experiment("rosenbrock", start=(-1.5, 2.0), steps=500, runs=(Run("adam", {"learning_rate": 0.01}), Run("momentum")))
)


@settings(deadline=None)
@given(experiments())
def test_an_experiment_survives_its_link(experiment):
    address = urlencode(to_query(experiment), doseq=True)
    assert from_query(parse_qs(address), FALLBACK) == (experiment, ())


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_lesson_survives_its_link(lesson):
    experiment = LESSONS[lesson].experiment
    assert from_query(to_query(experiment), FALLBACK) == (experiment, ())


def test_the_link_names_every_number():
    assert GOOD["run"][0] == "adam~learning_rate~0.01~b1~0.9~b2~0.999~eps~1e-08~schedule~constant"
    assert GOOD["seed"] == ["0"]
    assert GOOD["start"] == ["-1.5_2"]


def test_an_empty_address_is_the_fallback():
    assert from_query({}, FALLBACK) == (FALLBACK, ())


WRONG = [
    ("landscape", "rosenbrok", "landscape is “rosenbrok”; allowed: "),
    ("start", "nan_1", "start is “nan_1”; allowed: two finite numbers"),
    ("start", "1", "start is “1”; allowed: two finite numbers"),
    ("steps", "1000000000", "steps is “1000000000”; allowed: a whole number from 1 to "),
    ("steps", "many", "steps is “many”; allowed: a whole number"),
    ("steps", "١٢", "steps is “١٢”; allowed: a whole number"),
    ("seed", "-1", "seed is “-1”; allowed: a whole number"),
    ("noise", "nan", "noise is “nan”; allowed: a finite number"),
    ("noise", "-3", "noise is “-3”; allowed: a finite number from 0"),
    ("steepness", "inf", "steepness is “inf”; allowed: a finite number"),
    ("run", "adamm~learning_rate~0.1", "run 1: optimizer is “adamm”; allowed: "),
    ("run", "adam", "run 1: learning_rate is missing; 0.05 is used instead"),
    ("run", "adam~learning_rate~fast", "run 1: learning_rate is “fast”; allowed: a finite number"),
    ("run", "adam~learning_rate~0.1~b3~0.1", "run 1: “b3” is not a part"),
    ("run", "adam~learning_rate~0.1~b1", "run 1: “b1” has no value"),
    ("run", "adam~learning_rate~0.1~schedule~never", "run 1: schedule is “never”; allowed: "),
    ("run", "adam~learning_rate~0.1~clip_norm~0", "run 1: clip_norm is “0”; allowed: a finite number above 0"),
    ("run", "adam~learning_rate~0.1~clip_value~-1", "run 1: clip_value is “-1”; allowed: a finite number above 0"),
    ("run", "adam~learning_rate~0.1~start~a_b", "run 1: start is “a_b”; allowed: two finite numbers"),
    ("steepness", "1e308", "steepness is “1e308”; allowed: a number from 1 to 300"),
    (
        "run",
        "adam~learning_rate~0.1~schedule~step~schedule.transition_steps~0",
        "run 1: schedule.transition_steps is “0”; allowed: a number from 1 to 10000",
    ),
    ("colour", "red", "“colour” is not a part"),
]


@pytest.mark.parametrize(("name", "text", "message"), WRONG)
def test_a_wrong_part_is_named_and_the_rest_is_kept(name, text, message):
    experiment, problems = from_query({**GOOD, name: [text]}, FALLBACK)
    assert any(message in problem for problem in problems), problems
    if name not in ("landscape", "steps"):
        assert experiment.steps == 500
    if name != "landscape":
        assert experiment.landscape == "rosenbrock"
        assert len(problems) == 1
    if name not in ("landscape", "run"):
        assert len(experiment.runs) == 2


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_part_is_named(name):
    _, problems = from_query({key: values for key, values in GOOD.items() if key != name}, FALLBACK)
    assert any(f"{name} is missing" in problem for problem in problems), problems


def test_too_many_runs_are_cut_and_named():
    experiment, problems = from_query({**GOOD, "run": [GOOD["run"][0]] * 500}, FALLBACK)
    assert len(experiment.runs) == MAX_RUNS
    assert problems == (f"run is given 500 times; allowed: 1 to {MAX_RUNS}. The first {MAX_RUNS} are used.",)


@given(st.dictionaries(st.sampled_from([*GOOD, "x"]) | st.text(max_size=5), st.lists(st.text(max_size=30), max_size=3)))
def test_no_address_raises(query):
    experiment, _ = from_query(query, FALLBACK)
    assert isinstance(experiment, Experiment)


RECORDED = Path(__file__).parent / "recorded"
OLD = [pytest.param(old, id=f"{path.stem}-{i}") for path in sorted(RECORDED.glob("links_*.json"))
       for i, old in enumerate(json.loads(path.read_text()))]  # fmt: skip


@pytest.mark.parametrize("old", OLD)
def test_a_link_of_any_version_leads_where_it_always_led(old):
    experiment, problems = from_query(parse_qs(old["link"]), FALLBACK)
    assert problems == ()
    assert experiment.steps == old["steps"]
    # Another processor may round otherwise in the last digits; long runs may take them anywhere.
    tolerance = 1e-9 if old["steps"] <= 100 else 1e-4
    np.testing.assert_allclose(simulate(experiment).positions[:, -1], old["ends"], rtol=tolerance, atol=tolerance)


def test_links_of_every_version_are_kept():
    assert [path.name for path in sorted(RECORDED.glob("links_*.json"))] == [
        f"links_version_{version}.json" for version in range(1, VERSION + 1)
    ]


@pytest.mark.parametrize("version", ["2", "99", "0", "-1", "1.5", "one", "٢", "9" * 5000])
def test_a_link_of_a_later_version_is_refused_as_a_whole(version):
    experiment, problems = from_query({**GOOD, "version": [version]}, FALLBACK)
    assert experiment == FALLBACK
    assert len(problems) == 1
    assert "; allowed: up to 1. The link is of a later version of this app, so nothing of it was used." in problems[0]


def test_a_link_may_say_that_it_is_of_version_1():
    assert from_query({**GOOD, "version": ["1"]}, FALLBACK) == from_query(GOOD, FALLBACK)
