"""The link of a network experiment: there and back, and forgiving part by part."""

from dataclasses import replace
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments import Run
from networks import ACTIVATIONS, DATA_SETS, INITIALIZATIONS, NetworkExperiment, from_query, to_query
from networks.experiment import losses_for
from optimizers import OPTIMIZERS
from tests.strategies import runs

FALLBACK = NetworkExperiment()
LARGE = [slug for slug, optimizer in OPTIMIZERS.items() if optimizer.largest_dimension is None]
GOOD = to_query(NetworkExperiment("moons", batch_size=20, runs=(Run("adam", {"learning_rate": 0.02}), Run("momentum"))))


@st.composite
def network_experiments(draw):
    """Any experiment that can be made."""
    data = draw(st.sampled_from(list(DATA_SETS)))
    made = NetworkExperiment(
        data,
        hidden=draw(st.lists(st.integers(1, 16), max_size=4)),
        activation=draw(st.sampled_from(list(ACTIVATIONS))),
        initialization=draw(st.sampled_from(list(INITIALIZATIONS))),
        loss=draw(st.sampled_from(losses_for(DATA_SETS[data]))),
        l2=draw(st.floats(0.0, 10.0)),
        steps=draw(st.integers(1, 2000)),
        seed=draw(st.integers(0, 2**32 - 1)),
        runs=tuple(draw(st.lists(runs(LARGE), min_size=1, max_size=6))),
        points=draw(st.integers(50, 500)),
        noise=draw(st.floats(0.0, 1e3)),
        held_out=draw(st.floats(0.1, 0.5)),
        data_seed=draw(st.integers(0, 2**32 - 1)),
    )
    return replace(made, batch_size=draw(st.none() | st.integers(1, made.trained_on)))


@settings(deadline=None)
@given(network_experiments())
def test_an_experiment_survives_its_link(experiment):
    address = urlencode(to_query(experiment), doseq=True)
    assert from_query(parse_qs(address), FALLBACK) == (experiment, ())


def test_the_link_names_every_number():
    assert GOOD == {
        "data": ["moons"],
        "points": ["200"],
        "data_noise": ["0.1"],
        "held_out": ["0.25"],
        "data_seed": ["0"],
        "hidden": ["8_8"],
        "activation": ["tanh"],
        "initialization": ["glorot"],
        "loss": ["cross_entropy"],
        "l2": ["0"],
        "batch_size": ["20"],
        "steps": ["500"],
        "seed": ["0"],
        "run": [
            "adam~learning_rate~0.02~b1~0.9~b2~0.999~eps~1e-08~schedule~constant",
            "momentum~learning_rate~0.01~momentum~0.9~schedule~constant",
        ],
    }
    assert to_query(NetworkExperiment(hidden=()))["hidden"] == ["none"]
    assert "batch_size" not in to_query(NetworkExperiment())


def test_an_empty_address_is_the_fallback():
    assert from_query({}, FALLBACK) == (FALLBACK, ())


WRONG = [
    (
        "data",
        "rings",
        "data is “rings”; allowed: circles, moons, plane, sine, spirals, two_gaussians, xor. moons is used",
    ),
    ("points", "1000", "points is “1000”; allowed: a whole number from 50 to 500. 200 is used instead."),
    ("data_noise", "-1", "data_noise is “-1”; allowed: a finite number from 0 up. 0.1 is used instead."),
    ("held_out", "1", "held_out is “1”; allowed: a number from 0.1 to 0.5. 0.25 is used instead."),
    ("hidden", "8_99", "hidden is “8_99”; allowed: a whole number from 1 to 16. 8_8 is used instead."),
    (
        "hidden",
        "1_1_1_1_1",
        "hidden is “1_1_1_1_1”; allowed: up to 4 numbers of units, none for no hidden layer. 8_8 is",
    ),
    ("hidden", "", "hidden is “”; allowed: a whole number from 1 to 16"),
    ("activation", "swish", "activation is “swish”; allowed: tanh, relu, sigmoid, gelu. tanh is used instead."),
    ("initialization", "one", "initialization is “one”; allowed: glorot, he, small, large, zero. glorot is used"),
    ("loss", "hinge", "loss is “hinge”; allowed: cross_entropy, squared. cross_entropy is used instead."),
    ("l2", "nan", "l2 is “nan”; allowed: a finite number. 0 is used instead."),
    ("batch_size", "151", "batch_size is “151”; allowed: a whole number from 1 to 150. none is used instead."),
    ("steps", "1000000000", "steps is “1000000000”; allowed: a whole number from 1 to 2000. 500 is used instead."),
    ("seed", "x", "seed is “x”; allowed: a whole number from 0 to 4294967295. 0 is used instead."),
    (
        "run",
        "newton~learning_rate~0.5",
        "run 1: optimizer is “newton”; allowed: a rule for 105 dimensions, and not this",
    ),
    ("run", "adam~learning_rate~0.1~start~0_0", "run 1: “start” is not a part of this experiment and was left out."),
    ("landscape", "rosenbrock", "“landscape” is not a part of this experiment and was left out."),
]


@pytest.mark.parametrize(("name", "text", "words"), WRONG)
def test_a_wrong_part_alone_is_replaced(name, text, words):
    found, problems = from_query({**GOOD, name: [text]}, FALLBACK)
    assert [problem[: len(words)] for problem in problems] == [words]
    right = {part: values for part, values in to_query(found).items() if part != name}
    assert right == {part: values for part, values in GOOD.items() if part != name}


@pytest.mark.parametrize("name", [name for name in GOOD if name != "batch_size"])
def test_what_is_missing_is_said(name):
    found, problems = from_query({part: values for part, values in GOOD.items() if part != name}, FALLBACK)
    assert [problem.startswith(f"{name} is missing") for problem in problems] == [True]
    assert isinstance(found, NetworkExperiment)


def test_other_data_brings_its_own_loss():
    """A loss that is for classes alone is not carried over to a wave."""
    found, problems = from_query({**GOOD, "data": ["sine"]}, FALLBACK)
    assert found.loss == "squared"
    assert [problem.partition(";")[0] for problem in problems] == ["loss is “cross_entropy”"]


def test_a_link_of_a_later_version_is_not_guessed_at():
    found, problems = from_query({**GOOD, "version": ["2"]}, FALLBACK)
    assert found == FALLBACK
    assert problems[0].startswith("version is “2”; allowed: up to 1.")
