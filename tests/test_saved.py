"""Experiments as files: what was saved is opened again, and what can't be opened is refused in one sentence."""

import json
import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments import Experiment, Run, formula_landscape
from exports import from_json, to_json
from tests.strategies import experiments

TYPED = Experiment(formula_landscape("x^2 + 3*abs(y)", ((-2.0, 2.0), (-1.0, 1.0))), runs=(Run("adam"),), steps=7)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(experiments(), st.text(max_size=50), st.text(max_size=200))
def test_what_was_saved_is_opened_again(experiment, title, notes):
    saved = from_json(to_json(experiment, title, notes).encode())
    assert (saved.experiment, saved.title, saved.notes) == (experiment, title, notes)


def test_a_formula_and_a_start_of_a_run_of_its_own_are_saved():
    experiment = Experiment(TYPED.landscape, runs=(Run("adam", start=(1.0, -0.5)), Run("lion", clip_value=2.0)))
    assert from_json(to_json(experiment)).experiment == experiment


def test_what_is_missing_takes_its_default():
    text = '\ufeff{"fall_line": 1, "experiment": {"landscape": "beale", "runs": [{"optimizer": "adam"}]}}'
    saved = from_json(text.encode())
    assert saved.experiment == Experiment("beale", runs=(Run("adam"),))
    assert (saved.title, saved.notes) == ("", "")


def changed(**parts):
    """A good file with parts that are not."""
    document = json.loads(to_json(Experiment("beale", runs=(Run("adam"), Run("lion")))))
    document["experiment"].update(parts.pop("experiment", {}))
    return json.dumps(document | parts).encode()


def run_with(**parts):
    return changed(experiment={"runs": [{"optimizer": "adam", **parts}]})


HOSTILE = {
    "empty": (b"", "the file is empty"),
    "blank": (b" \n\t ", "the file is empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no text in UTF-8"),
    "UTF-16": ('{"fall_line": 1}'.encode("utf-16"), "no text in UTF-8"),
    "a table": (b"run,step,x\nadam,0,1", "no JSON: line 1, column 1"),
    "cut off": (changed()[:-20], "no JSON: line 1, column"),
    "a list": (b"[]", "the file is a list; allowed: an object with experiment, fall_line"),
    "null": (b"null", "the file is null"),
    "a million brackets": (b"[" * 900_000, "within one another"),
    "too large": (b" " * 1_000_001, "1,000,001 bytes; allowed: up to 1,000,000"),
    "too many digits": (changed(fall_line=0).replace(b": 0", b": " + b"9" * 5000, 1), "numbers of up to 30 digits"),
    "NaN": (changed(experiment={"noise": float("nan")}), "the file has NaN; allowed: finite numbers"),
    "infinity": (run_with(hyperparameters={"learning_rate": 1e999}), "Infinity; allowed: finite"),
    "a number too large": (changed().replace(b'"noise": 0.0', b'"noise": 1e999'), "noise is inf"),
    "no version": (b'{"experiment": {"landscape": "beale"}}', "fall_line is null; allowed: 1"),
    "a later version": (changed(fall_line=2), "fall_line is 2; allowed: 1. The file is of a later version"),
    "true for a version": (changed(fall_line=True), "fall_line is true or false; allowed: 1"),
    "an unknown field": (changed(mood="good"), "the file has “mood”; allowed: experiment, "),
    "an unknown number": (changed(experiment={"speed": 3}), "experiment has “speed”; allowed: batch_size, "),
    "no experiment": (b'{"fall_line": 1}', "experiment is missing"),
    "no landscape": (b'{"fall_line": 1, "experiment": {}}', "landscape is missing"),
    "an unknown landscape": (changed(experiment={"landscape": "alps"}), "landscape is 'alps'; allowed: "),
    "a number for a landscape": (changed(experiment={"landscape": 7}), "landscape is 7; allowed: a name"),
    "Python for a formula": (
        changed(experiment={"landscape": {"formula": "__import__('os')"}, "landscape_parameters": {}}),
        "“__import__” is not known",
    ),
    "a view upside down": (
        changed(experiment={"landscape": {"formula": "x", "view": [[1, 0], [0, 1]]}, "landscape_parameters": {}}),
        "view of x is 1 to 0",
    ),
    "no rule": (changed(experiment={"runs": [{}]}), "optimizer of run 1 is missing"),
    "an unknown rule": (run_with(optimizer="sgd9"), "run 1: optimizer is 'sgd9'; allowed: "),
    "a text for a number": (run_with(hyperparameters={"learning_rate": "0.1"}), "learning_rate"),
    "a list for a number": (run_with(hyperparameters={"learning_rate": list(range(100_000))}), "learning_rate"),
    "an unknown number of a rule": (run_with(hyperparameters={"warmth": 1}), "run 1: hyperparameters has 'warmth'"),
    "a rate below zero": (run_with(hyperparameters={"learning_rate": -1}), "learning_rate"),
    "runs that are none": (changed(experiment={"runs": "adam"}), "runs is “adam”; allowed: a list"),
    "no runs": (changed(experiment={"runs": []}), "runs is 0 of them; allowed: a tuple of 1 to 24"),
    "25 runs": (changed(experiment={"runs": [{"optimizer": "adam"}] * 25}), "allowed: a tuple of 1 to 24"),
    "a hundred thousand runs": (changed(experiment={"runs": [{}] * 100_000}), "optimizer of run 1 is missing"),
    "half a step": (changed(experiment={"steps": 1.5}), "steps is 1.5; allowed: a whole number from 1 to"),
    "a billion steps": (changed(experiment={"steps": 10**9}), "steps is 1000000000; allowed"),
    "a point of three": (changed(experiment={"start": [1, 2, 3]}), "start"),
    "a start outside": (changed(experiment={"start": ["a", {}]}), "start"),
    "a title of a book's length": (changed(title="x" * 300), "allowed: a text of up to 200 characters"),
    "a number for notes": (changed(notes=3), "notes is 3; allowed: a text"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_experiment_is_refused_in_a_sentence(kind):
    data, said = HOSTILE[kind]
    with pytest.raises(ValueError, match=re.escape(said)) as refused:
        from_json(data)
    assert len(str(refused.value)) < 1100


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data())
def test_any_part_may_be_anything(data):
    document = json.loads(changed())
    place = document
    while isinstance(place, dict | list) and place:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if data.draw(st.booleans()) or not isinstance(place[key], dict | list):
            place[key] = data.draw(values)
            break
        place = place[key]
    with suppress(ValueError):  # and no other exception
        assert from_json(json.dumps(document)).experiment.runs
