"""What was trained and prepared for drawing lately: planes and boundaries are asked for after the paths, one by one."""

from typing import Any

import numpy as np

from caches import bytes_of, cached
from networks import (
    Evidence,
    NetworkExperiment,
    NetworkLesson,
    Plane,
    Training,
    answers,
    gradient_norms,
    plane,
    sharpness,
    train,
)
from player.network_payload import boundary_document, network_payload
from player.surface_document import drawn_surface
from surfaces import Surface

ON = ("training", "held_out")  # over which examples the loss of a plane is drawn
# Bytes: the largest training, 6 runs × 2000 steps of 881 weights, takes 85 MB; a usual one 2.
TRAININGS, PLANES, PAYLOADS = 96 * 2**20, 16 * 2**20, 16 * 2**20


@cached(TRAININGS, bytes_of)
def recent_training(experiment: NetworkExperiment) -> Training:
    """What came of an experiment."""
    return train(experiment)


@cached(PLANES, bytes_of)
def recent_plane(experiment: NetworkExperiment, kind: str) -> Plane:
    """The plane of a kind through the weights of an experiment."""
    return plane(recent_training(experiment), kind)


@cached(PAYLOADS, bytes_of)
def recent_network_payload(experiment: NetworkExperiment, kind: str, on: str, scale: str) -> dict[str, Any]:
    """What the player draws of an experiment in a plane; the same experiment is not trained twice."""
    training = recent_training(experiment)
    looks = {"plane": kind, "on": on, "scale": scale}
    slopes = np.linalg.norm(gradient_norms(training), axis=-1)
    return network_payload(training, recent_plane(experiment, kind), sharpness(training), slopes, looks)


def claims_of(lesson: NetworkLesson, experiment: NetworkExperiment) -> list[Evidence]:
    """What an experiment shows of the claims of a lesson, which speak of runs that stay finite."""
    training = recent_training(experiment)
    if (training.diverged_at >= 0).any():
        return [Evidence(False, "A run has diverged, so nothing can be said of what the lesson claims.")]
    return [claim(experiment, training) for claim in lesson.claims]


def plane_document(experiment: NetworkExperiment, kind: str, on: str, scale: str, theme: str) -> dict[str, Any]:
    """The loss on a plane, over the examples of one kind, as a surface that the player draws."""
    drawn = recent_plane(experiment, kind)
    losses = drawn.losses if on == ON[0] else drawn.held_out_losses
    return drawn_surface(Surface(drawn.x, drawn.y, losses), 0.0, scale, theme)


@cached(PAYLOADS, bytes_of)
def recent_boundaries(experiment: NetworkExperiment) -> dict[str, Any]:
    """What every run answers over the inputs."""
    training = recent_training(experiment)
    return boundary_document(training, answers(training))
