"""The controls of Compare: what surface, from where, for how long, and one card per run.

What one reaches for while talking is at hand: the surface, the start, and every run's rule and rate, in two rows each.
Everything else is folded away.
"""

from pathlib import Path

import streamlit as st

from experiments import Run, draws_batches, landscape_of, optimizer_of, schedule_of
from landscapes import FAMILIES, LANDSCAPES
from lessons import LESSONS
from optimizers import OPTIMIZERS
from player import swatch
from schedules import SCHEDULES
from surfaces import FORMULA_SLUG
from ui import state
from ui.clipping import clip_controls
from ui.dragged_rate import follow_dragged_rate
from ui.formula_box import choose_formula, formula_box
from ui.fragments import runs_alone
from ui.kinds import most_runs, rules_for
from ui.open_file import open_file
from ui.open_menus import keep_open_menus
from ui.run_menu import run_menu, run_menu_button
from ui.widgets import controlled_key, edited, log_options, log_slider, number, parameter, row

NOISE_RANGE = (0.01, 100.0)
NOISE_HELP = "Random error added to every gradient, the same for all runs, as small batches cause it. 0 adds none."
BATCH_HELP = (
    "How many training examples each gradient is averaged over. Every epoch uses each example once, in an order drawn "
    "from the seed, the same for all runs."
)
SEED_HELP = "The same seed draws the same noise again, here and on any machine that opens the link."
BY_FAMILY = sorted(LANDSCAPES, key=lambda slug: (FAMILIES.index(LANDSCAPES[slug].family), LANDSCAPES[slug].label))
BY_YEAR = sorted(OPTIMIZERS, key=lambda slug: (OPTIMIZERS[slug].year, OPTIMIZERS[slug].label))
NO_LESSON = ""
STYLE = Path(__file__).parent / "controls.css"


def controls() -> None:
    """All controls, for the side of the page."""
    run_menu()
    keep_open_menus()
    st.html(STYLE)
    with st.container(key="controls", gap="xsmall"):
        landscape_menu()
        formula_box()
        surface_controls("surface")
        landscape_facts()
        st.markdown(":small[**Runs**: rule and learning rate $\\eta$]")
        for index, run_id in enumerate(state.run_ids()):
            run_card(f"run{run_id}", index)
        if state.display().shows("optimizers"):
            add_button()
    follow_dragged_rate({index: f"run{run_id}_learning_rate" for index, run_id in enumerate(state.run_ids())})


def lesson_menu() -> None:
    """Ready-made experiments with a few words each."""
    current = next((slug for slug, lesson in LESSONS.items() if lesson.experiment == state.experiment()), NO_LESSON)
    key, options = controlled_key("lesson_menu", current), [NO_LESSON, *LESSONS]

    def chosen(slug: str) -> None:
        if slug in LESSONS:
            state.show(LESSONS[slug].experiment)

    st.selectbox(
        "Lesson",
        options,
        options.index(current),
        key=key,
        format_func=lambda slug: LESSONS[slug].label if slug else "Your own experiment",
        help="Ready-made experiments; everything in them can be changed.",
        on_change=edited(key, chosen),
    )


def landscape_menu() -> None:
    """The surfaces, by family; last, a formula of one's own."""
    slug, options = landscape_of(state.experiment()).slug, [*BY_FAMILY, FORMULA_SLUG]
    key = controlled_key("landscape", slug)
    st.selectbox(
        "Landscape",
        options,
        options.index(slug),
        key=key,
        label_visibility="collapsed",
        disabled=state.display().locked,
        format_func=_landscape_label,
        help="The loss over two parameters. Each run gets a rate that suits the new surface.",
        on_change=edited(
            key, lambda chosen: choose_formula() if chosen == FORMULA_SLUG else state.set_landscape(chosen)
        ),
    )


def landscape_facts() -> None:
    """The formula of the surface, where it comes from, and the way to the gallery; folded away."""
    landscape = landscape_of(state.experiment())
    with st.expander("Formula and source", key="landscape_facts", on_change="rerun", type="compact") as fold:
        if fold.open:
            st.latex(landscape.formula)
            st.markdown(f":small[{landscape.reference}. [All landscapes](landscapes)]")


@runs_alone
def surface_controls() -> None:
    """The start; folded away the steps, the landscape's numbers, the noise and the seed, and the lessons."""
    display = state.display()
    if display.shows("start"):
        start_controls()
    if display.shows("details"):
        with st.expander("Steps, surface, noise, lessons", key="surface_fold", type="compact"):
            surface_details()


