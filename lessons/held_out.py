"""Training loss and held-out loss part: what is learned last is the noise of the examples."""

from dataclasses import replace

from experiments import Experiment, Run, Trajectory, held_out_losses
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import number


def at_rate(rate: float) -> tuple[Run, ...]:
    return (Run("gradient_descent", {"learning_rate": rate}),)


EXPERIMENT = Experiment("few_examples", start=(0.0, 0.0), steps=600, runs=at_rate(0.2))


def held_out_loss_turns_and_rises(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """The held-out loss is lowest long before the end, and the training loss falls all the way."""
    judged = held_out_losses(experiment, trajectory)
    assert judged is not None
    trained, unseen = trajectory.losses[0], judged[0]
    best = int(unseen.argmin())
    words = f"From step {best} to step {experiment.steps} the training loss goes from {number(trained[best])} to "
    words += f"{number(trained[-1])}, the held-out loss from {number(unseen[best])} to {number(unseen[-1])}."
    return Evidence(bool(unseen[-1] > 1.5 * unseen[best] and trained[-1] < 0.8 * trained[best]), words)


held_out = Lesson(
    slug="held_out",
    label="Training loss and held-out loss",
    chapter=4,
    place=6,
    minutes=5,
    question="A line is fitted to eight noisy points and tested on forty others. What will the two loss curves do?",
    answers=(
        Answer("Both fall; the loss on the other points stays a little higher."),
        Answer("Both fall at first; then the training loss goes on falling and the other rises.", right=True),
        Answer("The longer it trains, the better it gets on all points."),
    ),
    experiment=EXPERIMENT,
    watch="The dotted curve, and the line among the points beside the surface.",
    explanation=(
        "All points agree on how high the line lies, and that is steep and learned first. Its slope is shallow: it is "
        "learned late, and from eight points it is mostly their noise. So generalization is best before the minimum is"
        " reached, and stopping early helps. Here the minimum is not the goal."
    ),
    try_next="Choose a rate at which the run ends where the held-out loss is lowest.",
    controls=(Number(name="Learning rate", field="learning_rate", runs=(0,), low=0.001, high=1.0),),
    claims=(Claim(evidence=held_out_loss_turns_and_rises, broken_by=replace(EXPERIMENT, runs=at_rate(0.01))),),
)
