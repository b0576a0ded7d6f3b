"""The experiment of a session: one value, changed by callbacks, kept equal to the address of the page."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from experiments import (
    MAX_RUNS,
    Experiment,
    Query,
    Run,
    from_query,
    landscape_of,
    optimizer_of,
    to_query,
    with_rate,
)
from exports import VIEW_OPTIONS
from landscapes import Landscape
from lessons import FIRST, LESSONS
from networks import NetworkExperiment
from player import Display, display_from_query
from ui.kinds import AnyExperiment, has_same_ground, link_of, most_runs, rate_for

KEPT = (
    "experiment",
    "run_ids",
    "problems",
    "address",
    "opened_lesson",
    "opened_network_lesson",
    "field_problem",
    "past",
)  # of a page that is left
MOST_UNDONE = 50


def experiment() -> Experiment:
    """What is on the page now."""
    return st.session_state.experiment


def network() -> NetworkExperiment:
    """What is on the page of networks now."""
    return st.session_state.experiment


def run_ids() -> list[int]:
    """A number per run that stays with it when runs are moved, so that its widgets do too."""
    return st.session_state.run_ids


def open_workspace(name: str) -> None:
    """Takes up what was on the page `name` when it was left: every page with an experiment has one of its own."""
    present = st.session_state.get("workspace")
    if present == name:
        return
    left = st.session_state.setdefault("workspaces", {})
    left[present] = {field: st.session_state.pop(field) for field in KEPT if field in st.session_state}
    st.session_state.update(left.get(name, {}), workspace=name)


def synchronise_with_address() -> None:
    """Takes over what the address says when a person arrives: with a link, or from another page.

    From then on the address follows the experiment, never the other way: what a browser reports with a moved slider may
    be several changes old. Back and Forward are reported by the player, see `load_query`.
    """
    open_workspace("compare")
    arrives = st.session_state.pop("arrives", False)
    given = {name: st.query_params.get_all(name) for name in st.query_params}
    query = without_view_options(given)
    if "experiment" not in st.session_state or (arrives and query and query != to_query(experiment())):
        load_query(given)
    elif arrives:
        st.session_state.address = None


def remember_page(page: str) -> None:
    """Remembers which page is shown, so that the page knows when somebody arrives."""
    st.session_state.arrives = st.session_state.get("arrives", False) or page != st.session_state.get("page")
    st.session_state.page = page


def load_query(query: Query) -> None:
    """Shows the experiment that the address stands for now: somebody arrived, or pressed Back or Forward."""
    loaded, problems = from_query(without_view_options(query), FIRST.experiment)
    show(loaded)
    st.session_state.address = to_query(loaded) if not problems and without_view_options(query) else None
    st.session_state.problems = (*problems, *display_from_query(query)[1])


def address() -> Query:
    """What the address says: the whole experiment; of a lesson its name, and the experiment if that was changed."""
    slug = st.session_state.get("opened_lesson")
    if slug is None:
        return link_of(experiment())
    return {"lesson": [slug]} | ({} if experiment() == LESSONS[slug].experiment else link_of(experiment()))


def write_address() -> None:
    """Puts into the address what it says now, if that has changed since."""
    query = address()
    if query == st.session_state.get("address"):
        return
    st.session_state.address = query
    for stale in without_view_options(st.query_params.to_dict()).keys() - query.keys():
        del st.query_params[stale]
    st.query_params.update({name: values if len(values) > 1 else values[0] for name, values in query.items()})


def without_view_options(query: Mapping[str, Any]) -> dict[str, Any]:
    """The part of an address that is not about how the experiment is looked at."""
    return {name: values for name, values in query.items() if name not in VIEW_OPTIONS}


def display() -> Display:
    """How the address wants the experiment to be shown."""
    return display_from_query({name: st.query_params.get_all(name) for name in st.query_params})[0]


def view_option(name: str) -> str | None:
    """How the experiment is looked at, as the address has it."""
    return st.query_params.get(name)


def set_view_option(name: str, value: str | None) -> None:
    """Puts how the experiment is looked at into the address, or takes it out with None."""
    if value is not None:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def show(shown: AnyExperiment) -> None:
    """Replaces the experiment; all runs count as new."""
    change(shown)
    redraw_page()
    new_scene()
    st.session_state.run_ids = [_new_id() for _ in shown.runs]


def new_scene() -> None:
    """What comes is another experiment, not a change of this one: it plays from the beginning."""
    st.session_state.scene = st.session_state.get("scene", 0) + 1


def change(changed: AnyExperiment) -> None:
    """Replaces the experiment; its runs are the ones that were there, in their order. What was there can come back."""
    before = st.session_state.get("experiment")
    if before is not None and before != changed:
        past = st.session_state.get("past", [])
        st.session_state.past = [*past, (before, list(run_ids()))][-MOST_UNDONE:]
    st.session_state.experiment = changed
    report_problems()


def can_undo() -> bool:
    """Whether there was another experiment on this page before."""
    return bool(st.session_state.get("past"))


def undo() -> None:
    """Takes back the last change of the experiment."""
    if not can_undo():
        return
    *past, (before, ids) = st.session_state.past
    if not has_same_ground(before, experiment()):
        new_scene()
    redraw_page()
    st.session_state.update(past=past, experiment=before, run_ids=ids)
    report_problems()


def report_problems(*problems: str) -> None:
    """What the page says was wrong from now on; nothing more at any field."""
    if problems or st.session_state.get("problems") or st.session_state.get("field_problem"):
        redraw_page()
    st.session_state.update(problems=problems, field_problem=None)


def report_at_field(key: str, describe: Callable[[str], str]) -> None:
    """Has what was just found wrong, if anything was, said at the field with that key, as `describe` puts it."""
    problems = st.session_state.problems
    if problems:
        st.session_state.update(problems=(), field_problem=(key, describe(problems[0])))


def problem_at(key: str) -> str | None:
    """What was wrong with what was typed into the field with that key."""
    field, problem = st.session_state.get("field_problem") or (None, None)
    return problem if field == key else None


def redraw_page() -> None:
    """Asks for a run of the whole page, even if the change came from a part of it that can run alone."""
    st.session_state.page_is_stale = True


def attempt(make: Callable[[], AnyExperiment]) -> None:
    """Changes the experiment if it can be made, else says what was wrong with it."""
    attempt_to(lambda: change(make()))


def attempt_to(act: Callable[[], None]) -> None:
    """Does `act`; if a number in it is not allowed, nothing changes and the page says what was wrong."""
    try:
        act()
    except ValueError as error:
        report_problems(f"{error}. Nothing was changed.")


def set_fields(**fields: Any) -> None:
    """Changes fields of the experiment."""
    attempt(lambda: replace(experiment(), **fields))


def set_landscape(landscape: str | Landscape) -> None:
    """Another surface: its first start, and for every run the rate that suits it."""
    new_scene()
    redraw_page()
    shown = experiment()
    bare = Experiment(
        landscape, steps=shown.steps, seed=shown.seed, noise=shown.noise, runs=_without_starts(shown.runs)
    )
    examples = len(landscape_of(bare).training or ())
    if shown.batch_size and examples:
        bare = replace(bare, batch_size=min(shown.batch_size, examples))
    change(replace(bare, runs=tuple(with_rate(run, rate_for(bare, run)) for run in bare.runs)))


def set_landscape_parameter(name: str, value: float) -> None:
    """Changes one number of the surface."""
    attempt(lambda: replace(experiment(), landscape_parameters={**experiment().landscape_parameters, name: value}))


def next_start() -> None:
    """The start after the present one in the landscape's list."""
    starts = landscape_of(experiment()).starts
    present = experiment().start
    index = starts.index(present) if present in starts else -1
    set_fields(start=starts[(index + 1) % len(starts)])


