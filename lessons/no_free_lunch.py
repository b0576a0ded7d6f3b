"""No rule wins everywhere: the same four runs on four surfaces."""

from dataclasses import replace

import numpy as np

from experiments import Experiment, Run, Trajectory, landscape_of, simulate
from lessons._controls import Choice
from lessons._lesson import Answer, Claim, Evidence, Lesson
from lessons._measures import arrivals, arrives, counted, heights, number

RULES = ("gradient descent", "momentum", "Adagrad", "Adam")
RUNS = (
    Run("gradient_descent", {"learning_rate": 0.03}),
    Run("momentum", {"learning_rate": 0.01, "momentum": 0.95}),
    Run("adagrad", {"learning_rate": 0.5}),
    Run("adam", {"learning_rate": 0.06}),
)
SURFACES = ("rotated_ravine", "spiral_valley", "plateau", "rosenbrock")
EXPERIMENTS = tuple(Experiment(surface, steps=300, runs=RUNS) for surface in SURFACES)
BRIEF = ("a rotated ravine", "a spiral valley", "a plateau", "Rosenbrock's valley")


def winner(experiment: Experiment, trajectory: Trajectory) -> tuple[int, int | None]:
    """The run that arrives first, and when; if none arrives, the one that ends lowest."""
    steps = arrivals(experiment, trajectory)
    if any(step is not None for step in steps):
        first = min((step, run) for run, step in enumerate(steps) if step is not None)
        return first[1], first[0]
    return int(np.argmin(heights(experiment, trajectory)[:, -1])), None


def here_it_is(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """On the surface in the picture, one rule is ahead of the others."""
    run, step = winner(experiment, trajectory)
    name = landscape_of(experiment).label
    if step is not None:
        return Evidence(True, f"{name}: {RULES[run]} is first; it {arrives(step, experiment)}.")
    lowest = number(float(heights(experiment, trajectory)[run, -1]))
    return Evidence(True, f"{name}: none arrives; {RULES[run]} ends lowest, at a loss of {lowest}.")


def no_rule_wins_everywhere(experiment: Experiment, trajectory: Trajectory) -> Evidence:
    """Each of the four surfaces has a winner of its own."""
    runs, steps = experiment.runs, experiment.steps
    raced = [replace(other, runs=runs, steps=steps) for other in EXPERIMENTS]
    winners = [winner(other, simulate(other))[0] for other in raced]
    parts = [f"{RULES[run]} on {surface}" for run, surface in zip(winners, BRIEF, strict=True)]
    words = f"{counted(len(set(winners)), 'winner')}: {', '.join(parts)}."
    return Evidence(len(set(winners)) == len(EXPERIMENTS), words)


no_free_lunch = Lesson(
    slug="no_free_lunch",
    label="Is one rule best everywhere?",
    chapter=5,
    place=5,
    minutes=6,
    question="The same four runs, unchanged, on four surfaces. How many different winners will there be?",
    answers=(
        Answer("One: Adam. It is the standard for a reason."),
        Answer("Two: a simple rule for simple surfaces, and Adam for the rest."),
        Answer("Four: every surface has a winner of its own.", right=True),
    ),
    experiment=EXPERIMENTS[0],
    watch="Which rule is first here? Then choose the next surface.",
    explanation=(
        "A ravine off the axes suits rules that do not scale coordinates, a long winding valley suits momentum, a "
        "plateau suits rules that ignore the size of the slope. Averaged over all surfaces no rule is better than "
        "another (Wolpert and Macready 1997). Adam is a good first guess for networks, not a law."
    ),
    try_next="Choose the other three surfaces, one after the other.",
    controls=(
        Choice(
            name="Surface",
            options=dict(
                zip(("Rotated ravine", "Spiral valley", "Plateau", "Rosenbrock's valley"), EXPERIMENTS, strict=True)
            ),
        ),
    ),
    claims=(
        Claim(
            evidence=no_rule_wins_everywhere,
            broken_by=replace(
                EXPERIMENTS[0],
                runs=(
                    Run("gradient_descent", {"learning_rate": 1e-6}),
                    Run("momentum", {"learning_rate": 1e-6, "momentum": 0.95}),
                    Run("adagrad", {"learning_rate": 1e-6}),
                    RUNS[3],
                ),
            ),
        ),
    ),
)
