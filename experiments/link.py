"""An experiment as the address of a page, and back: names and numbers only, readable, and forgiving part by part.

`landscape=rosenbrock&steepness=100&start=-1.5_2&steps=500&seed=0&noise=0&run=adam~learning_rate~0.01~b1~0.9`
`landscape=formula&formula=sin(x)*y&view=-5_5_-5_5&start=…`
"""

from collections.abc import Mapping, Sequence

from catalogue import exact_text, parse_whole, quoted
from experiments.checks import Values, not_negative, start_in
from experiments.experiment import MAX_RUNS, MAX_SEED, MAX_STEPS, Experiment, landscape_of
from experiments.query import (
    Query,
    Reader,
    finite_text,
    foremost,
    later_version,
    parse_point,
    point_text,
    slug_in,
    within,
)
from experiments.run_query import read_runs, run_text
from formulas import FormulaError
from landscapes import LANDSCAPES, Landscape
from surfaces import FORMULA_SLUG, VIEW, FormulaLandscape, View, checked_view, formula_landscape


def to_query(experiment: Experiment) -> Query:
    """Every number of the experiment, by name; nothing is left to a default."""
    query = {
        **landscape_query(experiment),
        "start": [point_text(experiment.start)],
        "steps": [str(experiment.steps)],
        "seed": [str(experiment.seed)],
        "noise": [exact_text(experiment.noise)],
    }
    if experiment.batch_size is not None:
        query["batch_size"] = [str(experiment.batch_size)]
    query["run"] = [run_text(run) for run in experiment.runs]
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
    if sentence := later_version(query):
        return fallback, (sentence,)
    reader = Reader(query)
    landscape = _read_landscape(reader, landscape_of(fallback))
    if landscape != landscape_of(fallback):
        fallback = Experiment(_named(landscape), steps=fallback.steps, seed=fallback.seed, runs=fallback.runs)
    parameters = _read_parameters(reader, landscape, fallback.landscape_parameters)
    experiment = Experiment(
        _named(landscape),
        parameters,
        start=reader.read("start", lambda text: start_in(landscape, "start", parse_point(text)), fallback.start),
        steps=reader.read("steps", lambda text: parse_whole("steps", text, 1, MAX_STEPS), fallback.steps),
        seed=reader.read("seed", lambda text: parse_whole("seed", text, 0, MAX_SEED), fallback.seed),
        noise=reader.read("noise", lambda text: not_negative("noise", finite_text(text)), fallback.noise),
        runs=read_runs(reader, fallback.runs, MAX_RUNS, landscape),
        batch_size=_read_batch_size(reader, landscape),
    )
    reader.report_unknown()
    return experiment, tuple(reader.problems)


def landscape_from_query(query: Mapping[str, Sequence[str]]) -> tuple[Landscape, Values]:
    """The surface that `landscape_query` wrote, and the numbers of its parameters.

    Raises:
      ValueError: a part is wrong, missing, or not of this surface; the message has a sentence for each.
    """
    reader = Reader(query)
    landscape = _read_landscape(reader, next(iter(LANDSCAPES.values())))
    defaults = {name: parameter.default for name, parameter in landscape.parameters.items()}
    parameters = _read_parameters(reader, landscape, defaults)
    reader.report_unknown()
    if reader.problems:
        raise ValueError(" ".join(foremost(reader.problems)))
    return landscape, Values(parameters)


def _read_parameters(reader: Reader, landscape: Landscape, fallback: Mapping[str, float]) -> dict[str, float]:
    return {
        name: reader.read(name, within(parameter), fallback[name]) for name, parameter in landscape.parameters.items()
    }


def _read_batch_size(reader: Reader, landscape: Landscape) -> int | None:
    """The examples per gradient; nothing stands for all of them, and elsewhere than on data the name is unknown."""
    if landscape.training is None or "batch_size" not in reader.query:
        return None
    most = len(landscape.training)
    return reader.read("batch_size", lambda text: parse_whole("batch_size", text, 1, most), None)


def _read_landscape(reader: Reader, fallback: Landscape) -> Landscape:
    """The surface: of the catalogue, or made of the formula that the link holds."""
    if reader.query.get("landscape", [])[-1:] != [FORMULA_SLUG]:
        return reader.read("landscape", slug_in("landscape", LANDSCAPES, Landscape), fallback)
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


def _view(view: View) -> str:
    return "_".join(exact_text(end) for side in view for end in side)


def _parse_view(text: str) -> View:
    """The view that four numbers joined by _ write out, such as -5_5_-2_2."""
    ends = [finite_text(part) for part in text.split("_")]
    if len(ends) != 4:
        raise ValueError("allowed: four numbers joined by _: x from and to, y from and to, such as -5_5_-2_2")
    return checked_view((ends[:2], ends[2:]))