def set_run(index: int, **fields: Any) -> None:
    """Changes fields of one run."""
    attempt(lambda: _with_run(index, replace(experiment().runs[index], **fields)))


def set_optimizer(index: int, slug: str) -> None:
    """Another rule for one run, at the rate that suits it; its schedule, clipping and start stay."""
    redraw_page()
    run = replace(experiment().runs[index], optimizer=slug, hyperparameters={})
    set_run(index, optimizer=slug, hyperparameters=with_rate(run, rate_for(experiment(), run)).hyperparameters)


def set_hyperparameter(index: int, name: str, value: float) -> None:
    """Changes one number of a run's rule."""
    set_run(index, hyperparameters={**experiment().runs[index].hyperparameters, name: value})


def set_schedule(index: int, slug: str) -> None:
    """Another schedule for one run, at its defaults."""
    redraw_page()
    set_run(index, schedule=slug, schedule_parameters={})


def set_schedule_parameter(index: int, name: str, value: float) -> None:
    """Changes one number of a run's schedule."""
    set_run(index, schedule_parameters={**experiment().runs[index].schedule_parameters, name: value})


def add_run(slug: str) -> None:
    """One more run, of the rule that is given, at a rate that suits the surface."""
    redraw_page()
    if len(experiment().runs) >= most_runs(experiment()):
        return
    run = Run(slug)
    run = with_rate(run, rate_for(experiment(), run))
    change(replace(experiment(), runs=(*experiment().runs, run)))
    run_ids().append(_new_id())


