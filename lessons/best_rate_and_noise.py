"""The best learning rate shrinks with noise: less of every step is slope, and more of it is chance."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import number, times
from sweeps import rate_sweep

RATES = np.geomspace(0.003, 0.5, 120)
SEEDS = 20
SMALLER = 3.0  # times

EXPERIMENT = Experiment(
    "quadratic",
    {"condition_number": 5.0},
    start=(-2.0, 1.2),
    steps=100,
    noise=1.0,
    seed=3,
    runs=tuple(Run("gradient_descent", {"learning_rate": rate}) for rate in (0.33, 0.04)),
)


def best_rate(experiment: Experiment) -> float:
    """The rate that ends lowest: the median over twenty seeds."""
    alone = replace(experiment, runs=experiment.runs[:1])
    ends = np.median(rate_sweep(alone, RATES, SEEDS).final_losses[0], axis=-1)
    return float(RATES[np.argmin(ends)])


def noise_shrinks_the_best_rate(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Under this noise the best rate is less than a third of what it is without."""
    noisy, quiet = best_rate(experiment), best_rate(replace(experiment, noise=0.0))
    if experiment.noise == 0:
        return Evidence(False, f"There is no noise now, and the best rate is {number(quiet)}.")
    words = f"The best rate is {number(quiet)} without noise and {number(noisy)} with σ = {number(experiment.noise)}"
    return Evidence(quiet > SMALLER * noisy, f"{words}, {times(quiet / noisy)} smaller.")


best_rate_and_noise = Lesson(
    slug="best_rate_and_noise",
    label="Noise, and the best rate",
    chapter=4,
    place=7,
    minutes=4,
    question="Without noise, 0.33 is the best rate on this bowl within 100 steps. Each gradient is noisy now. What is best?",
    answers=(
        Answer("Still 0.33: noise is as often helpful as it is not."),
        Answer("A smaller one: it averages the noise of more steps.", right=True),
        Answer("A larger one: the slope has to be louder than the noise."),
    ),
    experiment=EXPERIMENT,
    watch="The clouds in which the two runs end: how wide is each?",
    explanation=(
        "At the end a run rattles in a cloud that grows with its rate; a small rate takes the mean of many noisy gradients "
        "and ends closer. But it must be large enough to arrive at all. The best rate is where the two balance, and more "
        "noise moves it down. In Sweeps the bands over seeds show both sides of it."
    ),
    try_next="Lower the noise. From when on is the larger rate better?",
    controls=(
        Number(name="Noise", field="noise", high=3.0),
        Number(name="Smaller rate", field="learning_rate", runs=(1,), low=0.003, high=0.3),
    ),
    claims=(Claim(evidence=noise_shrinks_the_best_rate, broken_by=replace(EXPERIMENT, noise=0.0)),),
    seeds=20,
)
