"""Too much momentum: a ball so heavy that it rolls past the minimum again and again."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import arrivals, arrives, counted, number, swings


def with_momenta(*betas: float) -> tuple[Run, ...]:
    return tuple(Run("momentum", {"learning_rate": 0.05, "momentum": beta}) for beta in betas)


EXPERIMENT = Experiment(
    "quadratic", {"condition_number": 10.0}, start=(-2.0, 1.2), steps=300, runs=with_momenta(0.5, 0.9, 0.99)
)

MANY = 10  # swings past the star


def the_heaviest_ball_swings_on(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """The largest β passes the star again and again and has not arrived when the others have."""
    betas = [run.hyperparameters["momentum"] for run in experiment.runs]
    heavy, steps = int(np.argmax(betas)), arrivals(experiment, trajectory)
    past = swings(trajectory.positions[heavy, :, 0], experiment)
    words = (
        f"{number(betas[heavy])} swings past the star {counted(past, 'time')} and {arrives(steps[heavy], experiment)}"
    )
    others = [f"{number(beta)} {arrives(steps[run], experiment)}" for run, beta in enumerate(betas) if run != heavy]
    arrived = [step for run, step in enumerate(steps) if run != heavy and step is not None]
    latest = max(arrived, default=experiment.steps)
    last = steps[heavy]
    late = last is None or last > 2 * latest
    return Evidence(bool(past >= MANY and arrived and late), f"{words}; {', '.join(others)}.")


too_much_momentum = Lesson(
    slug="too_much_momentum",
    label="How much momentum?",
    chapter=2,
    place=2,
    minutes=4,
    question="At a momentum of 0.5, and of 0.9, the run comes to rest at the star. What does it do at 0.99?",
    answers=(
        Answer("It arrives ten times sooner: it remembers ten times as long."),
        Answer("It rolls past the star again and again, and is still swinging at the end.", right=True),
        Answer("It diverges: the velocity grows without bound."),
    ),
    experiment=EXPERIMENT,
    watch="How far each run swings past the star, and how quickly the swings die down.",
    explanation=(
        "Momentum β is the share of its velocity that friction leaves at each step. At 0.5 the ball creeps in, at 0.9 "
        "it swings a few times, at 0.99 it loses 1 % of its velocity a step and needs hundreds of steps to come to "
        "rest. It does not diverge; it is slow."
    ),
    try_next="Which β comes to rest first?",
    controls=(Number(name="Largest momentum", field="momentum", runs=(2,)),),
    claims=(
        Claim(evidence=the_heaviest_ball_swings_on, broken_by=replace(EXPERIMENT, runs=with_momenta(0.5, 0.9, 0.8))),
    ),
)