def duplicate_run(index: int) -> None:
    """The same run once more, below itself."""
    redraw_page()
    runs = experiment().runs
    if len(runs) >= most_runs(experiment()):
        return
    change(replace(experiment(), runs=(*runs[: index + 1], *runs[index:])))
    run_ids().insert(index + 1, _new_id())


def start_all_at(point: tuple[float, float]) -> None:
    """Every run starts at `point`, also those that had a start of their own."""
    if any(run.start is not None for run in experiment().runs):
        redraw_page()
    attempt(lambda: replace(experiment(), start=point, runs=_without_starts(experiment().runs)))


def repeat_from(point: tuple[float, float]) -> None:
    """Every run once more, from `point`; runs that differ only in their start count as one."""
    redraw_page()
    runs = experiment().runs
    repeated = [replace(run, start=point) for run in dict.fromkeys(_without_starts(runs))]
    added = [run for run in repeated if run not in runs][: MAX_RUNS - len(runs)]
    attempt_to(lambda: _append(added))
    if len(added) < len(repeated) and len(experiment().runs) == MAX_RUNS:
        report_problems(f"There is room for {MAX_RUNS} runs; {len(repeated) - len(added)} could not be repeated.")


def _append(runs: list[Run]) -> None:
    change(replace(experiment(), runs=(*experiment().runs, *runs)))
    run_ids().extend(_new_id() for _ in runs)


def remove_run(index: int) -> None:
    """Takes a run away; the last one stays."""
    redraw_page()
    runs = experiment().runs
    if len(runs) > 1:
        change(replace(experiment(), runs=(*runs[:index], *runs[index + 1 :])))
        del run_ids()[index]


def move_run(index: int, by: int) -> None:
    """Changes places with a neighbour."""
    redraw_page()
    other = index + by
    if 0 <= other < len(experiment().runs):
        runs, ids = list(experiment().runs), run_ids()
        runs[index], runs[other] = runs[other], runs[index]
        change(replace(experiment(), runs=tuple(runs)))
        ids[index], ids[other] = ids[other], ids[index]


def next_unused_optimizer(slugs: list[str]) -> str:
    """The first rule that is not on the page yet, else the first."""
    used = {optimizer_of(run).slug for run in experiment().runs}
    return next((slug for slug in slugs if slug not in used), slugs[0])


def _with_run(index: int, run: Run) -> Experiment:
    runs = experiment().runs
    return replace(experiment(), runs=(*runs[:index], run, *runs[index + 1 :]))


def _without_starts(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    return tuple(replace(run, start=None) for run in runs)


def _new_id() -> int:
    st.session_state.last_id = st.session_state.get("last_id", 0) + 1
    return st.session_state.last_id
