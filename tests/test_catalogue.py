"""What holds for every catalogue: how entries are found, that nothing is left blank, and who may import whom."""

import ast
import dataclasses
import importlib
import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from catalogue import Entry, Parameter, discover
from experiments import Experiment, Run, simulate
from landscapes import LANDSCAPES, Landscape
from optimizers import OPTIMIZERS, ByHand, Optimizer
from schedules import SCHEDULES
from tests.recorded import record_catalogues

ROOT = Path(__file__).parent.parent
PACKAGES = {"landscapes": LANDSCAPES, "optimizers": OPTIMIZERS, "schedules": SCHEDULES}
ENTRIES = [(package, entry) for package, entries in PACKAGES.items() for entry in entries.values()]
EVERY_ENTRY = pytest.mark.parametrize(
    ("package", "entry"), ENTRIES, ids=[f"{package}-{entry.slug}" for package, entry in ENTRIES]
)
BOWL = """
import jax.numpy as jnp
from landscapes import Landscape

{name} = Landscape(
    slug="{slug}",
    label="A bowl",
    family="bowl",
    loss=lambda position: jnp.sum(position**2),
    formula="x^2 + y^2",
    view=((-1.0, 1.0), (-1.0, 1.0)),
    starts=((0.5, 0.5),),
    minimum=0.0,
    minima=((0.0, 0.0),),
    reference="this test",
    teaches="One file is enough.",
)
"""


def bowl(slug, name="entry"):
    return BOWL.format(slug=slug, name=name)


def parameters_of(entry):
    named = [getattr(entry, field, {}) for field in ("parameters", "hyperparameters")]
    return {name: parameter for group in named for name, parameter in group.items()}


PARAMETERS = [
    pytest.param(entry, parameter, id=f"{package}-{entry.slug}-{name}")
    for package, entry in ENTRIES
    for name, parameter in parameters_of(entry).items()
]
EVERY_PARAMETER = pytest.mark.parametrize(("entry", "parameter"), PARAMETERS)


@pytest.fixture
def write_package(tmp_path, monkeypatch):
    """Writes a package called `pond` from file names and their text; it can be imported until the test ends."""

    def write(**modules):
        (tmp_path / "pond").mkdir()
        for name, text in {"__init__": "", **modules}.items():
            (tmp_path / "pond" / f"{name}.py").write_text(text)
        monkeypatch.syspath_prepend(tmp_path)
        importlib.invalidate_caches()
        return "pond"

    yield write
    for name in [name for name in sys.modules if name.split(".")[0] == "pond"]:
        del sys.modules[name]


def test_a_new_entry_is_one_new_file(write_package):
    entries = discover(write_package(first=bowl("first"), second=bowl("second")))
    assert list(entries) == ["first", "second"]
    assert entries["second"] is sys.modules["pond.second"].entry


def test_a_package_can_be_given_as_a_module(write_package):
    package = importlib.import_module(write_package(only=bowl("only")))
    assert list(discover(package)) == ["only"]


def test_one_module_can_declare_several_entries(write_package):
    assert set(discover(write_package(twins=bowl("left", "left") + bowl("right", "right")))) == {"left", "right"}


def test_a_module_with_a_leading_underscore_is_not_even_imported(write_package):
    entries = discover(write_package(seen=bowl("seen"), _unseen="raise AssertionError('imported')"))
    assert list(entries) == ["seen"]


def test_a_module_that_declares_nothing_is_named(write_package):
    with pytest.raises(ValueError, match=r"pond\.silent declares no catalogue entry"):
        discover(write_package(silent="answer = 42", spoken=bowl("spoken")))


def test_a_slug_used_twice_is_named_with_both_modules(write_package):
    with pytest.raises(ValueError, match=r"slug 'same' is used twice: in pond\.here and in pond\.there"):
        discover(write_package(here=bowl("same"), there=bowl("same")))


@pytest.mark.parametrize("entries", PACKAGES.values(), ids=PACKAGES)
def test_a_catalogue_cannot_be_changed(entries):
    with pytest.raises(TypeError):
        entries["intruder"] = next(iter(entries.values()))


