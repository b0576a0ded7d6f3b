"""A ravine off the axes: rates per coordinate lose what they are good at."""

from dataclasses import replace

from experiments import Experiment, Run, Trajectory, simulate
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import arrivals

RULES = ("Gradient descent", "Adagrad", "Adam")
EXPERIMENT = Experiment(
    "rotated_ravine",
    steps=200,
    runs=(
        Run("gradient_descent", {"learning_rate": 0.03}),
        Run("adagrad", {"learning_rate": 0.5}),
        Run("adam", {"learning_rate": 0.05}),
    ),
)
SLOWER = 1.5


def turned_to(experiment: Experiment, angle: float) -> Experiment:
    return replace(experiment, landscape_parameters={**experiment.landscape_parameters, "angle": angle})


def turning_slows_the_adaptive_rules(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Against the same ravine along an axis, Adagrad and Adam take longer, and gradient descent does not."""
    straight = turned_to(experiment, 0.0)
    turned, along = arrivals(experiment, trajectory), arrivals(straight, simulate(straight))
    waits = [[experiment.steps + 1 if step is None else step for step in steps] for steps in (turned, along)]
    parts = [
        f"{rule} {'–' if now is None else now} ({'–' if then is None else then})"
        for rule, now, then in zip(RULES, turned, along, strict=True)
    ]
    slower = [now / max(then, 1) for now, then in zip(*waits, strict=True)]
    words = f"Steps until they arrive, and in brackets along the axis: {', '.join(parts)}."
    return Evidence(min(slower[1:]) > SLOWER and slower[0] < SLOWER, words)


rotation = Lesson(
    slug="rotation",
    label="A ravine off the axes",
    chapter=3,
    place=7,
    minutes=5,
    question="Along an axis, Adagrad is first by far. Here the same ravine is turned by 45°. Which rule is first now?",
    answers=(
        Answer("Gradient descent: it alone does not notice the turn.", right=True),
        Answer("Adagrad again: turning the picture changes nothing."),
        Answer("Adam: its momentum finds the new direction."),
    ),
    experiment=EXPERIMENT,
    watch="How far each run has come along the ravine by step 60.",
    explanation=(
        "Adagrad, RMSprop and Adam scale each *coordinate*. On the diagonal, both coordinates see the steep direction "
        "and the flat one alike. Both get the same rate, and one rate for two directions is just what gradient descent"
        " has. Its own path is turned along with the ravine."
    ),
    try_next="Turn the ravine back, slowly, to an angle of 0.",
    controls=(
        Number(name="Angle", field="angle", high=1.5),
        Number(name="Condition number", field="condition_number", low=1.0, high=66.0),
    ),
    claims=(Claim(evidence=turning_slows_the_adaptive_rules, broken_by=turned_to(EXPERIMENT, 0.0)),),
)
