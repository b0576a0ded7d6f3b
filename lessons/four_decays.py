"""Constant, in steps, exponential, cosine: four ways to spend the same rate."""

from dataclasses import replace

from experiments import Experiment, Run, Trajectory
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import heights, number

RATE = {"learning_rate": 0.1}
STAGE = 100  # steps


def dropping_by(factor: float) -> tuple[Run, ...]:
    return (
        Run("gradient_descent", RATE),
        Run("gradient_descent", RATE, "step", {"transition_steps": STAGE, "decay_rate": factor}),
        Run("gradient_descent", RATE, "exponential", {"transition_steps": 100.0}),
        Run("gradient_descent", RATE, "cosine"),
    )


EXPERIMENT = Experiment(
    "quadratic", {"condition_number": 5.0}, start=(-2.0, 1.2), steps=400, noise=1.0, runs=dropping_by(0.3)
)


def every_decay_ends_below_the_constant_rate(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """In the last stretch all three decaying runs lie well below the constant one."""
    constant, *decaying = heights(experiment, trajectory)[:, -STAGE:].mean(axis=1)
    parts = [
        f"{name} {number(loss)}" for name, loss in zip(("in steps", "exponential", "cosine"), decaying, strict=True)
    ]
    words = f"Loss over the last {STAGE} steps: constant {number(constant)}, {', '.join(parts)}."
    return Evidence(bool(constant > 2 * max(decaying)), words)


def the_loss_falls_with_the_rate(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """In the last stage of the step decay the loss lies lower than in the first."""
    above, rates = heights(experiment, trajectory)[1], trajectory.learning_rates[1]
    if experiment.steps < 2 * STAGE:
        return Evidence(False, "The run is too short for a drop.")
    before, after = float(above[STAGE // 2 : STAGE].mean()), float(above[-STAGE // 2 :].mean())
    words = f"From its first stage to its last, the step decay's rate goes from {number(rates[0])} to "
    words += f"{number(rates[-1])} and the loss from {number(before)} to {number(after)}."
    return Evidence(before > 3 * after and bool(rates[-1] < rates[0] / 2), words)


four_decays = Lesson(
    slug="four_decays",
    label="Four ways to decay",
    chapter=4,
    place=4,
    minutes=4,
    question="Noisy gradients, and four schedules: constant, step, exponential, cosine. How will the four losses compare?",
    answers=(
        Answer("Alike at first; later the three that decay fall below the constant one.", right=True),
        Answer("The constant rate falls fastest and stays lowest: it has the longest steps."),
        Answer("The three that decay lag behind from the start and catch up at the end."),
    ),
    experiment=EXPERIMENT,
    watch="The plot of the learning rates, and what the loss does once they differ.",
    explanation=(
        "Noise holds the loss at a floor that is about proportional to the rate. Lower the rate and the floor sinks: "
        "in steps, or gradually. Cosine stays high for most of the run, to cover ground, and falls to zero at the end,"
        " which is why it needs to know how many steps there will be."
    ),
    try_next="Let the step decay drop further each time. When is it too much?",
    controls=(
        Number(name="Factor of each drop", field="decay_rate", runs=(1,)),
        Number(name="Seed", field="seed"),
    ),
    claims=(
        Claim(evidence=every_decay_ends_below_the_constant_rate, broken_by=replace(EXPERIMENT, runs=dropping_by(1.0))),
        Claim(evidence=the_loss_falls_with_the_rate, broken_by=replace(EXPERIMENT, runs=dropping_by(1.0))),
    ),
    seeds=20,
)
