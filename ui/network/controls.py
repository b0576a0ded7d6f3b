"""The controls of Network: what is learned, by which network, how the plane is looked at, and one card per run."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from networks import (
    DATA_SETS,
    FEWEST_POINTS,
    HELD_OUT,
    L2,
    MOST_LAYERS,
    MOST_POINTS,
    MOST_UNITS,
    NETWORK_LESSONS,
    NetworkExperiment,
    losses_for,
    with_data,
)
from ui import state
from ui.controls import STYLE, add_button, batch_control, run_card, seed_control, steps_control
from ui.fragments import runs_alone
from ui.network.lessons import NO_LESSON, open_lesson, opened_lesson
from ui.open_menus import keep_open_menus
from ui.run_menu import run_menu
from ui.widgets import controlled_key, edited, number, parameter, row

PLANES = {"pca": "runs' own", "ends": "two ends", "random": "random"}
LOSSES_OF = {"training": "training", "held_out": "held out"}
ACTIVATION_NAMES = {"tanh": "tanh", "relu": "ReLU", "sigmoid": "sigmoid", "gelu": "GELU"}
INITIALIZATION_NAMES = {
    "glorot": "Glorot",
    "he": "He",
    "small": "too small",
    "large": "too large",
    "zero": "all zero",
}
LOSS_NAMES = {"cross_entropy": "cross entropy", "squared": "squared error"}
PLANE_HELP = (
    "The plane through the weights on which the loss is drawn: along the two directions in which the runs move most, "
    "through the start and the ends of the first two runs, or along two random directions around the first run's end, as "
    "long as its weights."
)
ON_HELP = "Over the examples that the networks are trained on, or over those that are held out."


def network_controls(plane: str, on: str) -> None:
    """All controls, for the side of the page."""
    run_menu()
    keep_open_menus()
    st.html(STYLE)
    with st.container(key="controls", gap="xsmall"):
        lesson_menu()
        data_menu()
        with st.container(horizontal=True, gap="small", wrap=False):
            view_menu("plane", "Plane", PLANES, plane, PLANE_HELP)
            view_menu("on", "Its loss over", LOSSES_OF, on, ON_HELP)
        network_details("network")
        st.markdown(":small[**Runs**: rule and learning rate $\\eta$]")
        for index, run_id in enumerate(state.run_ids()):
            run_card(f"run{run_id}", index)
        add_button()


def lesson_menu() -> None:
    """Ready-made experiments with a few words each; everything in them can be changed."""
    opened = opened_lesson()
    labels = {NO_LESSON: "Lessons", **{slug: lesson.label for slug, lesson in NETWORK_LESSONS.items()}}
    menu("lesson", "Lesson", labels, opened.slug if opened else NO_LESSON, open_lesson, named=False)


def data_menu() -> None:
    """What is learned."""

    def chosen(data: str) -> None:
        state.new_scene()
        state.redraw_page()
        state.change(with_data(state.network(), data))

    labels = {slug: f"{entry.label} · {entry.task}" for slug, entry in DATA_SETS.items()}
    menu("data", "Data", labels, state.network().data, chosen, named=False)


def view_menu(name: str, label: str, options: Mapping[str, str], shown: str, help: str) -> None:
    """How the plane is looked at, which is no part of the experiment."""

    def chosen(option: str) -> None:
        state.set_view_option(name, None if option == next(iter(options)) else option)

    menu(f"view_{name}", label, options, shown, chosen, help)


@runs_alone
def network_details() -> None:
    """The network, its training and its examples; folded away."""
    with st.expander("Network, training, examples", key="network_fold", type="compact"):
        shown = state.network()
        hidden_controls(shown.hidden)
        menu("activation", "Activation", ACTIVATION_NAMES, shown.activation, _set("activation"),
             "What every hidden unit does with its sum.")  # fmt: skip
        menu("initialization", "First weights", INITIALIZATION_NAMES, shown.initialization, _set("initialization"),
             "How widely the first weights are drawn; biases start at 0.")  # fmt: skip
        losses = losses_for(shown.data_set)
        if len(losses) > 1:
            menu("loss", "Loss", {name: LOSS_NAMES[name] for name in losses}, str(shown.loss), _set("loss"),
                 "What is made small: cross entropy is for classes, squared error for numbers, too.")  # fmt: skip
        parameter("L2 penalty", "l2", shown.l2, L2, _set("l2"))
        steps_control()
        batch_control(shown.trained_on)
        seed_control()
        examples_controls(shown)


def hidden_controls(hidden: Sequence[int]) -> None:
    """How many hidden layers there are, and the units of each."""

    def set_count(count: int) -> None:
        state.redraw_page()
        added = [hidden[-1] if hidden else MOST_UNITS // 2] * (count - len(hidden))
        state.set_fields(hidden=(*hidden[:count], *added))

    key = controlled_key("layers", len(hidden))
    st.select_slider("Hidden layers", range(MOST_LAYERS + 1), len(hidden), key=key, on_change=edited(key, set_count),
                     help="With none, the network is a single line: a perceptron.")  # fmt: skip
    for layer, units in enumerate(hidden):
        unit_key = controlled_key(f"units_{layer}", units)
        st.select_slider(
            f"Units of layer {layer + 1}", range(1, MOST_UNITS + 1), units, key=unit_key,
            on_change=edited(unit_key, _set_units(hidden, layer)),
        )  # fmt: skip


def examples_controls(shown: NetworkExperiment) -> None:
    """How many examples there are, how far they stray, how many are held out, and their seed."""
    assert shown.noise is not None
    key = controlled_key("points", shown.points)
    options = sorted({*range(FEWEST_POINTS, MOST_POINTS + 1, 10), shown.points})
    st.select_slider("Examples", options, shown.points, key=key, on_change=edited(key, _set_points),
                     help="How many there are, those held out among them.")  # fmt: skip
    parameter("Noise of the examples", "data_noise", shown.noise, shown.data_set.noise, _set("noise"))
    parameter("Share held out", "held_out", shown.held_out, HELD_OUT, _set("held_out"))
    with row():
        number("Seed of the examples", "data_seed", shown.data_seed,
               lambda value: state.set_fields(data_seed=int(value) if value.is_integer() else value),
               help="The same seed draws the same examples again.")  # fmt: skip


def menu(
    name: str, label: str, options: Mapping[str, str], shown: str, chosen: Callable[[str], None],
    help: str | None = None, named: bool = True,
) -> None:  # fmt: skip
    """A choice among named options."""
    key = controlled_key(f"network_{name}", shown)
    st.selectbox(
        label, list(options), list(options).index(shown), key=key, format_func=options.__getitem__, help=help,
        label_visibility="visible" if named else "collapsed", on_change=edited(key, chosen),
    )  # fmt: skip


def _set(field: str):
    return lambda value: state.set_fields(**{field: value})


def _set_units(hidden: Sequence[int], layer: int):
    return lambda units: state.set_fields(hidden=(*hidden[:layer], units, *hidden[layer + 1 :]))


def _set_points(points: int) -> None:
    """Another number of examples; a batch that is larger than what is left is one of all."""
    present = state.network()
    bare = replace(present, points=points, batch_size=None)
    size = present.batch_size
    kept = size if size is not None and size <= bare.trained_on else None
    state.attempt(lambda: replace(bare, batch_size=kept))
