"""What the pages do alike with an experiment on a surface and with one on networks, and each of the two in its own way."""

from typing import TypeAlias

from experiments import MAX_RUNS, Experiment, Query, Run, landscape_of, suggested_rate, to_query
from networks import MOST_RUNS, NetworkExperiment, fair_rate
from networks import to_query as network_query
from optimizers import OPTIMIZERS

AnyExperiment: TypeAlias = Experiment | NetworkExperiment


def link_of(experiment: AnyExperiment) -> Query:
    """The whole experiment as an address."""
    return network_query(experiment) if isinstance(experiment, NetworkExperiment) else to_query(experiment)


def rate_for(experiment: AnyExperiment, run: Run) -> float:
    """The learning rate at which a run shows its character there."""
    if isinstance(experiment, NetworkExperiment):
        return fair_rate(experiment, run)
    return suggested_rate(experiment, run)


def most_runs(experiment: AnyExperiment) -> int:
    """How many runs there can be."""
    return MOST_RUNS if isinstance(experiment, NetworkExperiment) else MAX_RUNS


def has_same_ground(one: AnyExperiment, other: AnyExperiment) -> bool:
    """Whether two experiments are looked at on the same surface, or with the same network and data."""
    if isinstance(one, NetworkExperiment) and isinstance(other, NetworkExperiment):
        return (one.data, one.hidden) == (other.data, other.hidden)
    if isinstance(one, NetworkExperiment) or isinstance(other, NetworkExperiment):
        return False
    return landscape_of(one) == landscape_of(other)


def rules_for(experiment: AnyExperiment, slugs: list[str]) -> list[str]:
    """Those of the rules that are for so many dimensions."""
    dimension = experiment.architecture.dimension if isinstance(experiment, NetworkExperiment) else 2
    return [slug for slug in slugs if dimension <= (OPTIMIZERS[slug].largest_dimension or dimension)]
