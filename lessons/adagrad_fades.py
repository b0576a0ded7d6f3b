"""Adagrad's rate dies out: it never forgets the steepest place it has seen."""

from dataclasses import replace

from experiments import Experiment, Run, Trajectory, landscape_of
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import distances, number, rate, step_lengths

EXPERIMENT = Experiment(
    "beale",
    start=(3.5, 3.5),
    steps=400,
    runs=tuple(Run("adagrad", {"learning_rate": rate}) for rate in (0.3, 1.0, 3.0)),
)


def adagrad_comes_to_a_halt(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Whatever the rate, the steps fade away while the star is still far."""
    lengths = step_lengths(trajectory)
    away = distances(trajectory, landscape_of(experiment).minima[0])
    left = away[:, -1] / away[:, 0]
    parts = [f"{100 * share:.0f} % at {number(rate(experiment, run))}" for run, share in enumerate(left)]
    words = (
        f"The middle run's first step is {number(lengths[1, 0])} long, its last {number(lengths[1, -1])}. What is left "
    )
    words += f"of the way to the star: {', '.join(parts)}."
    return Evidence(bool((lengths[:, -1] < 0.01 * lengths[:, 0]).all() and left.min() > 0.2), words)


adagrad_fades = Lesson(
    slug="adagrad_fades",
    label="Adagrad's long memory",
    chapter=3,
    place=2,
    minutes=4,
    question="Three runs of Adagrad start on a very steep wall. How do they move on the gentle floor below it?",
    answers=(
        Answer("They speed up: small gradients are divided by a small number."),
        Answer("They keep their pace: the learning rate is constant."),
        Answer("They slow down to almost nothing, far from the star.", right=True),
    ),
    experiment=EXPERIMENT,
    watch="How far the runs get in the first 20 steps, and how far in the last 200.",
    explanation=(
        "Adagrad divides by the root of the sum of *all* squared gradients so far, and such a sum can only grow. After"
        " a steep start, the steps on the floor are tiny for ever. A larger rate makes the first steps longer, but "
        "they fade just the same."
    ),
    try_next="Raise the middle rate. Can you bring it to the star?",
    controls=(Number(name="Middle rate", field="learning_rate", runs=(1,), low=0.1, high=10.0),),
    claims=(Claim(evidence=adagrad_comes_to_a_halt, broken_by=replace(EXPERIMENT, start=(2.4, 0.4))),),
)
