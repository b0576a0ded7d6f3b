"""Where Adam does not converge: rare, large gradients that it forgets before the next one comes (Reddi et al. 2018)."""

from dataclasses import replace

from experiments import Experiment, Run, Trajectory, landscape_of
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import number

RATE = 0.05


def remembering(b2: float) -> tuple[Run, ...]:
    return (
        Run("adam", {"learning_rate": RATE, "b2": b2}),
        Run("amsgrad", {"learning_rate": RATE, "b2": 0.9}),
        Run("adam", {"learning_rate": RATE, "b2": 0.999}),
    )


EXPERIMENT = Experiment("giant_example", start=(0.0, 0.0), steps=2000, batch_size=1, runs=remembering(0.9))
AT_THE_END = 300  # steps


def forgetting_leads_the_wrong_way(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Adam with a short memory climbs away from the minimum; the same with a maximum or a long memory gets near it."""
    slopes = trajectory.positions[:, -AT_THE_END:, 0].mean(axis=1)
    least = landscape_of(experiment).minima[0][0]
    forgets = experiment.runs[0].hyperparameters["b2"]
    words = (
        f"The best slope is {number(least)}. Over the last {AT_THE_END} steps Adam at β₂ = {number(forgets)} has on "
    )
    words += f"average {number(slopes[0])}, AMSGrad {number(slopes[1])}, Adam at 0.999 {number(slopes[2])}."
    return Evidence(bool(slopes[0] < 0 and min(slopes[1:]) > 0.6 * least), words)


adam_fails = Lesson(
    slug="adam_fails",
    label="Adam and one giant example",
    chapter=3,
    place=9,
    minutes=6,
    question=(
        "One example in 33 pulls fifty times as hard as the others, the other way. Which way does Adam go at β₂ = 0.9?"
    ),
    answers=(
        Answer("Where the giant pulls: it outweighs all the others together."),
        Answer("Where the 32 small ones pull, away from the minimum.", right=True),
        Answer("Nowhere: one pull of 50 and 32 pulls of 1 nearly cancel."),
    ),
    experiment=EXPERIMENT,
    watch="The few steps to the right, when it is the giant's turn, and the lines fitted to the points.",
    explanation=(
        "Dividing by the root of recent squares makes the giant's step about as long as three others. Ten steps later "
        "it is forgotten, the small examples step at full length again, and there are 32 of them. AMSGrad keeps the "
        "largest second moment that it has seen, and a long memory does nearly the same."
    ),
    try_next="Lengthen Adam's memory. When does it turn round?",
    controls=(
        Number(name="Memory of squares", field="b2", runs=(0,)),
        Number(name="Seed", field="seed"),
    ),
    claims=(Claim(evidence=forgetting_leads_the_wrong_way, broken_by=replace(EXPERIMENT, runs=remembering(0.999))),),
    seeds=20,
)
