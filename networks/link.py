"""A network experiment as the address of a page, and back: readable, and forgiving part by part.

`data=moons&points=200&data_noise=0.1&held_out=0.25&data_seed=0&hidden=8_8&activation=tanh&initialization=glorot&`
`loss=cross_entropy&l2=0&batch_size=20&steps=500&seed=0&run=adam~learning_rate~0.02`
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from catalogue import exact_text, parse_whole
from experiments import MAX_SEED, Query, Reader, later_version, read_runs, run_text, within
from networks.architecture import ACTIVATIONS, INITIALIZATIONS, MOST_UNITS
from networks.data import DATA_SETS
from networks.experiment import (
    FEWEST_POINTS,
    HELD_OUT,
    L2,
    MOST_POINTS,
    MOST_RUNS,
    MOST_STEPS,
    NetworkExperiment,
    hidden_layers,
    losses_for,
    one_of,
    with_data,
)

NO_LAYERS = "none"
LINK_NAMES = {"noise": "data_noise"}  # in the link of a surface, noise is that of the gradients


def to_query(experiment: NetworkExperiment) -> Query:
    """Every number of the experiment, by name; nothing is left to a default."""
    query = {
        "data": experiment.data,
        "points": str(experiment.points),
        "data_noise": exact_text(experiment.noise or 0.0),
        "held_out": exact_text(experiment.held_out),
        "data_seed": str(experiment.data_seed),
        "hidden": "_".join(map(str, experiment.hidden)) or NO_LAYERS,
        "activation": experiment.activation,
        "initialization": experiment.initialization,
        "loss": str(experiment.loss),
        "l2": exact_text(experiment.l2),
        **({} if experiment.batch_size is None else {"batch_size": str(experiment.batch_size)}),
        "steps": str(experiment.steps),
        "seed": str(experiment.seed),
    }
    return {name: [value] for name, value in query.items()} | {"run": [run_text(run) for run in experiment.runs]}


def from_query(
    query: Mapping[str, Sequence[str]], fallback: NetworkExperiment
) -> tuple[NetworkExperiment, tuple[str, ...]]:
    """The experiment of an address, and a sentence for every part that was wrong or missing.

    A wrong part alone is replaced by the fallback's. An empty query is the fallback itself, and so is one of a later
    version, of which nothing can be known.
    """
    if not query:
        return fallback, ()
    if sentence := later_version(query):
        return fallback, (sentence,)
    reader = Reader(query)
    data = reader.read("data", _name("data", DATA_SETS), fallback.data)
    usual = fallback if data == fallback.data else with_data(fallback, data)
    fields = {
        name: reader.read(LINK_NAMES.get(name, name), parse, getattr(usual, name)) for name, parse in _parsers(usual)
    }
    network = replace(usual, **fields, batch_size=None)
    runs = read_runs(reader, fallback.runs, MOST_RUNS, landscape=None, dimension=network.architecture.dimension)
    experiment = replace(network, runs=runs, batch_size=_batch_size(reader, network.trained_on))
    reader.report_unknown()
    return experiment, tuple(reader.problems)


def _parsers(usual: NetworkExperiment) -> list[tuple[str, Callable[[str], Any]]]:
    """How the text of every field is read whose meaning depends on the data set alone."""
    return [
        ("points", lambda text: parse_whole("points", text, FEWEST_POINTS, MOST_POINTS)),
        ("noise", within(usual.data_set.noise)),
        ("held_out", within(HELD_OUT)),
        ("data_seed", lambda text: parse_whole("data_seed", text, 0, MAX_SEED)),
        ("hidden", _hidden),
        ("activation", _name("activation", ACTIVATIONS)),
        ("initialization", _name("initialization", INITIALIZATIONS)),
        ("loss", _name("loss", losses_for(usual.data_set))),
        ("l2", within(L2)),
        ("steps", lambda text: parse_whole("steps", text, 1, MOST_STEPS)),
        ("seed", lambda text: parse_whole("seed", text, 0, MAX_SEED)),
    ]


def _name(field: str, names: Iterable[str]) -> Callable[[str], str]:
    return lambda text: one_of(field, text, names)


def _hidden(text: str) -> tuple[int, ...]:
    """The units of the hidden layers that numbers joined by _ write out."""
    return hidden_layers(
        [] if text == NO_LAYERS else [parse_whole("hidden", part, 1, MOST_UNITS) for part in text.split("_")]
    )


def _batch_size(reader: Reader, most: int) -> int | None:
    """The examples per gradient; nothing stands for all of them."""
    if "batch_size" not in reader.query:
        return None
    return reader.read("batch_size", lambda text: parse_whole("batch_size", text, 1, most), None)
