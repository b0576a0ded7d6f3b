"""The app without a browser: every entry can be chosen, and nothing that is typed breaks it."""

import math
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from experiments import MAX_RUNS, Experiment, Run, suggested_rate, to_query
from landscapes import LANDSCAPES
from lessons import LESSONS
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from ui.widgets import memory_options, short

MAIN = str(Path(__file__).parent.parent / "ui" / "main.py")


def opened(**query) -> AppTest:
    app = AppTest.from_file(MAIN, default_timeout=120)
    for name, value in query.items():
        app.query_params[name] = value
    return checked(app.run())


def checked(app: AppTest) -> AppTest:
    assert not app.exception, app.exception
    return app


def experiment(app: AppTest) -> Experiment:
    return app.session_state["experiment"]


def now(app: AppTest, key: str) -> str:
    """The key of a widget at present: one that was made to show something else has another."""
    version = app.session_state["widget_versions"].get(key, 0)
    return f"{key}~{version}" if version else key


@pytest.mark.parametrize("value", [0.0, 0.9, 0.95, 0.9999, 0.9000001, 0.123456, -0.5, 1.5])
def test_the_slider_of_a_memory_is_spaced_by_how_far_it_looks_back(value):
    options = memory_options(0.0, 0.9999, value)
    labels = [short(option) for option in options]
    assert value in options
    assert list(options) == sorted(options)
    assert len(set(labels)) == len(labels)
    assert {"0", "0.4", "0.5", "0.9", "0.99", "0.999", "0.9999"} <= set(labels)
    places = [labels.index(memory) for memory in ("0.9", "0.99", "0.999")]
    assert abs((places[1] - places[0]) - (places[2] - places[1])) <= 1


@pytest.fixture(scope="module")
def kept_apps() -> dict[str, AppTest]:
    """The page of every test that goes on with one, by the test's name."""
    return {}


@pytest.fixture
def app(kept_apps, request):
    """A page with one run, its details unfolded, that goes from case to case of a test: opening one takes as long again.

    One that failed is not gone on with.
    """
    name = request.function.__name__
    page = kept_apps.pop(name, None)
    if page is None:
        page = opened(landscape="quadratic", run="gradient_descent~learning_rate~0.01")
        page.session_state["run1_fold"] = True
        checked(page.run())
    yield page
    if not page.exception:
        kept_apps[name] = page


@pytest.mark.parametrize("slug", LANDSCAPES)
def test_every_landscape_opens(app, slug):
    checked(app.selectbox(key=now(app, "landscape")).select(slug).run())
    assert experiment(app).landscape == slug
    assert app.query_params["landscape"] in (slug, [slug])
    rate = suggested_rate(experiment(app), Run("gradient_descent"))
    assert experiment(app).runs[0].hyperparameters["learning_rate"] == rate


def shown_number(app, key, declared):
    """What stands in the box of a number, or is chosen in its menu."""
    if declared.options:
        return app.selectbox(key=now(app, f"{key}_menu")).value
    return float(app.text_input(key=now(app, f"{key}_exact")).value)


@pytest.mark.parametrize("slug", OPTIMIZERS)
def test_every_optimizer_opens_with_its_details(app, slug):
    checked(app.selectbox(key=now(app, "run1_optimizer")).select(slug).run())
    assert experiment(app).runs[0].optimizer == slug
    for name in OPTIMIZERS[slug].hyperparameters:
        if name != "learning_rate":
            declared = OPTIMIZERS[slug].hyperparameters[name]
            assert shown_number(app, f"run1_{slug}_{name}", declared) == declared.default


@pytest.mark.parametrize("slug", SCHEDULES)
def test_every_schedule_opens_with_its_details(app, slug):
    checked(app.selectbox(key=now(app, "run1_schedule")).select(slug).run())
    assert experiment(app).runs[0].schedule == slug
    for name in SCHEDULES[slug].parameters:
        assert app.text_input(key=now(app, f"run1_{slug}_{name}_exact")).value


@pytest.mark.parametrize("slug", LESSONS)
def test_every_lesson_opens(app, slug):
    checked(app.selectbox(key=now(app, "lesson_menu")).select(slug).run())
    assert experiment(app) == LESSONS[slug].experiment


