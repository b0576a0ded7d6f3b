"""What the pictures of the page are drawn from, as plain JSON: of an experiment, and a sentence that reads the picture."""

import base64
from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np

from caches import bytes_of, cached
from catalogue import whole
from experiments import Experiment, landscape_of, optimizer_of, with_rate
from player import run_labels
from sweeps import (
    DIVERGED,
    UNFINISHED,
    Basins,
    Range,
    RateSweep,
    adjustable,
    as_good_rates,
    basins,
    basins_picture,
    color_of,
    is_noisy,
    lowest_of,
    map_picture,
    rate_sweep,
    stability_map,
    start_loss,
    usual_axes,
    usual_axis,
    usual_rates,
)

KEPT = 32 * 2**20  # bytes of each kind; the basins of one run take 6 MB
SEEDS = 20
FAINTEST = 1e-12  # of the start's height: below it, losses are drawn as that
OUTER = 0.1  # of the seeds lie below the band, and as many above it
NEXT_TO_NOTHING = 1.2  # a factor
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@cached(KEPT, bytes_of)
def rates_document(experiment: Experiment) -> dict[str, Any]:
    """Per run the heights of the final and the best loss at many rates; bands over seeds where something is drawn.

    Heights are log10 above the lowest loss that is known; None where there is none. The rates of the runs themselves do
    not matter but for the ends of the axis.
    """
    rates = usual_rates(experiment)
    sweep = rate_sweep(experiment, rates, SEEDS if is_noisy(experiment) else 1)
    lowest = lowest_of(experiment, sweep.best_losses)
    heights = [start_loss(experiment, run) - lowest for run in experiment.runs]
    least = FAINTEST * max([height for height in heights if height > 0], default=1.0)
    ranges = [as_good_rates(experiment, sweep, run) for run in range(len(experiment.runs))]
    return {
        "rates": rates.tolist(),
        "seeds": sweep.final_losses.shape[-1],
        "start": np.log10(np.maximum(heights, least)).round(3).tolist(),
        "runs": [
            {
                "final": _bands(sweep.final_losses[run], lowest, least),
                "best": _bands(sweep.best_losses[run], lowest, least),
                "diverged": _diverged(sweep, run),
                "good": found and [found.low, found.high],
            }
            for run, found in enumerate(ranges)
        ],
        "sentence": forgiveness(run_labels(experiment), ranges),
    }


def _bands(losses: np.ndarray, lowest: float, least: float) -> dict[str, list[float | None]]:
    """The median over seeds, and the band about it."""
    shares = {"middle": 0.5, "low": OUTER, "high": 1 - OUTER} if losses.shape[-1] > 1 else {"middle": 0.5}
    logs = np.log10(np.maximum(losses - lowest, least))
    spread = {name: np.quantile(logs, share, axis=-1, method="nearest") for name, share in shares.items()}
    return {
        name: [round(value, 3) if np.isfinite(value) else None for value in values.tolist()]
        for name, values in spread.items()
    }


def _diverged(sweep: RateSweep, run: int) -> float | None:
    """The rate from which on most seeds diverge; None if even the highest does not."""
    lost = np.median(sweep.diverged[run], axis=-1) > 0.5
    kept = np.flatnonzero(~lost)
    first = int(kept[-1]) + 1 if len(kept) else 0
    return float(sweep.rates[first]) if first < len(lost) else None


def forgiveness(labels: list[str], ranges: list[Range | None]) -> str:
    """How far the learning rate of each run may be off, in a sentence."""
    parts = []
    for label, found in zip(labels, ranges, strict=True):
        if found is None:
            parts.append(f"{label} ends below its start at no rate")
            continue
        span = f"{brief(found.low)} to {brief(found.high)}"
        if found.factor < NEXT_TO_NOTHING:
            parts.append(f"{label} forgives next to nothing (best at {brief(found.best)})")
        else:
            parts.append(
                f"{label} forgives {'at least ' if found.is_open else ''}a factor {brief(found.factor)} ({span})"
            )
    return f"Within twice the best loss, or a thousandth of the start's: {'; '.join(parts)}."


def brief(number: float) -> str:
    """Two digits, as a person writes them: 0.012, 4,700 or 3.1 × 10⁻⁶."""
    if 1e-4 <= number < 1e6:
        rounded = float(f"{number:.2g}")
        return f"{rounded:,.0f}" if rounded >= 10 else f"{rounded:g}"
    mantissa, exponent = f"{number:.1e}".split("e")
    return f"{mantissa.removesuffix('.0')} × 10{str(int(exponent)).translate(SUPERSCRIPTS)}"


