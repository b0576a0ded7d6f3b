"""The same runs for longer: what a claim about the future of a run is checked against."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from experiments.experiment import MAX_STEPS, Experiment, Run, schedule_of
from experiments.simulation import PADDED_STEPS, Trajectory, simulate_runs
from schedules import Schedule


def run_on(experiment: Experiment, runs: Sequence[Run]) -> Trajectory:
    """`runs` from their start, for as many steps as the compiled loop of the experiment has room for.

    That compiles nothing, and is at least ten times as long as the experiment up to 204 steps. After the experiment's
    last step each run keeps the learning rate that its schedule gave it there.
    """
    steps = next(size for size in PADDED_STEPS if size >= experiment.steps)
    longer = replace(experiment, steps=min(steps, MAX_STEPS))
    return simulate_runs(longer, [replace(run, schedule=_held(schedule_of(run), experiment.steps)) for run in runs])


def _held(schedule: Schedule, steps: int) -> Schedule:
    """What `schedule` gives in a run of `steps` steps, and from there on its last factor."""

    def multiplier(step, _, **parameters):
        return schedule.multiplier(np.minimum(step, steps - 1), steps, **parameters)

    return replace(schedule, multiplier=multiplier)