def test_a_typed_rate_is_taken_and_is_in_the_address():
    app = opened()
    checked(app.text_input(key=now(app, "run1_learning_rate_exact")).set_value("0.0123").run())
    assert experiment(app).runs[0].hyperparameters["learning_rate"] == 0.0123
    assert "learning_rate~0.0123" in app.query_params["run"][0]


@pytest.mark.parametrize("nonsense", ["fast", "nan", "1e999", "", "__import__('os')", "<b>1</b>", "٣"])
def test_nonsense_changes_nothing_and_is_named(app, nonsense):
    before = experiment(app)
    checked(app.text_input(key=now(app, "run1_learning_rate_exact")).set_value(nonsense).run())
    assert experiment(app) == before
    assert f"Learning rate is “{nonsense}”" in app.warning[0].value.replace("\\", "")
    assert app.text_input(key=now(app, "run1_learning_rate_exact")).value == "0.01"


@pytest.mark.parametrize(
    ("key", "text", "named"),
    [("steps_exact", "1e9", "steps is 1000000000; allowed"), ("steps_exact", "2.5", "steps is 2.5; allowed"),
     ("start_x", "inf", "Start x is “inf”; allowed"),
     ("landscape_quadratic_condition_number_exact", "0", "Condition number is “0”; allowed: a number from"),
     ("noise_exact", "-1", "Gradient noise is “-1”; allowed")],
)  # fmt: skip
def test_a_number_that_is_not_allowed_is_named(app, key, text, named):
    before = experiment(app)
    checked(app.text_input(key=now(app, key)).set_value(text).run())
    assert experiment(app) == before
    assert named in app.warning[0].value.replace("\\", "")
    assert not app.main.warning
    assert [warning.value for warning in app.sidebar.warning] == [app.warning[0].value]


def test_angles_are_seen_and_set_in_degrees():
    app = opened(landscape="rotated_ravine", run="adam~learning_rate~0.1")
    key = "landscape_rotated_ravine_angle_exact"
    assert app.text_input(key=now(app, key)).value == "45"
    for degrees in (0.0, 30.0, 90.0):
        checked(app.text_input(key=now(app, key)).set_value(f"{degrees:g}").run())
        assert experiment(app).landscape_parameters["angle"] == math.radians(degrees)
        assert app.text_input(key=now(app, key)).value == f"{degrees:g}"
    checked(app.text_input(key=now(app, key)).set_value("91").run())
    assert "Angle is 91.0; allowed: a number from 0 to 90" in app.warning[0].value.replace("\\", "")
    assert experiment(app).landscape_parameters["angle"] == math.radians(90)


def test_what_was_wrong_is_said_no_more_once_something_is_right(app):
    checked(app.text_input(key=now(app, "start_y")).set_value("up").run())
    assert "Start y is “up”" in app.warning[0].value
    checked(app.text_input(key=now(app, "steps_exact")).set_value("70").run())
    assert not app.warning


def test_an_added_run_is_a_new_rule_at_its_suggested_rate():
    app = opened()
    before = experiment(app)
    checked(app.button(key="add_run").click().run())
    *kept, added = experiment(app).runs
    assert tuple(kept) == before.runs
    assert added.optimizer not in {run.optimizer for run in kept}
    assert added.hyperparameters["learning_rate"] == suggested_rate(before, Run(added.optimizer))


def test_every_change_is_taken_back_the_last_one_first_and_the_runs_keep_their_numbers():
    def changes_and_back():
        import streamlit as st

        from experiments import Experiment
        from ui import state

        def shown():
            return state.experiment(), list(state.run_ids())

        state.show(Experiment("quadratic"))
        st.session_state.shown = [shown()]
        for change in (
            lambda: state.set_fields(steps=70),
            lambda: state.add_run("adam"),
            lambda: state.set_landscape("beale"),
            lambda: state.move_run(0, 1),
            lambda: state.remove_run(1),
        ):
            change()
            st.session_state.shown.append(shown())
        st.session_state.back = []
        while state.can_undo():
            state.undo()
            st.session_state.back.append(shown())

    app = checked(AppTest.from_function(changes_and_back, default_timeout=120).run())
    assert len(app.session_state["back"]) == 5
    assert app.session_state["back"] == app.session_state["shown"][-2::-1]