def surface_details() -> None:
    """What all runs share, beside the surface and the start."""
    experiment, landscape = state.experiment(), landscape_of(state.experiment())
    steps_control()
    for name, declared in landscape.parameters.items():
        value, key = experiment.landscape_parameters[name], f"landscape_{landscape.slug}_{name}"
        parameter(name.replace("_", " ").capitalize(), key, value, declared, _landscape_commit(name))
    if landscape.training is not None:
        batch_control(len(landscape.training))
    noise_control()
    if experiment.noise > 0 or draws_batches(experiment):
        seed_control()
    if not state.display().locked:
        lesson_menu()
        open_file()


def start_controls() -> None:
    """Where all runs start, by number; the contour takes clicks too."""
    x, y = state.experiment().start or (0.0, 0.0)
    with row():
        number(
            "Start $x$", "start_x", x, lambda value: state.set_fields(start=(value, _start()[1])),
            help="Where all runs start. A click on the contour moves it too.",
        )  # fmt: skip
        number("Start $y$", "start_y", y, lambda value: state.set_fields(start=(_start()[0], value)))
        st.button("", icon=":material/shuffle:", key="next_start", help="The next of this surface's suggested starts.",
                  on_click=state.next_start)  # fmt: skip


def steps_control() -> None:
    """How many steps are taken."""
    steps = state.experiment().steps
    options = tuple(sorted({int(option) for option in log_options(10.0, 2000.0, 10.0)} | {steps}))
    with row():
        key = controlled_key("steps_slider", steps)
        st.select_slider(
            "Steps", options, steps, key=key, help="How many updates every run makes.",
            on_change=edited(key, lambda chosen: state.set_fields(steps=chosen)),
        )  # fmt: skip
        number("Steps", "steps_exact", steps, lambda value: state.set_fields(steps=_as_whole(value)), hidden=True)


def seed_control() -> None:
    """The seed of everything random."""
    with row():
        number(
            "Seed", "seed", state.experiment().seed, lambda value: state.set_fields(seed=_as_whole(value)), help=SEED_HELP
        )  # fmt: skip


def batch_control(examples: int) -> None:
    """How many examples a gradient is made of: from one to all."""
    shown = state.experiment().batch_size or examples
    powers = {2**power for power in range(examples.bit_length()) if 2**power < examples}
    options = tuple(sorted(powers | {examples, shown}))
    with row():
        key = controlled_key("batch_slider", shown)
        st.select_slider(
            "Batch size", options, shown, key=key, help=BATCH_HELP,
            format_func=lambda size: f"all {examples}" if size == examples else str(size),
            on_change=edited(key, lambda size: _set_batch_size(size, examples)),
        )  # fmt: skip
        number("Batch size", "batch_exact", shown, lambda size: _set_batch_size(_as_whole(size), examples), hidden=True)


def noise_control() -> None:
    """The noise: a logarithmic slider that begins at none."""
    noise = state.experiment().noise
    with row():
        options = log_options(*NOISE_RANGE, noise, zero=True)
        log_slider("Gradient noise $\\sigma$", "noise_slider", noise, options, _set_noise, NOISE_HELP)
        number("Gradient noise", "noise_exact", noise, _set_noise, hidden=True)


