"""What runs are called: by their rules, and where one appears several times, by what tells them apart."""

import re
import unicodedata
from collections.abc import Iterable

from experiments import Experiment, Run, optimizer_of, schedule_of
from networks import NetworkExperiment

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
OF_GREEK = {"LAMBDA": "LAMDA"}  # as Unicode spells it


def run_labels(experiment: Experiment | NetworkExperiment) -> list[str]:
    """One label per run, all different.

    Where all runs have the same rule, what tells them apart is enough. Runs that differ in nothing are numbered.
    """
    rules = [optimizer_of(run) for run in experiment.runs]
    twins = [[run for run, other in zip(experiment.runs, rules, strict=True) if other is rule] for rule in rules]
    apart = ["".join(_differences(run, others)) for run, others in zip(experiment.runs, twins, strict=True)]
    if len(set(rules)) == 1 and all(apart):
        labels = [re.sub(r"^[a-z](?=[a-z])", lambda first: first[0].upper(), words.lstrip(", ")) for words in apart]
    else:
        labels = [rule.label + words for rule, words in zip(rules, apart, strict=True)]
    return [
        f"{label} ({labels[:i].count(label) + 1})" if labels.count(label) > 1 else label
        for i, label in enumerate(labels)
    ]


def _differences(run: Run, twins: list[Run]) -> list[str]:
    """What is not the same in all runs of the rule."""
    parts = [
        f" {plain(parameter.symbol, name)}={run.hyperparameters[name]:.4g}"
        for name, parameter in optimizer_of(run).hyperparameters.items()
        if _differ(twin.hyperparameters[name] for twin in twins)
    ]
    if _differ(schedule_of(twin) for twin in twins):
        parts.append(f", {schedule_of(run).label.lower()}")
    if _differ((twin.clip_norm, twin.clip_value) for twin in twins):
        parts.append(_clipping(run))
    if _differ(twin.start for twin in twins) and run.start is not None:
        parts.append(f" from ({run.start[0]:.3g}, {run.start[1]:.3g})")
    return parts


def _clipping(run: Run) -> str:
    norm = "" if run.clip_norm is None else f", clipped at {run.clip_norm:.4g}"
    value = "" if run.clip_value is None else f", components clipped at {run.clip_value:.4g}"
    return norm + value or ", not clipped"


def _differ(values: Iterable[object]) -> bool:
    return len(set(values)) > 1


def plain(symbol: str, name: str) -> str:
    """A symbol without LaTeX, such as β₂; what can't be written like that is called by its name."""
    found = re.fullmatch(r"(?:\\([a-z]+)|([A-Za-z]))(?:_(\d))?", symbol)
    if not found:
        return name.replace("_", " ")
    greek, letter, index = found.groups()
    try:
        character = letter or unicodedata.lookup(f"GREEK SMALL LETTER {OF_GREEK.get(greek.upper(), greek.upper())}")
    except KeyError:
        return name.replace("_", " ")
    return character + (index or "").translate(SUBSCRIPTS)
