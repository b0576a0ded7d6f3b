"""Real networks, trained live: data sets, architecture, training, planes through weight space, curvature."""

from networks.architecture import ACTIVATIONS, INITIALIZATIONS, Architecture
from networks.curvature import Sharpness, sharpness
from networks.data import DATA_SETS, DataSet
from networks.experiment import NetworkExperiment
from networks.link import from_query, to_query
from networks.network import network_problem
from networks.planes import Barrier, Plane, barrier, plane
from networks.training import Training, fair_rate, train

__all__ = [
    "ACTIVATIONS",
    "DATA_SETS",
    "INITIALIZATIONS",
    "Architecture",
    "Barrier",
    "DataSet",
    "NetworkExperiment",
    "Plane",
    "Sharpness",
    "Training",
    "barrier",
    "fair_rate",
    "from_query",
    "network_problem",
    "plane",
    "sharpness",
    "to_query",
    "train",
]
