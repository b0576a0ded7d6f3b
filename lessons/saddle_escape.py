"""Leaving a saddle: which rules find the way down first."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory, landscape_of
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import distance, distances, times

RULES = ("gradient descent", "momentum", "RMSprop", "Adam")
EXPERIMENT = Experiment(
    "saddle",
    start=(-1.8, 0.001),
    steps=200,
    runs=(
        Run("gradient_descent", {"learning_rate": 0.06}),
        Run("momentum", {"learning_rate": 0.02}),
        Run("rmsprop", {"learning_rate": 0.05}),
        Run("adam", {"learning_rate": 0.05}),
    ),
)
AWAY = 0.5  # half the way from the saddle to a minimum
LEAVES_SOONER = 3


def departures(trajectory: Trajectory) -> list[int | None]:
    """Per run the step at which it is half the way down from the ridge to a minimum."""
    out = np.abs(np.nan_to_num(trajectory.positions[:, :, 1])) > AWAY
    return [int(run.argmax()) if run.any() else None for run in out]


def scaling_leaves_the_saddle_sooner(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """RMSprop and Adam leave at a fraction of the steps that gradient descent takes."""
    steps = departures(trajectory)
    parts = [
        f"{rule} {'not at all' if step is None else f'at step {step}'}" for rule, step in zip(RULES, steps, strict=True)
    ]
    words = f"The saddle is left by {', '.join(parts)}"
    plain, _, *others = steps
    scaled = [step for step in others if step is not None]
    if len(scaled) < len(others):
        return Evidence(False, f"{words}.")
    ratio = (experiment.steps if plain is None else plain) / max(1, *scaled)
    words += f": the last two are at least {times(ratio)} as fast." if ratio > 1 else "."
    return Evidence(ratio > LEAVES_SOONER, words)


def only_the_others_come_near(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Gradient descent and momentum walk into the saddle, the other two pass it by."""
    nearest = distances(trajectory, landscape_of(experiment).saddles[0]).min(axis=1)
    parts = [f"{rule} {distance(away)}" for rule, away in zip(RULES, nearest, strict=True)]
    words = f"How near they come to the saddle: {', '.join(parts)}."
    return Evidence(bool(nearest[:2].max() < 0.2 and nearest[2:].min() > 0.5), words)


saddle_escape = Lesson(
    slug="saddle_escape",
    label="Escaping from a saddle",
    chapter=5,
    place=1,
    minutes=4,
    question="All four start almost exactly on the ridge that leads to the saddle. Which rules leave it behind first?",
    answers=(
        Answer("None: where the gradient vanishes, every rule stands still."),
        Answer("Momentum: it rolls through."),
        Answer("RMSprop and Adam: they make a full step of a tiny slope.", right=True),
    ),
    experiment=EXPERIMENT,
    watch="Which paths come near the saddle (×), and where the loss curves are flat.",
    explanation=(
        "At the start the slope off the ridge is a thousandth of the slope along it. Gradient descent and momentum "
        "follow the large one into the saddle and stay until the tiny one has grown, a few per cent a step. RMSprop "
        "and Adam divide each by its own size, so that both count alike: they never come near the saddle."
    ),
    try_next="Drag the start off the ridge. Then put it back, and add a little noise.",
    controls=(
        Number(name="Gradient descent's rate", field="learning_rate", runs=(0,), low=0.01, high=1.5),
        Number(name="Noise", field="noise", high=1.0),
    ),
    claims=(
        Claim(evidence=scaling_leaves_the_saddle_sooner, broken_by=replace(EXPERIMENT, start=(-1.8, 0.4))),
        Claim(evidence=only_the_others_come_near, broken_by=replace(EXPERIMENT, start=(-1.8, 0.4))),
    ),
)
