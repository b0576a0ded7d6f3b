"""What a link says of how its experiment is shown: hidden, locked, waiting at the start, in presenter mode."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments import from_query, to_query
from exports import follow
from lessons import FIRST
from player import HIDEABLE, Display, display_from_query, display_to_query
from tests.strategies import experiments
from tests.test_app import opened

displays = st.builds(
    Display, st.frozensets(st.sampled_from(sorted(HIDEABLE))), st.booleans(), st.booleans(), st.booleans()
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(experiments(), displays)
def test_every_link_gives_back_its_experiment_and_how_it_is_shown(experiment, display):
    query = to_query(experiment) | display_to_query(display)
    assert display_from_query(query) == (display, ())
    plain = {name: values for name, values in query.items() if name not in display_to_query(display)}
    assert from_query(plain, FIRST.experiment) == (experiment, ())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"hide": ["minima~moon"]}, "hide is “moon”; allowed: minima, start, "),
        ({"lock": ["door"]}, "lock is “door”; allowed: landscape."),
        ({"paused": ["yes"]}, "paused is “yes”; allowed: 1."),
        ({"present": ["2"]}, "present is “2”; allowed: 1."),
    ],
)
def test_a_wrong_part_is_said_and_the_rest_is_kept(query, said):
    display, (problem,) = display_from_query({"paused": ["1"], "hide": ["start"], "lock": ["landscape"]} | query)
    assert problem.startswith(said)
    assert problem.endswith("It is left out.")
    assert display.paused == ("paused" not in query)
    assert display.locked == ("lock" not in query)
    assert display.hidden == ({"minima"} if "hide" in query else {"start"})
    with pytest.raises(ValueError, match=said.partition(";")[0]):
        follow("lesson=zigzag&" + "&".join(f"{name}={values[0]}" for name, values in query.items()))


def keys(app):
    """The beginnings of the keys of all widgets on the page, without the number of a run."""
    widgets = [*app.selectbox, *app.text_input, *app.button, *app.select_slider]
    return {re.sub(r"^run\d+_", "", widget.key.partition("~")[0]) for widget in widgets if widget.key}


PARTS = {
    "start": {"start_x", "start_y", "next_start"},
    "details": {"steps_slider", "lesson_menu"},
    "optimizers": {"optimizer", "add_run"},
    "rates": {"learning_rate_slider", "learning_rate_exact"},
    "schedules": {"fold_button"},
}


def test_what_can_be_hidden_is_there_otherwise():
    assert set().union(*PARTS.values()) <= keys(opened())


@pytest.mark.parametrize("part", PARTS)
def test_what_is_hidden_is_not_on_the_page_and_the_rest_is(part):
    app = opened(hide=part, scale="log")
    assert not PARTS[part] & keys(app)
    assert set().union(*(names for other, names in PARTS.items() if other != part)) <= keys(app)


def test_a_locked_landscape_cannot_be_changed():
    app = opened(lock="landscape")
    assert app.selectbox(key="landscape").disabled
    assert "lesson_menu" not in keys(app)
    assert not opened().selectbox(key="landscape").disabled


def test_the_page_says_what_it_cannot_hide():
    app = opened(hide="moon")
    assert "moon" in app.warning[0].value
    assert app.session_state["experiment"] == FIRST.experiment
