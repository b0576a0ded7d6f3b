"""An experiment as a file that can be opened again: JSON, in the names of `Experiment` and `Run`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalogue import quoted
from experiments import Experiment, FormulaLandscape, Run, formula_landscape, landscape_of

FORMAT = "fall_line"
VERSION = 1
LARGEST = 1_000_000  # bytes of a file; one of 24 runs takes 8,000
LONGEST = {"title": 200, "notes": 20_000}
LONGEST_SENTENCE = 1000
MOST_DIGITS = 30
MOST_PARTS = 99  # of what is no list of runs
LONGEST_NAME = 400  # the longest formula
KINDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}


@dataclass(frozen=True)
class Saved:
    """What a file holds: an experiment, and what its author says of it, text in any case."""

    experiment: Experiment
    title: str = ""
    notes: str = ""


def to_json(experiment: Experiment, title: str = "", notes: str = "") -> str:
    """The experiment as JSON, every number of it written out; `from_json` gives back the same."""
    landscape = landscape_of(experiment)
    fields = _fields(experiment) | {"landscape": landscape.slug, "runs": [_fields(run) for run in experiment.runs]}
    if isinstance(landscape, FormulaLandscape):
        fields |= {"landscape": {"formula": landscape.text, "view": landscape.view}}
    document = {FORMAT: VERSION, "title": title, "notes": notes, "experiment": fields}
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def from_json(data: str | bytes) -> Saved:
    """The experiment that `to_json` wrote, or that somebody wrote by hand; what is missing takes its default.

    Raises:
      ValueError: one sentence that names the field, what stands there and what is allowed.
    """
    try:
        return _saved(_read(data))
    except ValueError as error:
        said = str(error)
        raise ValueError(said if len(said) <= LONGEST_SENTENCE else f"{said[:LONGEST_SENTENCE]}…") from None


def _saved(given: Any) -> Saved:
    document = _mapping("the file", given, {FORMAT, "title", "notes", "experiment"})
    version = document.get(FORMAT)
    if not (isinstance(version, int) and 1 <= version <= VERSION) or isinstance(version, bool):
        later = " The file is of a later version of this app." if isinstance(version, int) and version > VERSION else ""
        raise ValueError(f"{FORMAT} is {_shown(version)}; allowed: {VERSION}.{later}")
    if "experiment" not in document:
        raise ValueError("experiment is missing; allowed: an object with landscape, start, steps and runs")
    said = {name: _text(name, document.get(name, ""), most) for name, most in LONGEST.items()}
    return Saved(_experiment(document["experiment"]), **said)


def _read(data: str | bytes) -> Any:
    """What the JSON of a file says."""
    if len(data) > LARGEST:
        raise ValueError(f"the file has {len(data):,} bytes; allowed: up to {LARGEST:,}")
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("the file is no text in UTF-8; allowed: an experiment that was saved as JSON") from None
    if not text.strip():
        raise ValueError("the file is empty; allowed: an experiment that was saved as JSON")
    try:
        return json.loads(text, parse_constant=_refuse_constant, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise ValueError(f"the file is no JSON: line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise ValueError("the file has too many objects within one another; allowed: an experiment's") from None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"the file has {name}; allowed: finite numbers")


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"the file has {quoted(digits)}; allowed: numbers of up to {MOST_DIGITS} digits")
    return int(digits)


def _experiment(given: Any) -> Experiment:
    fields = dict(_mapping("experiment", given, Experiment.__dataclass_fields__))
    if "landscape" not in fields:
        raise ValueError("landscape is missing; allowed: the name of a landscape, or a formula and its view")
    landscape = fields["landscape"]
    if isinstance(landscape, dict):
        surface = _mapping("landscape", landscape, {"formula", "view"})
        text = _text("formula", surface.get("formula", ""), LONGEST_NAME)
        fields["landscape"] = formula_landscape(text, *([surface["view"]] if "view" in surface else []))
    elif not isinstance(landscape, str):
        raise ValueError(f"landscape is {_shown(landscape)}; allowed: a name, or an object with formula and view")
    if "runs" in fields:
        fields["runs"] = tuple(_run_of(index, run) for index, run in enumerate(_list("runs", fields["runs"])))
    return Experiment(**_with_points(_short(fields)))


def _run_of(index: int, given: Any) -> Run:
    where = f"run {index + 1}"
    fields = _mapping(where, given, Run.__dataclass_fields__)
    if "optimizer" not in fields:
        raise ValueError(f"optimizer of {where} is missing; allowed: the name of an optimizer")
    try:
        return Run(**_with_points(_short(fields)))
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from None


def _fields(declared: Experiment | Run) -> dict[str, Any]:
    """Its fields by name, as JSON can hold them."""
    held = {name: getattr(declared, name) for name in declared.__dataclass_fields__}
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in held.items()}


def _with_points(fields: Mapping[str, Any]) -> dict[str, Any]:
    """JSON has lists where points are tuples."""
    start = fields.get("start")
    return {**fields, **({"start": tuple(start)} if isinstance(start, list) else {})}


def _short(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields, none of which is so long that a message could not repeat it."""
    for name, value in fields.items():
        most = LONGEST_NAME if isinstance(value, str) else MOST_PARTS
        if isinstance(value, str | dict | list) and len(value) > most:
            raise ValueError(f"{name} has {len(value):,} parts or characters; allowed: up to {most}")
    return fields


def _mapping(name: str, value: Any, allowed: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{name} is {_shown(value)}; allowed: an object with {', '.join(sorted(allowed))}")
    if unknown := sorted(value.keys() - set(allowed)):
        raise ValueError(f"{name} has {quoted(unknown[0])}; allowed: {', '.join(sorted(allowed))}")
    return value


def _list(name: str, value: Any) -> list:
    if not isinstance(value, list):
        raise ValueError(f"{name} is {_shown(value)}; allowed: a list")
    return value


def _text(name: str, value: Any, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise ValueError(f"{name} is {_shown(value)}; allowed: a text of up to {most:,} characters")
    return value


def _shown(value: Any) -> str:
    """What stands there, in few words."""
    return quoted(value) if isinstance(value, str) else KINDS.get(type(value), repr(value)[:40])
