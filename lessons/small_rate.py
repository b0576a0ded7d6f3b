"""Too small a rate: nothing looks wrong, it only takes for ever."""

from dataclasses import replace

from experiments import Experiment, Run, Trajectory
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import arrivals, arrives, number, rate

RATES = (0.2, 0.02, 0.002)


def at_rates(*rates: float) -> tuple[Run, ...]:
    return tuple(Run("gradient_descent", {"learning_rate": rate}) for rate in rates)


EXPERIMENT = Experiment("quadratic", {"condition_number": 4.0}, start=(-2.0, 1.2), steps=200, runs=at_rates(*RATES))


def the_smaller_the_later(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Of two rates, the smaller one arrives later."""
    steps = arrivals(experiment, trajectory)
    runs = sorted(range(len(steps)), key=lambda run: -rate(experiment, run))
    never = experiment.steps + 1
    waits = [never if (step := steps[run]) is None else step for run in runs]
    parts = [f"{number(rate(experiment, run))} {arrives(steps[run], experiment)}" for run in runs]
    holds = waits == sorted(waits) and waits[0] < waits[1]
    return Evidence(holds, f"{'; '.join(parts)}.")


small_rate = Lesson(
    slug="small_rate",
    label="Too small a rate",
    chapter=1,
    place=1,
    minutes=3,
    question="At a rate of 0.2, gradient descent arrives within 20 steps. How many does it need at a rate of 0.02?",
    answers=(
        Answer("About ten times as many: its steps are a tenth as long.", right=True),
        Answer("About as many: it follows the same slope."),
        Answer("More, but it ends lower: small steps are more exact."),
    ),
    experiment=EXPERIMENT,
    watch="Which runs reach the star, and after how many steps?",
    explanation=(
        "A step is the slope times the learning rate. While rates are small, the path hardly depends on them, only the"
        " pace does: a tenth of the rate takes ten times the steps. Too small a rate is easily missed, because the "
        "loss falls at every step."
    ),
    try_next="Raise the smallest rate until it arrives in time. What if you go on?",
    controls=(Number(name="Smallest rate", field="learning_rate", runs=(2,), low=0.001, high=1.0),),
    claims=(Claim(evidence=the_smaller_the_later, broken_by=replace(EXPERIMENT, runs=at_rates(0.2, 0.02, 0.6))),),
)
