"""Runs on all surfaces, by all rules, at rates from far too small to far too large, and what became of them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from experiments import Experiment, Run, Verdict, simulate, verdicts
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from tests.observer import LONGER, Observer

STEPS = 100
FACTORS = (1e-4, 1e-2, 0.1, 0.3, 1.0, 2.5, 8.0, 30.0, 300.0)  # on the rule's default rate
PAIRS = 54  # of a rule and a surface; more than there are of either


class LabelledRun(NamedTuple):
    """A run, what the observer calls it, and the verdict on it."""

    experiment: Experiment
    run: Run
    label: str
    verdict: Verdict


def experiments() -> Iterator[Experiment]:
    """Every surface with one rule or two, every rule on one surface or two, from the surfaces' first two starts."""
    surfaces, rules = sorted(LANDSCAPES), sorted(OPTIMIZERS)
    for index in range(max(PAIRS, len(surfaces), len(rules))):
        surface, rule = surfaces[index % len(surfaces)], rules[index % len(rules)]
        rate = OPTIMIZERS[rule].hyperparameters["learning_rate"].default
        for start in LANDSCAPES[surface].starts[:2]:
            runs = tuple(Run(rule, {"learning_rate": factor * rate}) for factor in FACTORS)
            yield Experiment(surface, start=start, steps=STEPS, runs=runs)


def labelled_runs(judge=verdicts) -> tuple[list[LabelledRun], int]:
    """All runs about which the observer is of one mind, and how many there are of which he is not."""
    observers: dict[object, Observer] = {}
    found, undecided = [], 0
    for experiment in experiments():
        landscape = LANDSCAPES[str(experiment.landscape)]
        observer = observers.get(landscape.slug) or Observer(landscape, experiment.landscape_parameters)
        observers[landscape.slug] = observer
        longer = simulate(replace(experiment, steps=LONGER * STEPS))
        for index, verdict in enumerate(judge(experiment, simulate(experiment))):
            label = observer.label(longer.positions[index], longer.losses[index], STEPS)
            if label is None:
                undecided += 1
            else:
                found.append(LabelledRun(experiment, experiment.runs[index], label, verdict))
    return found, undecided
