"""What was simulated and prepared for drawing lately, since people move sliders back and forth."""

from functools import lru_cache

from experiments import Experiment, Trajectory, simulate, verdicts
from player.payload import payload


@lru_cache(maxsize=32)
def recent_trajectory(experiment: Experiment) -> Trajectory:
    """What came out of an experiment; its steps may be asked for one by one."""
    return simulate(experiment)


@lru_cache(maxsize=32)
def recent_payload(experiment: Experiment, scale: str) -> dict:
    """What the player draws of an experiment; the same experiment is not simulated twice."""
    trajectory = recent_trajectory(experiment)
    return payload(experiment, trajectory, verdicts(experiment, trajectory), scale)
