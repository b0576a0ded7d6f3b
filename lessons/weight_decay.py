"""Weight decay: in Adam, a penalty on the weights and a decay of the weights are two things."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory, landscape_of
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson

RATE = {"learning_rate": 0.02}


def decaying_by(strength: float) -> tuple[Run, ...]:
    settings = {**RATE, "weight_decay": strength}
    return Run("adam", RATE), Run("adam_l2", settings), Run("adamw", settings)


EXPERIMENT = Experiment("sparse_features", start=(-1.0, -1.5), steps=400, runs=decaying_by(0.3))


def taken(experiment: Experiment, trajectory: Trajectory) -> np.ndarray:
    """What each run has lost of the two weights of the minimum, as a share; of shape (runs, 2)."""
    return 1 - trajectory.positions[:, -1] / np.array(landscape_of(experiment).minima[0])


def the_penalty_erases_the_rare_weight(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """The penalty takes most of the rare feature's weight, the decay a share like that of the frequent one's."""
    _, penalty, decay = np.round(100 * taken(experiment, trajectory)).astype(int)
    words = f"The penalty takes {penalty[0]} % of the frequent feature's weight and {penalty[1]} % of the rare one's; "
    words += f"AdamW's decay {decay[0]} % and {decay[1]} %."
    return Evidence(bool(penalty[1] > 75 and decay[1] < 50 and penalty[1] > 2 * penalty[0]), words)


weight_decay = Lesson(
    slug="weight_decay",
    label="Weight decay: Adam against AdamW",
    chapter=3,
    place=8,
    minutes=5,
    question="For gradient descent, an L2 penalty on the weights and weight decay are the same. And for Adam?",
    answers=(
        Answer("The same: the gradient of the penalty is the decay."),
        Answer("Not at all the same: the penalty all but erases one of the two weights.", right=True),
        Answer("Both leave the minimum where it is, and only slow the run down."),
    ),
    experiment=EXPERIMENT,
    watch="Where the second and the third run come to rest, and how far that is from the star.",
    explanation=(
        "The penalty is a part of the gradient: it pulls against the slope, and wins where the slope is shallow, as it"
        " is for a rare feature's weight (the vertical one). AdamW keeps weight decay out of the gradient: it pulls "
        "against Adam's *step*, which is about as long in every direction, and shrinks both weights alike."
    ),
    try_next="Turn the decay down to 0, then up. Which weight shrinks first?",
    controls=(Number(name="Strength of both", field="weight_decay", runs=(1, 2), high=2.0),),
    claims=(Claim(evidence=the_penalty_erases_the_rare_weight, broken_by=replace(EXPERIMENT, runs=decaying_by(0.0))),),
)