@pytest.mark.parametrize(
    ("numbers", "complaint"),
    [
        ({"default": 3.0, "low": 0.0, "high": 2.0}, "default 3.0 is outside 0.0 to 2.0"),
        ({"default": -1.0, "low": 0.0, "high": 2.0}, "default -1.0 is outside 0.0 to 2.0"),
        ({"default": 1.0, "low": 2.0, "high": 0.0}, "outside"),
        ({"default": 1.0, "low": 0.0, "high": 2.0, "log": True}, "must start above 0, not at 0.0"),
        ({"default": float("nan"), "low": 0.0, "high": 2.0}, "must be finite"),
        ({"default": 1.0, "low": 0.0, "high": float("inf")}, "must be finite"),
        ({"default": 1.0, "low": -float("inf"), "high": 2.0}, "must be finite"),
        ({"default": 0.9, "low": 0.0, "high": 1.0, "forgets": True}, "must lie between 0 and just under 1"),
    ],
    ids=["above", "below", "empty", "log-from-zero", "nan", "endless-high", "endless-low", "forgets-nothing"],
)
def test_an_impossible_parameter_is_refused_by_its_symbol(numbers, complaint):
    with pytest.raises(ValueError, match=complaint) as caught:
        Parameter(symbol=r"\omega", **numbers)
    assert r"\omega" in str(caught.value)


def test_a_parameter_may_sit_at_either_end_of_its_range():
    low, high = (Parameter(default=end, low=0.0, high=2.0, symbol="a") for end in (0.0, 2.0))
    assert (low.default, high.default) == (0.0, 2.0)


def is_one_sentence(text):
    """Whether `text` starts with a capital or a digit, ends with a full stop and has no other."""
    return bool(re.fullmatch(r"[A-Z0-9](?:[^.!?]|[.](?=\S))*[.]", text))


def test_what_is_one_sentence_is_known():
    assert is_one_sentence("At 0.9 it looks back: about 10 steps.")
    assert not any(map(is_one_sentence, ("", "no capital.", "No stop", "Two. Of them.", "It ends. ")))


@EVERY_ENTRY
def test_an_entry_leaves_no_text_blank(package, entry):
    texts = {field.name: getattr(entry, field.name) for field in dataclasses.fields(entry)}
    blank = {name for name, text in texts.items() if isinstance(text, str) and not text.strip()}
    # What a rule changed in others can be said only where it builds on others, and why it is for few dimensions if it is.
    silent = {"changes": texts.get("builds_on") == (), "why_not_larger": texts.get("largest_dimension", 0) is None}
    assert blank == {name for name, expected in silent.items() if expected}
    assert {"slug", "label", "formula", "reference", "teaches"} <= set(texts)


@EVERY_ENTRY
def test_an_entry_teaches_one_sentence(package, entry):
    assert is_one_sentence(entry.teaches)


