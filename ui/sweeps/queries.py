"""What the pictures ask the app's routes for."""

from urllib.parse import urlencode

from experiments import Experiment, to_query


def query_of(experiment: Experiment) -> str:
    """The experiment as the query of an address."""
    return urlencode(to_query(experiment), doseq=True)