def basins_document(experiment: Experiment, run: int, across: int, rate: float | None = None) -> dict[str, Any]:
    """The basins of one run as a picture, its minima, and a sentence; if given, at another learning rate."""
    whole("run", run, 0, len(experiment.runs) - 1)
    one = experiment.runs[run] if rate is None else with_rate(experiment.runs[run], rate)
    # Neither the other runs nor the start matter: what is kept serves all that differ in them.
    alone = replace(experiment, runs=(replace(one, start=None),), start=landscape_of(experiment).starts[0])
    return _basins(alone, across) | {"start": experiment.runs[run].start or experiment.start}


@cached(KEPT, bytes_of)
def _basins(experiment: Experiment, across: int) -> dict[str, Any]:
    found = basins(experiment, resolution=across)
    (left, right), (bottom, top) = landscape_of(experiment).view
    return {
        "picture": _address_of(basins_picture(found)),
        "x": {"low": left, "high": right, "log": False},
        "y": {"low": bottom, "high": top, "log": False},
        "minima": [[*minimum, *color_of(index)] for index, minimum in enumerate(found.minima.tolist())],
        "sentence": what_is_reached(run_labels(experiment)[0], found),
    }


def what_is_reached(label: str, found: Basins) -> str:
    """What share of the view leads where, in a sentence."""
    counts = Counter(found.reached.ravel().tolist())
    share = {place: f"{count / found.reached.size:.0%}" for place, count in counts.items()}
    best = sorted((place for place in counts if place >= 0), key=lambda place: -counts[place])
    parts = [f"{share[place]} of the starts lead to ({x:.3g}, {y:.3g})" for place in best[:4]
             for x, y in [found.minima[place] + 0.0]]  # fmt: skip
    if len(best) > 4:
        rest = sum(counts[place] for place in best[4:]) / found.reached.size
        parts.append(f"{rest:.0%} to {len(best) - 4} other minima")
    if UNFINISHED in counts:
        parts.append(f"{share[UNFINISHED]} are not at a minimum when the steps are over")
    if DIVERGED in counts:
        parts.append(f"{share[DIVERGED]} are lost")
    return f"{label}: {', '.join(parts)}."


def map_document(experiment: Experiment, run: int, up: str, across: int) -> dict[str, Any]:
    """Learning rate against another number of one run, as a picture, the textbook's boundary, and a sentence."""
    whole("run", run, 0, len(experiment.runs) - 1)
    chosen = experiment.runs[run]
    # Around the rule's usual rate and not the present one: the axis must stay while somebody clicks through the cells.
    usual = with_rate(chosen, optimizer_of(chosen).hyperparameters["learning_rate"].default)
    rates, next_number = usual_axes(experiment, usual)
    axis = usual_axis(experiment, chosen, up) if up else next_number
    found = stability_map(experiment, rates, axis, run, across)
    lowest = lowest_of(experiment, found.final_losses)
    declared = adjustable(experiment, chosen)[axis.name]
    share = f"{found.stable.mean():.0%}"
    label = run_labels(experiment)[run]
    sentence = f"{label}: {share} of these pairs of learning rate and {in_words(axis.name)} end below their start."
    return {
        "picture": _address_of(map_picture(found, lowest)),
        "x": {"low": rates.low, "high": rates.high, "log": True, "name": "learning rate"},
        "y": {"low": axis.low, "high": axis.high, "log": axis.log, "name": in_words(axis.name), "key": axis.name},
        "present": [chosen.hyperparameters["learning_rate"], present_value(experiment, run, axis.name)],
        "boundary": None if found.boundary is None else [found.boundary.tolist(), found.up_values.tolist()],
        "allowed": [declared.low, declared.high],
        "sentence": sentence + (" The line is the textbook's boundary." if found.boundary is not None else ""),
    }


def present_value(experiment: Experiment, run: int, name: str) -> float:
    """What a number of a map is on the page."""
    everywhere = {**experiment.landscape_parameters, **experiment.runs[run].hyperparameters, "noise": experiment.noise}
    return everywhere[name]


def in_words(name: str) -> str:
    """A number's name as it is read."""
    return name.replace("_", " ")


def _address_of(picture: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(picture).decode("ascii")