@pytest.mark.parametrize("rule", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_a_rule_says_in_one_sentence_why_its_defaults_are_what_they_are(rule):
    assert is_one_sentence(rule.defaults)


@EVERY_ENTRY
def test_an_entry_lives_in_the_module_of_its_name(package, entry):
    home = importlib.import_module(f"{package}.{entry.slug}")
    assert any(value is entry for value in vars(home).values())


@pytest.mark.parametrize("entries", PACKAGES.values(), ids=PACKAGES)
def test_labels_tell_entries_apart(entries):
    labels = [entry.label for entry in entries.values()]
    assert len(set(labels)) == len(labels) > 0


@pytest.mark.parametrize("entries", PACKAGES.values(), ids=PACKAGES)
def test_a_catalogue_maps_every_slug_to_its_entry(entries):
    assert all(isinstance(entry, Entry) and entry.slug == slug for slug, entry in entries.items())


@EVERY_PARAMETER
def test_a_parameter_helps_in_one_sentence(entry, parameter):
    assert is_one_sentence(parameter.help)


@EVERY_PARAMETER
def test_a_parameter_stands_in_the_formula_of_its_entry(entry, parameter):
    assert parameter.symbol
    assert parameter.symbol in entry.formula


@EVERY_PARAMETER
def test_a_parameter_has_room_to_move(entry, parameter):
    assert parameter.low < parameter.high


@EVERY_ENTRY
def test_a_formula_is_balanced(package, entry):
    assert not unbalanced(entry.formula)


@EVERY_PARAMETER
def test_a_symbol_is_balanced(entry, parameter):
    assert not unbalanced(parameter.symbol)


PAIR = re.compile(r"\\(begin|end)\{(\w+\*?)\}|\\(left|right)(?![a-z])|(?<!\\)([{}])")


def unbalanced(formula):
    """What is left open, or closes nothing, among braces, \\left with \\right, and environments in LaTeX."""
    open_parts = []
    for command, environment, side, brace in PAIR.findall(formula):
        opens, kind = (command or side or brace) in ("begin", "left", "{"), environment or ("left" if side else "{")
        if opens:
            open_parts.append(kind)
        elif not open_parts or open_parts.pop() != kind:
            return f"{kind} closes nothing"
    return ", ".join(open_parts)


@pytest.mark.parametrize(
    "formula",
    [r"\frac{1}{2", r"x}", r"\left(x", r"x\right)", r"\begin{aligned} x", r"\begin{a}\end{b}", r"{\left(}\right)"],
)
def test_an_unbalanced_formula_is_noticed(formula):
    assert unbalanced(formula)


def test_the_catalogue_module_knows_only_the_standard_library():
    tree = ast.parse((ROOT / "catalogue.py").read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_a_landscape_parameter_with_another_meaning_in_a_link_is_refused():
    quadratic = LANDSCAPES["quadratic"]
    fields = {field.name: getattr(quadratic, field.name) for field in dataclasses.fields(quadratic)}
    with pytest.raises(ValueError, match="scale has another meaning in a link"):
        Landscape(**{**fields, "parameters": {"scale": quadratic.parameters["condition_number"]}})


RECORDED = json.loads(record_catalogues.RECORDED.read_text(encoding="utf-8"))
KINDS = pytest.mark.parametrize("kind", record_catalogues.CATALOGUES)


@KINDS
def test_no_name_that_a_link_may_hold_has_vanished(kind):
    """Links that were shared hold these names: neither an entry nor one of its numbers may be renamed."""
    present = record_catalogues.names()[kind]
    gone = {slug: set(numbers) - set(present.get(slug, ())) for slug, numbers in RECORDED[kind].items()}
    assert {slug: names for slug, names in gone.items() if slug not in present or names} == {}


@KINDS
def test_every_name_that_a_link_may_hold_is_recorded(kind):
    """What is new is recorded by `python -m tests.recorded.record_catalogues`."""
    unknown = {
        slug: set(numbers) - set(RECORDED[kind].get(slug, ()))
        for slug, numbers in record_catalogues.names()[kind].items()
    }
    assert {slug: names for slug, names in unknown.items() if slug not in RECORDED[kind] or names} == {}


def test_the_readme_lists_what_there_is():
    """Written by `python -m tests.recorded.record_catalogues`."""
    assert record_catalogues.LISTS.findall((ROOT / "README.md").read_text(encoding="utf-8")) == [
        record_catalogues.lists()
    ]


def test_the_entry_in_the_readme_is_complete(write_package):
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    (entry,) = discover(write_package(normalized_gradient=example)).values()
    assert isinstance(entry, Optimizer)
    assert entry.label not in {other.label for other in OPTIMIZERS.values()}
    test_an_entry_leaves_no_text_blank("optimizers", entry)
    test_an_entry_teaches_one_sentence("optimizers", entry)
    test_a_rule_says_in_one_sentence_why_its_defaults_are_what_they_are(entry)
    assert isinstance(entry.make, ByHand)
    assert set(entry.builds_on) <= set(OPTIMIZERS)
    lengths = np.hypot(*simulate(Experiment("beale", steps=5, runs=(Run(entry),))).updates[0].T)
    np.testing.assert_allclose(lengths, 0.01, rtol=1e-12)