@runs_alone
def run_card(index: int) -> None:
    """One run: its colour, rule, rate and schedule, the rest folded away."""
    run, key = state.experiment().runs[index], f"run{state.run_ids()[index]}"
    optimizer, display = optimizer_of(run), state.display()
    with st.container(key=f"{key}_card", gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", wrap=False):
            st.markdown(swatch(index), width=34)
            if display.shows("optimizers"):
                optimizer_menu(index, optimizer.slug, key)
            else:
                st.markdown(optimizer.label)
            unfolded = display.shows("schedules") and fold_button(f"{key}_fold", index)
            if display.shows("optimizers"):
                run_menu_button(index)
        if display.shows("rates"):
            parameter(
                "Learning rate", f"{key}_learning_rate", run.hyperparameters["learning_rate"],
                optimizer.hyperparameters["learning_rate"],
                lambda value: state.set_hyperparameter(index, "learning_rate", value), named=False,
            )  # fmt: skip
        if unfolded:
            with st.container(border=True, key=f"{key}_details", gap="small"):
                run_details(index, run, key)


def optimizer_menu(index: int, slug: str, key: str) -> None:
    """Which rule the run goes by."""
    optimizer_key = controlled_key(f"{key}_optimizer", slug)
    st.selectbox(
        f"Optimizer of run {index + 1}", BY_YEAR, BY_YEAR.index(slug), key=optimizer_key,
        label_visibility="collapsed", format_func=lambda slug: OPTIMIZERS[slug].label,
        on_change=edited(optimizer_key, lambda slug: state.set_optimizer(index, slug)),
    )  # fmt: skip


def fold_button(key: str, index: int) -> bool:
    """Unfolds everything else of a run, or folds it; returns whether it is unfolded."""
    unfolded = st.session_state.setdefault(key, False)

    def fold_or_unfold() -> None:
        st.session_state[key] = not unfolded

    purpose = f"Run {index + 1}: schedule, other numbers of its rule, clipping"
    icon = ":material/expand_less:" if unfolded else ":material/tune:"
    st.button("", icon=icon, key=f"{key}_button", type="tertiary", help=purpose, on_click=fold_or_unfold)
    return unfolded


def schedule_menu(index: int, run: Run, key: str) -> None:
    """How the rate changes over the run."""
    schedule = schedule_of(run).slug
    schedule_key = controlled_key(f"{key}_schedule", schedule)
    st.selectbox(
        "Schedule", list(SCHEDULES), list(SCHEDULES).index(schedule), key=schedule_key,
        format_func=lambda slug: SCHEDULES[slug].label, help="How the learning rate changes over the run.",
        on_change=edited(schedule_key, lambda slug: state.set_schedule(index, slug)),
    )  # fmt: skip


def run_details(index: int, run: Run, key: str) -> None:
    """Everything of a run that is folded away: the schedule and its numbers, hyperparameters, clipping."""
    optimizer, schedule = optimizer_of(run), schedule_of(run)
    schedule_menu(index, run, key)
    st.latex(optimizer.formula)
    st.caption(optimizer.teaches)
    for name, declared in optimizer.hyperparameters.items():
        if name != "learning_rate":
            parameter(
                name.replace("_", " ").capitalize(), f"{key}_{optimizer.slug}_{name}", run.hyperparameters[name],
                declared, _commit(state.set_hyperparameter, index, name),
            )  # fmt: skip
    if schedule.parameters:
        st.latex(schedule.formula)
        st.caption(schedule.teaches)
    for name, declared in schedule.parameters.items():
        parameter(
            name.replace("_", " ").capitalize(), f"{key}_{schedule.slug}_{name}", run.schedule_parameters[name],
            declared, _commit(state.set_schedule_parameter, index, name),
        )  # fmt: skip
    clip_controls(index, run, key)
    if run.start is not None:
        st.button(
            f"Starts at ({run.start[0]:.4g}, {run.start[1]:.4g}): use the common start", key=f"{key}_own_start",
            on_click=state.set_run, args=(index,), kwargs={"start": None},
        )  # fmt: skip


def add_button() -> None:
    """One more run, of a rule that is not there yet."""
    most = most_runs(state.experiment())
    full = len(state.experiment().runs) >= most
    slug = state.next_unused_optimizer(rules_for(state.experiment(), BY_YEAR))
    st.button(
        "Add a run", icon=":material/add:", key="add_run", width="stretch", disabled=full,
        help=f"At most {most} runs." if full else f"Adds {OPTIMIZERS[slug].label}, at a rate found by trying.",
        on_click=state.add_run, args=(slug,),
    )  # fmt: skip


def _landscape_label(slug: str) -> str:
    return "Your own formula" if slug == FORMULA_SLUG else f"{LANDSCAPES[slug].label} · {LANDSCAPES[slug].family}"


def _landscape_commit(name: str):
    return lambda value: state.set_landscape_parameter(name, value)


def _commit(change, index: int, name: str):
    return lambda value: change(index, name, value)


def _as_whole(value: float) -> float | int:
    """2.0 is a whole number to a person who types it."""
    return int(value) if value.is_integer() else value


def _set_batch_size(size: float, examples: int) -> None:
    state.set_fields(batch_size=None if size == examples else size)


def _set_noise(noise: float) -> None:
    state.set_fields(noise=noise)


def _start() -> tuple[float, ...]:
    return state.experiment().start or (0.0, 0.0)
