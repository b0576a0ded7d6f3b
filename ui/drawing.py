"""From an experiment to what is drawn and said of it; kept for a while, since people move sliders back and forth."""

from functools import lru_cache

from experiments import Experiment, simulate, verdicts
from experiments.experiment import landscape_of
from lessons import LESSONS
from ui.player.payload import payload


@lru_cache(maxsize=128)
def drawn(experiment: Experiment, scale: str) -> dict:
    """What the player draws of an experiment; the same experiment is not simulated twice."""
    trajectory = simulate(experiment)
    return payload(experiment, trajectory, verdicts(experiment, trajectory), scale)


def words(experiment: Experiment) -> str:
    """What there is to see, in Markdown: the lesson's words, or the surface's."""
    lesson = next((lesson for lesson in LESSONS.values() if lesson.experiment == experiment), None)
    landscape = landscape_of(experiment)
    return lesson.words if lesson else f"**{landscape.label}.** {landscape.teaches}"
