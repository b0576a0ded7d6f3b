"""Real networks, trained live: data sets, architecture, training, planes through weight space, curvature."""

from networks.answers import Answers, answers, frames
from networks.architecture import ACTIVATIONS, INITIALIZATIONS, Architecture
from networks.curvature import Sharpness, sharpness
from networks.data import DATA_SETS, DataSet
from networks.experiment import (
    FEWEST_POINTS,
    HELD_OUT,
    L2,
    MOST_LAYERS,
    MOST_POINTS,
    MOST_RUNS,
    MOST_UNITS,
    NetworkExperiment,
    losses_for,
    with_data,
)
from networks.first import FIRST
from networks.lessons import NETWORK_LESSONS, Evidence, NetworkLesson
from networks.link import from_query, to_query
from networks.network import network_problem
from networks.planes import KINDS, Barrier, Plane, barrier, plane
from networks.training import Training, fair_rate, gradient_norms, train

__all__ = [
    "ACTIVATIONS",
    "DATA_SETS",
    "FEWEST_POINTS",
    "FIRST",
    "HELD_OUT",
    "INITIALIZATIONS",
    "KINDS",
    "L2",
    "MOST_LAYERS",
    "MOST_POINTS",
    "MOST_RUNS",
    "MOST_UNITS",
    "NETWORK_LESSONS",
    "Answers",
    "Architecture",
    "Barrier",
    "DataSet",
    "Evidence",
    "NetworkExperiment",
    "NetworkLesson",
    "Plane",
    "Sharpness",
    "Training",
    "answers",
    "barrier",
    "fair_rate",
    "frames",
    "from_query",
    "gradient_norms",
    "losses_for",
    "network_problem",
    "plane",
    "sharpness",
    "to_query",
    "train",
    "with_data",
]
