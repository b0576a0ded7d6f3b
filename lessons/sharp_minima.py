"""A sharp and a flat minimum of the same depth, and noise that tells them apart."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory, landscape_of, simulate
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import distances

EXPERIMENT = Experiment(
    "sharp_and_flat",
    start=(-2.3, 0.2),
    steps=1000,
    noise=4.0,
    runs=(Run("gradient_descent", {"learning_rate": 0.05}),),
)
AT_THE_END = 300  # steps


def to_the_minima(experiment: Experiment, trajectory: Trajectory) -> np.ndarray:
    """The distances from the sharp and from the flat minimum, of shape (2, steps + 1)."""
    return np.array([distances(trajectory, point)[0] for point in landscape_of(experiment).minima])


def noise_leads_out_of_the_sharp_minimum(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """The run leaves the sharp minimum, in which it would stay without noise."""
    sharp, flat = to_the_minima(experiment, trajectory)
    calm = to_the_minima(experiment, simulate(replace(experiment, noise=0.0)))[:, -1]
    if not (flat < sharp).any():
        return Evidence(False, f"The run stays in the sharp minimum for all of its {experiment.steps} steps.")
    words = f"The run is over the ridge at step {int(np.argmax(flat < sharp))}"
    if calm[0] > calm[1]:
        return Evidence(False, f"{words}, but without noise it would leave the sharp minimum, too.")
    return Evidence(True, f"{words}. Without noise it would stay in the sharp minimum.")


def it_stays_in_the_flat_one(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """At the end the run spends nearly all of its time in the flat minimum."""
    sharp, flat = to_the_minima(experiment, trajectory)[:, -AT_THE_END:]
    share = float(np.mean(flat < sharp))
    words = f"Of its last {len(flat)} steps it spends {100 * share:.0f} % on the flat minimum's side."
    return Evidence(share > 0.9, words)


sharp_minima = Lesson(
    slug="sharp_minima",
    label="A sharp minimum, a flat one, and noise",
    chapter=4,
    place=2,
    minutes=5,
    question=(
        "Two minima of equal depth. The run starts in the sharp one, and every gradient is noisy. Where does it end?"
    ),
    answers=(
        Answer("In the sharp one: it is just as deep, and the run is there already."),
        Answer("Now here, now there: noise has no preference."),
        Answer("In the flat one: noise shakes it out of the sharp one, but not back in.", right=True),
    ),
    experiment=EXPERIMENT,
    watch="How long the run stays in each of the two minima.",
    explanation=(
        "The sharp minimum is narrow, and its ridge is soon crossed by a noisy step. The flat one is wide, and the "
        "same noise moves the run about inside it. This is thought to be one reason why networks trained on small "
        "batches generalize well: their minima tend to be flat."
    ),
    try_next="Turn the noise down to 0. Then put it back and try other seeds.",
    controls=(
        Number(name="Noise", field="noise", high=6.0),
        Number(name="Seed", field="seed"),
    ),
    claims=(
        Claim(evidence=noise_leads_out_of_the_sharp_minimum, broken_by=replace(EXPERIMENT, noise=0.0)),
        Claim(evidence=it_stays_in_the_flat_one, broken_by=replace(EXPERIMENT, noise=0.0)),
    ),
    seeds=30,
)
