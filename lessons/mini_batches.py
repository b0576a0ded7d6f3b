"""Gradients of single examples: as fast as those of all of them, for a fraction of the work, but restless."""

from dataclasses import replace

from experiments import Experiment, Run, Trajectory, landscape_of, simulate
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import distance, distances, number, step_lengths

EXPERIMENT = Experiment(
    "linear_regression",
    start=(-0.5, 0.5),
    steps=256,
    batch_size=1,
    runs=(Run("gradient_descent", {"learning_rate": 0.15}),),
)
EPOCH = 64  # steps in which a run of single examples has seen each of them once


def against_all_examples(experiment: Experiment, trajectory: Trajectory) -> tuple[int, list[Trajectory]]:
    """The batch size, and the run of the experiment beside one whose every step looks at all examples."""
    all_of_them = replace(experiment, batch_size=None)
    return experiment.batch_size or EPOCH, [trajectory, simulate(all_of_them)]


def it_keeps_up_for_less_work(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """After as many steps, a run of small batches is about as far as one that looks at everything."""
    size, runs = against_all_examples(experiment, trajectory)
    goal, at = landscape_of(experiment).minima[0], min(EPOCH, experiment.steps)
    small, full = (float(distances(run, goal)[0, at]) for run in runs)
    if size >= EPOCH:
        return Evidence(False, "Every step uses all 64 examples: there is no work to be saved.")
    words = (
        f"After {at} steps it has used {size * at:,} examples and is {distance(small)} from the star; a run on all 64 "
    )
    words += f"has used {EPOCH * at:,} and is {distance(full)} away."
    return Evidence(small < 2 * full, words)


def it_goes_on_wobbling(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """At the end the small batches' steps are much longer than those on all examples."""
    size, runs = against_all_examples(experiment, trajectory)
    small, full = (float(step_lengths(run)[0, -EPOCH:].mean()) for run in runs)
    words = f"At the end it moves {number(small)} a step"
    if size >= EPOCH:
        return Evidence(False, f"{words}: it has come to rest.")
    return Evidence(small > 10 * full, f"{words}, on all 64 examples {number(full)}.")


mini_batches = Lesson(
    slug="mini_batches",
    label="Full batch, mini-batch, single example",
    chapter=4,
    place=1,
    minutes=5,
    question="Each step uses one of 64 examples. After 64 steps, how does it compare with 64 steps on all of them?",
    answers=(
        Answer("It is far behind: it has seen a 64th of the data."),
        Answer("It has gone astray: single examples point anywhere."),
        Answer("It is ahead: small batches take longer steps."),
        Answer("It is about as far, for a 64th of the work, but it will not come to rest.", right=True),
    ),
    experiment=EXPERIMENT,
    watch="The example of each step, in bold beside the surface, and how the run answers it.",
    explanation=(
        "The gradient of one example is wrong, but right on average, so far from the star every step helps. Near it "
        "the examples disagree about the way, and a constant rate follows each of them in turn. Larger batches wobble "
        "less and cost more a step."
    ),
    try_next="Drag the batch size from 1 to all 64, and watch the wobble fade.",
    controls=(
        Number(name="Batch size", field="batch_size"),
        Number(name="Learning rate", field="learning_rate", runs=(0,), low=0.01, high=0.5),
    ),
    claims=(
        Claim(evidence=it_keeps_up_for_less_work, broken_by=replace(EXPERIMENT, batch_size=None)),
        Claim(evidence=it_goes_on_wobbling, broken_by=replace(EXPERIMENT, batch_size=None)),
    ),
    seeds=20,
)
