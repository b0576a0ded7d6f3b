"""RMSprop's repair: it forgets old gradients. The price: at a constant rate it does not come to rest."""

from dataclasses import replace

from experiments import Experiment, Run, Trajectory, landscape_of
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import distance, distances, number, rate, step_lengths

SETTINGS = {"learning_rate": 0.02}
ADAGRAD = Run("adagrad", {"learning_rate": 1.0})
EXPERIMENT = Experiment("beale", start=(3.5, 3.5), steps=400, runs=(ADAGRAD, Run("rmsprop", SETTINGS)))


def forgetting_brings_it_home(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """From one start, RMSprop gets to the star and Adagrad does not."""
    away = distances(trajectory, landscape_of(experiment).minima[0])
    adagrad, rmsprop = away[:, -1]
    words = f"RMSprop ends at a distance of {distance(rmsprop)} from the star, Adagrad at {distance(adagrad)}."
    return Evidence(bool(rmsprop < 0.1 * away[1, 0] and adagrad > 3 * rmsprop), words)


def it_does_not_come_to_rest(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """RMSprop's last steps are still about as long as its learning rate."""
    last, eta = float(step_lengths(trajectory)[1, -20:].mean()), rate(experiment, 1)
    words = f"RMSprop's last 20 steps are {number(last)} long on average, at a learning rate of {number(eta)}."
    return Evidence(last > 0.3 * eta, words if last > 0.3 * eta else f"{words} It has come to rest.")


rmsprop = Lesson(
    slug="rmsprop",
    label="RMSprop forgets",
    chapter=3,
    place=3,
    minutes=4,
    question="RMSprop is Adagrad with a memory that fades. Both start on a steep wall. What does RMSprop do differently?",
    answers=(
        Answer("Nothing much: both divide by the gradients that they have seen."),
        Answer("It gets to the star and comes to rest there, as Adagrad would with more steps."),
        Answer("It gets to the star, and then keeps jumping around it.", right=True),
    ),
    experiment=EXPERIMENT,
    watch="How fast the two runs are on the floor, and RMSprop's loss over the last 100 steps.",
    explanation=(
        "The average of squared gradients fades, so that a hundred steps later the wall is forgotten and the steps are"
        " as long as the rate again. They are as long at the minimum too, where the gradients are small: a constant "
        "rate leaves RMSprop jumping. A decaying rate settles it."
    ),
    try_next="Let it remember longer: at ρ = 0.999 it behaves almost like Adagrad.",
    controls=(
        Number(name="Memory", field="decay", runs=(1,)),
        Number(name="RMSprop's rate", field="learning_rate", runs=(1,), low=0.001, high=0.1),
    ),
    claims=(
        Claim(
            evidence=forgetting_brings_it_home,
            broken_by=replace(EXPERIMENT, runs=(ADAGRAD, Run("rmsprop", {**SETTINGS, "decay": 0.9995}))),
        ),
        Claim(
            evidence=it_does_not_come_to_rest,
            broken_by=replace(EXPERIMENT, runs=(ADAGRAD, Run("rmsprop", SETTINGS, "cosine"))),
        ),
    ),
)
