"""What an entry of the reference pages opens in Compare with: an instructive experiment, as an address."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from caches import cached
from catalogue import Entry, quoted
from experiments import Experiment, Run, suggested_rate, to_query, with_rate
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from schedules import SCHEDULES

BASELINE = "gradient_descent"
COMMON_SURFACE = "quadratic"  # the ravine: one look shows who bounces, who overshoots and who goes straight
COMMON_STEPS = 150
BESIDE = (BASELINE, "momentum", "adam")  # the rules that a surface is shown with
NOISY = Experiment("quadratic", {"condition_number": 5.0}, start=(-2.0, 1.2), steps=400, noise=1.5, seed=7)
NOISY_RATE = 0.15


@cached(512)
def optimizer_opening(slug: str) -> Experiment:
    """A rule beside gradient descent, both at their suggested rates, on the surface on which all rules are shown."""
    return _at_suggested_rates(Experiment(COMMON_SURFACE, steps=COMMON_STEPS), dict.fromkeys((BASELINE, slug)))


@cached(512)
def landscape_opening(slug: str) -> Experiment:
    """A surface with three rules from its first start."""
    return _at_suggested_rates(Experiment(slug, steps=200), BESIDE)


@cached(512)
def schedule_opening(slug: str) -> Experiment:
    """A schedule beside the constant rate, where it matters: under noise."""
    runs = (Run(BASELINE, {"learning_rate": NOISY_RATE}, name) for name in dict.fromkeys(("constant", slug)))
    return Experiment(
        NOISY.landscape, NOISY.landscape_parameters, NOISY.start, NOISY.steps, tuple(runs), noise=1.5, seed=7
    )


OPENINGS: Mapping[str, tuple[Mapping[str, Entry], Callable[[str], Experiment]]] = {
    "optimizer": (OPTIMIZERS, optimizer_opening),
    "landscape": (LANDSCAPES, landscape_opening),
    "schedule": (SCHEDULES, schedule_opening),
}


def opening(kind: str, slug: str) -> Experiment:
    """The experiment that an entry opens with.

    Raises:
      ValueError: there is no such kind or entry; the message says what there is.
    """
    if kind not in OPENINGS:
        raise ValueError(f"kind is {quoted(kind)}; allowed: {', '.join(OPENINGS)}")
    entries, make = OPENINGS[kind]
    if slug not in entries:
        raise ValueError(f"{kind} is {quoted(slug)}; allowed: {', '.join(entries)}")
    return make(slug)


def address(experiment: Experiment) -> str:
    """The query of Compare's address that shows `experiment`."""
    return urlencode(to_query(experiment), doseq=True)


def _at_suggested_rates(surface: Experiment, slugs) -> Experiment:
    runs = [Run(slug, OPTIMIZERS[slug].pictured_with) for slug in slugs]
    runs = [with_rate(run, suggested_rate(surface, run)) for run in runs]
    return Experiment(surface.landscape, start=surface.start, steps=surface.steps, runs=tuple(runs))
