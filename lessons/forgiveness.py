"""How far a learning rate may be off: the steeper the ravine, the less gradient descent forgives, and Adam hardly cares."""

from dataclasses import replace

from experiments import Experiment, Run, Trajectory
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import number
from sweeps import as_good_rates, rate_sweep, usual_rates

EXPERIMENT = Experiment(
    "quadratic",
    {"condition_number": 50.0},
    start=(-2.0, 1.2),
    steps=200,
    runs=(Run("gradient_descent", {"learning_rate": 0.03}), Run("adam", {"learning_rate": 0.1})),
)
LITTLE = 10.0
MUCH_MORE = 100.0


def factors(experiment: Experiment) -> list[float]:
    """Per run, by how much its rate may be off: from one end of the rates as good as the best to the other; 1 for none."""
    sweep = rate_sweep(experiment, usual_rates(experiment))
    ranges = [as_good_rates(experiment, sweep, run) for run in range(len(experiment.runs))]
    return [1.0 if found is None else found.factor for found in ranges]


def gradient_descent_forgives_little(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """The rates of gradient descent that end at most twice as high as its best lie within a factor of ten."""
    plain, _ = factors(experiment)
    steep = experiment.landscape_parameters["condition_number"]
    words = f"At κ = {number(steep)}, gradient descent's rate may be off by a factor of {number(plain)}."
    return Evidence(plain < LITTLE, words)


def adam_forgives_much_more(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Adam's range is over a hundred times as wide, in factors."""
    plain, adam = factors(experiment)
    words = (
        f"Adam's rate may be off by a factor of {number(adam)}, {number(adam / plain)} times that of gradient descent."
    )
    return Evidence(adam > MUCH_MORE * plain, words)


forgiveness = Lesson(
    slug="forgiveness",
    label="How much a rule forgives",
    chapter=3,
    place=12,
    minutes=5,
    question="You don't know this ravine, and have to set a learning rate blindly. With which rule is that less dangerous?",
    answers=(
        Answer("Gradient descent: its steps shrink by themselves near the star."),
        Answer("Adam: a rate a hundred times as large or small often does as well.", right=True),
        Answer("No matter: each has one right rate, and is lost beside it."),
    ),
    experiment=EXPERIMENT,
    watch="Both arrive. Then halve and double each rate, and see which of them still does.",
    explanation=(
        "Gradient descent diverges above 2/λ of the steep direction, and much below that crawls along the flat one. Adam "
        "divides by the size of the gradients."
    ),
    try_next="Make the ravine rounder. What does gradient descent forgive?",
    controls=(
        Number(name="Condition number", field="condition_number", low=1.0, high=200.0),
        Number(name="Gradient descent's rate", field="learning_rate", runs=(0,), low=0.001, high=0.2),
        Number(name="Adam's rate", field="learning_rate", runs=(1,), low=0.001, high=10.0),
    ),
    claims=(
        Claim(
            evidence=gradient_descent_forgives_little,
            broken_by=replace(EXPERIMENT, landscape_parameters={"condition_number": 1.0}),
        ),
        Claim(
            evidence=adam_forgives_much_more,
            broken_by=replace(EXPERIMENT, landscape_parameters={"condition_number": 1.0}),
        ),
    ),
)
