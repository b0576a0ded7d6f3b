"""An experiment as the address of a page, and back: names and numbers only, readable, and forgiving part by part.

`landscape=rosenbrock&steepness=100&start=-1.5_2&steps=500&seed=0&noise=0&run=adam~learning_rate~0.01~b1~0.9`
`landscape=formula&formula=sin(x)*y&view=-5_5_-5_5&start=…`
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from catalogue import Parameter, exact_text, in_range, parse_number, parse_whole, quoted
from experiments.checks import Values, entry, not_negative, positive, start_in
from experiments.experiment import (
    MAX_RUNS,
    MAX_SEED,
    MAX_STEPS,
    Experiment,
    Run,
    landscape_of,
    optimizer_of,
    schedule_of,
)
from formulas import FormulaError
from landscapes import LANDSCAPES, Landscape
from optimizers import OPTIMIZERS, Optimizer
from schedules import SCHEDULES, Schedule
from surfaces import FORMULA_SLUG, VIEW, FormulaLandscape, View, checked_view, formula_landscape

Query = dict[str, list[str]]
VERSION = 1  # of links as they are written here; those of version 1 do not say it
KNOWN_VERSIONS = [str(version) for version in range(1, VERSION + 1)]
SCHEDULE_PREFIX = "schedule."
MOST_PROBLEMS = 8  # that are said one by one


def to_query(experiment: Experiment) -> Query:
    """Every number of the experiment, by name; nothing is left to a default."""
    query = {
        **landscape_query(experiment),
        "start": [_point(experiment.start)],
        "steps": [str(experiment.steps)],
        "seed": [str(experiment.seed)],
        "noise": [exact_text(experiment.noise)],
    }
    if experiment.batch_size is not None:
        query["batch_size"] = [str(experiment.batch_size)]
    query["run"] = [_run(run) for run in experiment.runs]
    return query


def landscape_query(experiment: Experiment) -> Query:
    """The part that says which surface it is."""
    landscape = landscape_of(experiment)
    query = {"landscape": [landscape.slug]}
    if isinstance(landscape, FormulaLandscape):
        query |= {"formula": [landscape.text], "view": [_view(landscape.view)]}
    return query | {name: [exact_text(value)] for name, value in experiment.landscape_parameters.items()}


def from_query(query: Mapping[str, Sequence[str]], fallback: Experiment) -> tuple[Experiment, tuple[str, ...]]:
    """The experiment of an address, and a sentence for every part that was wrong or missing.

    A wrong part alone is replaced: by the fallback's where the landscape is the same, else by the catalogue's default.
    An empty query is the fallback itself, and so is one of a later version, of which nothing can be known.
    """
    if not query:
        return fallback, ()
    version = "".join(query.get("version", [])[-1:])
    if version and version not in KNOWN_VERSIONS:
        sentence = f"version is {quoted(version)}; allowed: up to {VERSION}. The link is of a later version of this app"
        return fallback, (f"{sentence}, so nothing of it was used.",)
    reader = _Reader({name: list(values) for name, values in query.items() if name != "version"})
    landscape = _read_landscape(reader, landscape_of(fallback))
    if landscape != landscape_of(fallback):
        fallback = Experiment(_named(landscape), steps=fallback.steps, seed=fallback.seed, runs=fallback.runs)
    parameters = _read_parameters(reader, landscape, fallback.landscape_parameters)
    experiment = Experiment(
        _named(landscape),
        parameters,
        start=reader.read("start", lambda text: start_in(landscape, "start", _parse_point(text)), fallback.start),
        steps=reader.read("steps", lambda text: parse_whole("steps", text, 1, MAX_STEPS), fallback.steps),
        seed=reader.read("seed", lambda text: parse_whole("seed", text, 0, MAX_SEED), fallback.seed),
        noise=reader.read("noise", lambda text: not_negative("noise", _finite(text)), fallback.noise),
        runs=_read_runs(reader, landscape, fallback),
        batch_size=_read_batch_size(reader, landscape),
    )
    reader.report_unknown()
    return experiment, tuple(reader.problems)


def landscape_from_query(query: Mapping[str, Sequence[str]]) -> tuple[Landscape, Values]:
    """The surface that `landscape_query` wrote, and the numbers of its parameters.

    Raises:
      ValueError: a part is wrong, missing, or not of this surface; the message has a sentence for each.
    """
    reader = _Reader({name: list(values) for name, values in query.items()})
    landscape = _read_landscape(reader, next(iter(LANDSCAPES.values())))
    defaults = {name: parameter.default for name, parameter in landscape.parameters.items()}
    parameters = _read_parameters(reader, landscape, defaults)
    reader.report_unknown()
    if reader.problems:
        raise ValueError(" ".join(foremost(reader.problems)))
    return landscape, Values(parameters)


def foremost(problems: Sequence[str]) -> list[str]:
    """The first of what was wrong with an address, and how much more there was."""
    rest = len(problems) - MOST_PROBLEMS
    return [*problems[:MOST_PROBLEMS], *([f"And {rest:,} more."] if rest > 0 else [])]


def _read_parameters(reader: "_Reader", landscape: Landscape, fallback: Mapping[str, float]) -> dict[str, float]:
    return {
        name: reader.read(name, _within(parameter), fallback[name]) for name, parameter in landscape.parameters.items()
    }


def _read_batch_size(reader: "_Reader", landscape: Landscape) -> int | None:
    """The examples per gradient; nothing stands for all of them, and elsewhere than on data the name is unknown."""
    if landscape.training is None or "batch_size" not in reader.query:
        return None
    most = len(landscape.training)
    return reader.read("batch_size", lambda text: parse_whole("batch_size", text, 1, most), None)


class _Reader:
    """Takes the parts of a query one by one and notes what is wrong with them."""

    def __init__(self, query: Query, where: str = "") -> None:
        self.query, self.where = query, where
        self.problems: list[str] = []

    def read(self, name: str, parse: Callable[[str], Any], fallback: Any) -> Any:
        """The parsed last value of `name`, or the fallback and a note."""
        given = self.query.pop(name, [])
        if not given:
            self.problems.append(f"{self.where}{name} is missing; {_shown(fallback)} is used instead.")
            return fallback
        return self.parse(name, given[-1], parse, fallback)

    def parse(self, name: str, text: str, parse: Callable[[str], Any], fallback: Any) -> Any:
        """The parsed text, or the fallback and a note."""
        try:
            return parse(text)
        except ValueError as error:
            allowed = str(error).rpartition("allowed: ")[2]
            self.problems.append(
                f"{self.where}{name} is {quoted(text)}; allowed: {allowed}. {_shown(fallback)} is used instead."
            )
            return fallback

    def report_unknown(self) -> None:
        """Notes what nothing asked for."""
        for name in self.query:
            self.problems.append(f"{self.where}{quoted(name)} is not a part of this experiment and was left out.")


def _read_landscape(reader: _Reader, fallback: Landscape) -> Landscape:
    """The surface: of the catalogue, or made of the formula that the link holds."""
    if reader.query.get("landscape", [])[-1:] != [FORMULA_SLUG]:
        return reader.read("landscape", _slug("landscape", LANDSCAPES, Landscape), fallback)
    del reader.query["landscape"]
    text = "".join(reader.query.pop("formula", [])[-1:])
    view = reader.read("view", _parse_view, VIEW) if "view" in reader.query else VIEW
    try:
        return formula_landscape(text, view)
    except FormulaError as error:
        reader.problems.append(f"formula {quoted(text)}: {error}. {fallback.label} is used instead.")
        return fallback


def _named(landscape: Landscape) -> str | Landscape:
    """The slug, where that says it all."""
    return landscape if isinstance(landscape, FormulaLandscape) else landscape.slug


def _read_runs(reader: _Reader, landscape: Landscape, fallback: Experiment) -> tuple[Run, ...]:
    texts = reader.query.pop("run", [])
    if not texts:
        reader.problems.append("run is missing; the usual runs are used instead.")
        return fallback.runs
    if len(texts) > MAX_RUNS:
        reader.problems.append(
            f"run is given {len(texts)} times; allowed: 1 to {MAX_RUNS}. The first {MAX_RUNS} are used."
        )
    return tuple(_read_run(reader, number, text, landscape) for number, text in enumerate(texts[:MAX_RUNS], 1))


def _read_run(reader: _Reader, number: int, text: str, landscape: Landscape) -> Run:
    """One run: its rule, then names and values in turn, all between tildes."""
    slug, *rest = text.split("~")
    inner = _Reader({name: [value] for name, value in zip(rest[::2], rest[1::2], strict=False)}, f"run {number}: ")
    if len(rest) % 2:
        reader.problems.append(f"run {number}: {quoted(rest[-1])} has no value and was left out.")
    optimizer = inner.parse(
        "optimizer", slug, _slug("optimizer", OPTIMIZERS, Optimizer), OPTIMIZERS["gradient_descent"]
    )
    hyperparameters = {
        name: inner.read(name, _within(parameter), parameter.default)
        for name, parameter in optimizer.hyperparameters.items()
        if name in inner.query or name == "learning_rate"
    }
    schedule = SCHEDULES["constant"]
    if "schedule" in inner.query:
        schedule = inner.read("schedule", _slug("schedule", SCHEDULES, Schedule), schedule)
    schedule_parameters = {
        name: inner.read(SCHEDULE_PREFIX + name, _within(parameter), parameter.default)
        for name, parameter in schedule.parameters.items()
        if SCHEDULE_PREFIX + name in inner.query
    }
    start = None
    limits = {
        name: inner.read(name, lambda text: positive("", _finite(text)), None)
        for name in ("clip_norm", "clip_value")
        if name in inner.query
    }
    if "start" in inner.query:
        start = inner.read("start", lambda text: start_in(landscape, "start", _parse_point(text)), None)
    inner.report_unknown()
    reader.problems.extend(inner.problems)
    return Run(optimizer.slug, hyperparameters, schedule.slug, schedule_parameters, start=start, **limits)


def _run(run: Run) -> str:
    parts = [optimizer_of(run).slug]
    for name, value in run.hyperparameters.items():
        parts += [name, exact_text(value)]
    parts += ["schedule", schedule_of(run).slug]
    for name, value in run.schedule_parameters.items():
        parts += [SCHEDULE_PREFIX + name, exact_text(value)]
    for name, limit in (("clip_norm", run.clip_norm), ("clip_value", run.clip_value)):
        if limit is not None:
            parts += [name, exact_text(limit)]
    if run.start is not None:
        parts += ["start", _point(run.start)]
    return "~".join(parts)


def _point(value: Sequence[float] | None) -> str:
    assert value is not None
    return f"{exact_text(value[0])}_{exact_text(value[1])}"


def _view(view: View) -> str:
    return "_".join(exact_text(end) for side in view for end in side)


def _finite(text: str) -> float:
    return parse_number("", text)


def _within(parameter: Parameter) -> Callable[[str], float]:
    return lambda text: in_range("", _finite(text), parameter.accepts)


def _parse_point(text: str) -> tuple[float, float]:
    try:
        x, y = (_finite(part) for part in re.split(r"[_,~ ]+", text))
    except ValueError:
        raise ValueError("allowed: two finite numbers joined by _, such as -1.5_2") from None
    return x, y


def _parse_view(text: str) -> View:
    """The view that four numbers joined by _ write out, such as -5_5_-2_2."""
    ends = [_finite(part) for part in text.split("_")]
    if len(ends) != 4:
        raise ValueError("allowed: four numbers joined by _: x from and to, y from and to, such as -5_5_-2_2")
    return checked_view((ends[:2], ends[2:]))


def _slug(field: str, catalogue: Mapping, kind: type) -> Callable[[str], Any]:
    return lambda text: entry(field, text, catalogue, kind)


def _shown(value: Any) -> str:
    if value is None:
        return "none"
    if value is VIEW:
        return _view(VIEW)
    if isinstance(value, Landscape | Optimizer | Schedule):
        return value.slug
    return _point(value) if isinstance(value, tuple) else exact_text(value)