def test_the_last_run_and_the_most_runs():
    app = opened(landscape="quadratic", run=["adam~learning_rate~0.1"] * MAX_RUNS)
    assert len(experiment(app).runs) == MAX_RUNS
    assert app.button(key="add_run").disabled


def test_a_wrong_address_is_named_and_the_rest_kept():
    app = opened(landscape="himmelblau", steps="1000000000", start="nan_1", run="adam~learning_rate~0.1")
    assert "steps is" in app.warning[0].value
    assert experiment(app).landscape == "himmelblau"
    assert experiment(app).runs[0].hyperparameters["learning_rate"] == 0.1
    assert app.query_params["steps"] in ("150", ["150"])


def test_what_a_link_contains_is_shown_as_text():
    app = opened(landscape="<img src=x onerror=alert(1)>[a](http://b)")
    assert "\\<img" in app.warning[0].value
    assert "\\[a\\]" in app.warning[0].value


def test_clipping_and_noise_reach_the_experiment():
    app = opened()
    app.session_state["run1_fold"] = True
    checked(app.run())
    checked(app.toggle(key=now(app, "run1_clips")).set_value(True).run())
    assert experiment(app).runs[0].clip_norm == 1.0
    checked(app.toggle(key=now(app, "run1_clips_components")).set_value(True).run())
    checked(app.text_input(key=now(app, "run1_clip_value_exact")).set_value("0.3").run())
    assert experiment(app).runs[0].clip_value == 0.3
    checked(app.text_input(key=now(app, "noise_exact")).set_value("0.5").run())
    assert experiment(app).noise == 0.5


def test_a_number_that_means_nothing_to_a_rule_is_refused_in_its_box():
    app = opened(**to_query(Experiment("quadratic", runs=(Run("adam"),))))
    app.session_state["run1_fold"] = True
    checked(app.run())
    checked(app.text_input(key=now(app, "run1_adam_b2_exact")).set_value("1").run())
    assert experiment(app).runs[0].hyperparameters["b2"] == 0.999
    assert "B2 is “1”; allowed: a number of at least 0 and below 1" in app.warning[0].value.replace("\\", "")


def test_what_a_number_stands_for_is_a_menu():
    app = opened(**to_query(Experiment("quadratic", runs=(Run("amsgrad"),))))
    app.session_state["run1_fold"] = True
    checked(app.run())
    menu = app.selectbox(key=now(app, "run1_amsgrad_maximum_menu"))
    assert menu.options == ["0: after the correction", "1: before it"]
    checked(menu.set_value(1).run())
    assert experiment(app).runs[0].hyperparameters["maximum"] == 1.0


def test_a_picture_that_cannot_be_drawn_leaves_the_controls(monkeypatch):
    def fails(experiment):
        raise RuntimeError("the secret of the engine")

    monkeypatch.setattr("player.recent.simulate", fails)
    app = opened(landscape="quadratic", run="adam~learning_rate~0.012345")
    assert "Something went wrong" in app.error[0].value
    assert "secret" not in app.error[0].value
    monkeypatch.undo()
    checked(app.text_input(key=now(app, "run1_learning_rate_exact")).set_value("0.2").run())
    assert not app.error


def test_the_seed_is_shown_only_where_it_does_something():
    app = opened()
    assert not [field for field in app.text_input if field.key == "seed"]
    checked(app.text_input(key=now(app, "noise_exact")).set_value("0.5").run())
    checked(app.text_input(key=now(app, "seed")).set_value("12").run())
    assert experiment(app).seed == 12


def test_a_run_with_a_start_of_its_own_says_so_and_can_give_it_up():
    app = opened(landscape="quadratic", run="adam~learning_rate~0.1~start~1_1")
    app.session_state["run1_fold"] = True
    checked(app.run())
    checked(app.button(key="run1_own_start").click().run())
    assert experiment(app).runs[0].start is None
