"""Nesterov's look-ahead: the slope is taken where the velocity leads, so that it brakes before the turn."""

from dataclasses import replace

from experiments import Experiment, Run, Trajectory
from lessons._controls import Number
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import arrivals, arrives, distance, width


def with_momentum(beta: float) -> tuple[Run, ...]:
    settings = {"learning_rate": 0.04, "momentum": beta}
    return Run("momentum", settings), Run("nesterov", settings)


EXPERIMENT = Experiment("quadratic", {"condition_number": 5.0}, start=(-2.0, 1.2), steps=150, runs=with_momentum(0.95))


def looking_ahead_overshoots_less(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Nesterov's run rolls less far past the star."""
    heavy, ahead = trajectory.positions[:, :, 0].max(axis=1)
    words = f"The heavy ball rolls {distance(max(heavy, 0))} past the star, Nesterov's {distance(max(ahead, 0))}"
    less = bool(heavy - ahead > 0.03 * width(experiment))
    return Evidence(less, f"{words}." if less else f"{words}: no difference that can be seen.")


def looking_ahead_rests_sooner(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Nesterov's run comes to stay near the star earlier."""
    heavy, ahead = arrivals(experiment, trajectory)
    words = f"Nesterov's run {arrives(ahead, experiment)}; the heavy ball {arrives(heavy, experiment)}."
    return Evidence(ahead is not None and (heavy is None or heavy > 1.2 * ahead), words)


nesterov = Lesson(
    slug="nesterov",
    label="Nesterov's look-ahead",
    chapter=2,
    place=3,
    minutes=4,
    question="Nesterov takes the slope where its velocity is about to carry it, not where it is. What does that change?",
    answers=(
        Answer("It brakes before the turn: it overshoots less and comes to rest sooner.", right=True),
        Answer("Nothing: the same slopes come one step earlier."),
        Answer("It is faster downhill, and so it overshoots further."),
    ),
    experiment=EXPERIMENT,
    watch="The turning points right of the star.",
    explanation=(
        "Seen from the point ahead, the other side of the bowl already slopes back before the ball is there, and that "
        "slope slows it down. The steeper the direction, the more it is slowed, so the swings across the valley die "
        "first."
    ),
    try_next="Lower the momentum of both. When does looking ahead stop paying off?",
    controls=(
        Number(name="Momentum of both", field="momentum", runs=(0, 1), high=0.99),
        Number(name="Rate of both", field="learning_rate", runs=(0, 1), low=0.001, high=0.2),
    ),
    claims=(
        Claim(evidence=looking_ahead_overshoots_less, broken_by=replace(EXPERIMENT, runs=with_momentum(0.2))),
        Claim(evidence=looking_ahead_rests_sooner, broken_by=replace(EXPERIMENT, runs=with_momentum(0.0))),
    ),
)
