"""A run as it stands in an address, and back: `adam~learning_rate~0.01~b1~0.9~schedule~cosine~clip_norm~1`."""

from collections.abc import Callable

from catalogue import exact_text, quoted
from experiments.checks import entry, positive, start_in
from experiments.experiment import Run, optimizer_of, schedule_of
from experiments.query import Reader, finite_text, parse_point, point_text, slug_in, within
from landscapes import Landscape
from optimizers import OPTIMIZERS, Optimizer
from schedules import SCHEDULES, Schedule

SCHEDULE_PREFIX = "schedule."


def run_text(run: Run) -> str:
    """Every number of the run, by name, all between tildes."""
    parts = [optimizer_of(run).slug]
    for name, value in run.hyperparameters.items():
        parts += [name, exact_text(value)]
    parts += ["schedule", schedule_of(run).slug]
    for name, value in run.schedule_parameters.items():
        parts += [SCHEDULE_PREFIX + name, exact_text(value)]
    for name, limit in (("clip_norm", run.clip_norm), ("clip_value", run.clip_value)):
        if limit is not None:
            parts += [name, exact_text(limit)]
    if run.start is not None:
        parts += ["start", point_text(run.start)]
    return "~".join(parts)


def read_runs(
    reader: Reader, fallback: tuple[Run, ...], most: int, landscape: Landscape | None, dimension: int = 2
) -> tuple[Run, ...]:
    """The runs of a query, at `most` so many.

    Args:
      landscape: in whose domain a run may have a start of its own; None where none may.
      dimension: that the rules must be for.
    """
    texts = reader.query.pop("run", [])
    if not texts:
        reader.problems.append("run is missing; the usual runs are used instead.")
        return fallback
    if len(texts) > most:
        reader.problems.append(f"run is given {len(texts)} times; allowed: 1 to {most}. The first {most} are used.")
    return tuple(_read_run(reader, number, text, landscape, dimension) for number, text in enumerate(texts[:most], 1))


def _read_run(reader: Reader, number: int, text: str, landscape: Landscape | None, dimension: int) -> Run:
    """One run: its rule, then names and values in turn."""
    slug, *rest = text.split("~")
    inner = Reader({name: [value] for name, value in zip(rest[::2], rest[1::2], strict=False)}, f"run {number}: ")
    if len(rest) % 2:
        reader.problems.append(f"run {number}: {quoted(rest[-1])} has no value and was left out.")
    optimizer = inner.parse("optimizer", slug, _rule_for(dimension), OPTIMIZERS["gradient_descent"])
    hyperparameters = {
        name: inner.read(name, within(parameter), parameter.default)
        for name, parameter in optimizer.hyperparameters.items()
        if name in inner.query or name == "learning_rate"
    }
    schedule = SCHEDULES["constant"]
    if "schedule" in inner.query:
        schedule = inner.read("schedule", slug_in("schedule", SCHEDULES, Schedule), schedule)
    schedule_parameters = {
        name: inner.read(SCHEDULE_PREFIX + name, within(parameter), parameter.default)
        for name, parameter in schedule.parameters.items()
        if SCHEDULE_PREFIX + name in inner.query
    }
    start = None
    limits = {
        name: inner.read(name, lambda text: positive("", finite_text(text)), None)
        for name in ("clip_norm", "clip_value")
        if name in inner.query
    }
    if landscape is not None and "start" in inner.query:
        start = inner.read("start", lambda text: start_in(landscape, "start", parse_point(text)), None)
    inner.report_unknown()
    reader.problems.extend(inner.problems)
    return Run(optimizer.slug, hyperparameters, schedule.slug, schedule_parameters, start=start, **limits)


def _rule_for(dimension: int) -> Callable[[str], Optimizer]:
    """Reads a rule that is for so many dimensions."""

    def parse(text: str) -> Optimizer:
        optimizer = entry("optimizer", text, OPTIMIZERS, Optimizer)
        if optimizer.largest_dimension is not None and dimension > optimizer.largest_dimension:
            raise ValueError(
                f"allowed: a rule for {dimension} dimensions, and not this one, which is for up to "
                f"{optimizer.largest_dimension}: {optimizer.why_not_larger.removesuffix('.')}"
            )
        return optimizer

    return parse
