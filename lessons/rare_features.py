"""A feature in 3 % of the examples: what Adagrad was made for."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory, landscape_of
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson

RULES = ("Gradient descent", "Adagrad", "Adam")


def at_rates(plain: float, adagrad: float, adam: float) -> tuple[Run, ...]:
    return (
        Run("gradient_descent", {"learning_rate": plain}),
        Run("adagrad", {"learning_rate": adagrad}),
        Run("adam", {"learning_rate": adam}),
    )


EXPERIMENT = Experiment("sparse_features", start=(-1.0, -1.5), steps=400, batch_size=1, runs=at_rates(0.1, 1.0, 0.05))


def adagrad_learns_the_rare_weight(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Of the way along the weight of the rare feature, Adagrad leaves far less than the others."""
    goal = landscape_of(experiment).minima[0][1]
    ways = trajectory.positions[:, :, 1] - goal
    left = np.abs(np.nan_to_num(ways[:, -1], nan=np.inf)) / abs(ways[0, 0])
    parts = [f"{rule} {100 * share:.0f} %" for rule, share in zip(RULES, left, strict=True)]
    words = f"What is left of the way along the rare feature's weight: {', '.join(parts)}."
    return Evidence(bool(left[1] < 0.75 * min(left[0], left[2])), words)


rare_features = Lesson(
    slug="rare_features",
    label="Rare features",
    chapter=3,
    place=6,
    minutes=5,
    question="The vertical weight belongs to a feature that only 3 % of the examples have. Which rule learns it first?",
    answers=(
        Answer("Adagrad: a weight that is seldom moved keeps a high rate.", right=True),
        Answer("Gradient descent: the few examples that have it pull straight at it."),
        Answer("Adam: it adapts to everything that Adagrad adapts to."),
    ),
    experiment=EXPERIMENT,
    watch="The stairs in the paths: each is a batch with one of the rare examples.",
    explanation=(
        "Gradient descent's rate must suit the frequent feature, and at that rate each rare example moves its weight "
        "only a little. Adagrad's sum for that weight hardly grows, so its rate stays high. Adam's averages fade between "
        "two rare examples: it takes many small steps after each, and forgets."
    ),
    try_next="Raise the rate of gradient descent. What stops you?",
    controls=(
        Number(name="Gradient descent's rate", field="learning_rate", runs=(0,), low=0.01, high=2.0),
        Number(name="Seed", field="seed"),
    ),
    claims=(
        Claim(evidence=adagrad_learns_the_rare_weight, broken_by=replace(EXPERIMENT, runs=at_rates(0.1, 0.05, 0.05))),
    ),
    seeds=20,
)
