"""Four rules in one ravine: the picture with which most courses begin."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import counted, distance, swings

RULES = ("Gradient descent", "Momentum", "RMSprop", "Adam")
EXPERIMENT = Experiment(
    "quadratic",
    start=(-2.0, 1.2),
    steps=150,
    runs=(
        Run("gradient_descent", {"learning_rate": 0.038}),
        Run("momentum", {"learning_rate": 0.01}),
        Run("rmsprop", {"learning_rate": 0.03}),
        Run("adam", {"learning_rate": 0.06}),
    ),
)
AT_THE_END = 20  # steps


def only_rmsprop_goes_on_jumping(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """In the last steps RMSprop still moves; the other three have come to rest."""
    ends = np.nan_to_num(trajectory.positions[:, -AT_THE_END:], nan=np.inf, posinf=1e30, neginf=-1e30)
    spans = np.ptp(ends, axis=1).max(axis=1)
    parts = [f"{rule} {distance(span)}" for rule, span in zip(RULES, spans, strict=True)]
    words = f"How far they still move in the last {AT_THE_END} steps: {', '.join(parts)}."
    return Evidence(bool(spans[2] > 3 * max(spans[0], spans[1], spans[3])), words)


def one_bounces_and_one_overshoots(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Gradient descent bounces between the walls, momentum rolls past the star."""
    bounces = [swings(run[:, 1], experiment) for run in trajectory.positions]
    past = trajectory.positions[:, :, 0].max(axis=1)
    words = (
        f"Gradient descent bounces {counted(bounces[0], 'time')}, Adam {counted(bounces[3], 'time')}. Momentum rolls "
    )
    words += f"{distance(max(past[1], 0))} past the star, RMSprop {distance(max(past[2], 0))}."
    return Evidence(bool(bounces[0] > 3 * max(bounces[3], 1) and past[1] > 0.1 and past[1] > 5 * past[2]), words)


ravine = Lesson(
    slug="ravine",
    label="Four rules in a ravine",
    chapter=3,
    place=11,
    minutes=5,
    question="Gradient descent, momentum, RMSprop and Adam in one ravine. Which of them does not come to rest?",
    answers=(
        Answer("Gradient descent: it bounces between the walls."),
        Answer("Momentum: it overshoots."),
        Answer("RMSprop: its steps stay about as long as its rate.", right=True),
        Answer("Adam: it is momentum and RMSprop in one."),
    ),
    experiment=EXPERIMENT,
    watch="The four ways of going down, and the loss in the last 50 steps.",
    explanation=(
        "The walls are 50 times as steep as the floor. **Gradient descent** bounces between the walls and creeps along"
        " the floor; **momentum** gathers speed and overshoots; **RMSprop** and **Adam** scale each direction by its "
        "own gradients. Adam averages the direction too, and so its last steps cancel."
    ),
    try_next="Give RMSprop a tenth of its rate. What does it gain, and what does it lose?",
    controls=(
        Number(name="RMSprop's rate", field="learning_rate", runs=(2,), low=0.001, high=0.3),
        Number(name="Condition number", field="condition_number", low=1.0, high=50.0),
    ),
    claims=(
        Claim(
            evidence=only_rmsprop_goes_on_jumping,
            broken_by=replace(
                EXPERIMENT,
                runs=(*EXPERIMENT.runs[:2], Run("rmsprop", {"learning_rate": 0.0003}), EXPERIMENT.runs[3]),
            ),
        ),
        Claim(
            evidence=one_bounces_and_one_overshoots,
            broken_by=replace(EXPERIMENT, landscape_parameters={"condition_number": 5.0}),
        ),
    ),
)
