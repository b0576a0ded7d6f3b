"""Gradients of single examples: as fast as those of all of them, for a fraction of the work, but restless."""

from dataclasses import replace

from experiments import Experiment, Run, Trajectory, landscape_of, simulate
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import counted, distance, distances, number, step_lengths

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


def it_gets_further_for_the_same_work(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """For the price of one full-batch step, a run of single examples is far nearer to the star."""
    size, runs = against_all_examples(experiment, trajectory)
    if size >= EPOCH:
        return Evidence(False, "Every step uses all 64 examples: there is no work to be saved.")
    goal, steps = landscape_of(experiment).minima[0], min(EPOCH, experiment.steps)
    full_steps = size * steps // EPOCH
    small, full = (float(distances(run, goal)[0, at]) for run, at in zip(runs, (steps, full_steps), strict=True))
    words = f"After {counted(steps, 'step')} it has used {counted(size * steps, 'example')} and is {distance(small)} "
    words += (
        f"from the star. For as many, full batches take {counted(full_steps, 'step')} and are {distance(full)} away."
    )
    return Evidence(small < full / 2, words)


def it_goes_on_wobbling(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """At the end the small batches' steps are much longer than those on all examples."""
    size, runs = against_all_examples(experiment, trajectory)
    small, full = (float(step_lengths(run)[0, -EPOCH:].mean()) for run in runs)
    words = f"At the end it moves {number(small)} a step"
    if size >= EPOCH:
        return Evidence(False, f"{words}: it has come to rest.")
    return Evidence(small > 10 * full, f"{words}; with all 64 examples it would be {number(full)}.")


mini_batches = Lesson(
    slug="mini_batches",
    label="Full batch, mini-batch, single example",
    chapter=4,
    place=1,
    minutes=5,
    question="Each step uses 1 of 64 examples, so 64 steps cost as much as one on all of them. Where is the run by then?",
    answers=(
        Answer("Hardly under way: all that work is worth one step."),
        Answer("Astray: single examples point anywhere."),
        Answer("At rest at the star: it has seen every example once."),
        Answer("Close to the star, but it will not come to rest there.", right=True),
    ),
    experiment=EXPERIMENT,
    watch="The example of each step, in bold beside the surface, and which way it pulls the run.",
    explanation=(
        "The gradient of one example is wrong, but right on average, so far from the star every step helps. Near it "
        "the examples disagree about the way, and a constant rate follows each of them in turn. Larger batches wobble "
        "less and cost more per step."
    ),
    try_next="Drag the batch size from 1 to all 64, and watch the wobble fade.",
    controls=(
        Number(name="Batch size", field="batch_size"),
        Number(name="Learning rate", field="learning_rate", runs=(0,), low=0.01, high=0.5),
    ),
    claims=(
        Claim(evidence=it_gets_further_for_the_same_work, broken_by=replace(EXPERIMENT, batch_size=None)),
        Claim(evidence=it_goes_on_wobbling, broken_by=replace(EXPERIMENT, batch_size=None)),
    ),
    seeds=20,
)
