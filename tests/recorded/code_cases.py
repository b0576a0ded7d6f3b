"""The experiments whose programs are run: every rule and schedule that a library has, and all that disturbs a step."""

from dataclasses import replace

from experiments import Experiment, Run
from exports import LIBRARIES, lacking
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, Optimizer
from schedules import SCHEDULES

BOWL = Experiment("booth", start=(-2.0, 1.3), steps=40)
VALLEY = Experiment("rosenbrock", start=(-0.4, 2.3), steps=40)
SLOW = {"learning_rate": 0.0007}
DESCENT = Run("gradient_descent", SLOW)
A_PROGRAM = 16  # runs


def odd(optimizer: Optimizer) -> dict[str, float]:
    """Numbers that are no default, at a rate that does not bounce."""
    values = {}
    for name, parameter in optimizer.hyperparameters.items():
        if parameter.options:
            values[name] = parameter.default
        elif name == "learning_rate":
            values[name] = 0.037 * parameter.default
        elif parameter.log:
            values[name] = (
                parameter.default * 1.7 if parameter.default * 1.7 <= parameter.high else parameter.default / 1.7
            )
        else:
            farther = max(parameter.low, parameter.high, key=lambda end: abs(end - parameter.default))
            values[name] = parameter.default + 0.1 * (farther - parameter.default)
    return values


def options(optimizer: Optimizer) -> list[dict[str, float]]:
    """The odd numbers with every option that a rule has."""
    plain = odd(optimizer)
    chosen = [
        (name, len(parameter.options)) for name, parameter in optimizer.hyperparameters.items() if parameter.options
    ]
    return [plain, *(plain | {name: float(option)} for name, count in chosen for option in range(1, count))]


def had(library: str, runs: list[Run]) -> list[Run]:
    """The runs that a library can do."""
    return [run for run in runs if not lacking(replace(BOWL, runs=(run,)), library)]


def cases_of(library: str) -> dict[str, Experiment]:
    """What is tried in one library."""
    rules = had(library, [Run(slug, values) for slug, rule in OPTIMIZERS.items() for values in options(rule)])
    schedules = had(library, [Run("gradient_descent", {"learning_rate": 0.01}, slug) for slug in SCHEDULES])
    both = had(library, [replace(run, schedule="warmup_cosine") for run in rules])
    cases = {}
    for name, runs in (("rules", rules), ("schedules", schedules), ("rules with a schedule", both)):
        for first in range(0, len(runs), A_PROGRAM):
            cases[f"{name} {first // A_PROGRAM + 1}"] = replace(BOWL, runs=tuple(runs[first : first + A_PROGRAM]))
    some = [DESCENT, Run("adam", SLOW, "cosine"), Run("sam", SLOW), Run("momo", SLOW), Run("schedule_free_sgd", SLOW)]
    several = tuple(had(library, some))
    stalling = Run("adam", {"learning_rate": 0.9}, "reduce_on_plateau", {"patience": 3.0})
    cases["a loss that stalls"] = replace(BOWL, runs=(stalling,))
    cases["noise"] = replace(VALLEY, runs=several, noise=0.3, seed=5)
    limited = tuple(replace(run, clip_norm=1.5, clip_value=1.0) for run in several)
    cases["clipping"] = replace(VALLEY, runs=(*limited, replace(DESCENT, start=(1.0, 0.5), clip_norm=0.7)), noise=0.1)
    cases["turns"] = Experiment("changing_loss", steps=40, runs=several)
    for slug, landscape in LANDSCAPES.items():
        if landscape.training is not None:
            cases[f"batches of {slug}"] = Experiment(slug, steps=40, runs=several, batch_size=5, seed=2)
    for slug in ("linear_regression", "sparse_features"):
        cases[f"all examples of {slug}"] = Experiment(slug, steps=20, runs=several)
    return cases


CASES = {f"{library} {name}": case for library in LIBRARIES for name, case in cases_of(library).items()}
