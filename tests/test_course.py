"""The page of lessons without a browser: what it asks, what it says once the picture was seen, and its address."""

import html
import re
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
from streamlit.testing.v1 import AppTest

from experiments import Experiment, to_query
from lessons import CHAPTERS, GLOSSARY, LESSONS, Choice
from ui.course.overview import overview
from ui.glossary import definition, with_terms
from ui.reference.thumbnails import thumbnail

pytestmark = pytest.mark.xdist_group("course")
SCRIPT = str(Path(__file__).parent / "lessons_page.py")
EVERY_LESSON = pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)


@pytest.fixture(scope="module")
def kept_app():
    """One visitor for all tests, who goes from lesson to lesson: opening the page takes longer."""
    return AppTest.from_file(SCRIPT, default_timeout=120)


@pytest.fixture
def app(kept_app):
    """The overview, from which a test opens what it needs."""
    return shown(kept_app, {})


def shown(app: AppTest, query: dict[str, list[str]]) -> AppTest:
    """The page at an address."""
    app.query_params.clear()
    for name, values in query.items():
        app.query_params[name] = values
    app.run()
    assert not app.exception, app.exception
    return app


def opened(app: AppTest, slug: str, changed: Experiment | None = None) -> AppTest:
    return shown(app, {"lesson": [slug], **(to_query(changed) if changed else {})})


def seen(app: AppTest) -> AppTest:
    """The page after the picture was seen to its end, which only a browser can tell."""
    app.session_state["was_seen"] = True
    app.run()
    assert not app.exception, app.exception
    return app


def texts(app: AppTest) -> str:
    """All that the page says outside the definitions, without tags."""
    words = [element.value for element in app.markdown if "fall-line-definition-text" not in element.value]
    return html.unescape(re.sub(r"<[^>]*>", "", "\n".join(words)))


def evidence(app: AppTest) -> list[str]:
    return re.findall(r'data-holds="(true|false)"', "\n".join(element.value for element in app.markdown))


@EVERY_LESSON
def test_a_lesson_asks_and_answers_only_once_it_was_seen(app, lesson):
    opened(app, lesson.slug)
    assert app.radio[0].options == [answer.text for answer in lesson.answers]
    assert app.radio[0].value is None
    assert lesson.question in texts(app)
    assert lesson.watch in texts(app)
    assert not evidence(app)
    assert lesson.explanation not in texts(app)
    seen(app)
    assert not app.radio
    assert evidence(app) == ["true"] * len(lesson.claims)
    assert next(answer.text for answer in lesson.answers if answer.right) in texts(app)
    assert lesson.explanation in texts(app)
    assert lesson.try_next in texts(app)


@EVERY_LESSON
def test_a_lesson_has_the_controls_that_it_names_and_no_others(app, lesson):
    opened(app, lesson.slug)
    kinds = [app.slider, app.select_slider, app.selectbox, app.text_input]
    named = {re.sub(r" \$.*", "", widget.label) for kind in kinds for widget in kind}
    assert named == {control.name for control in lesson.controls}
    buttons = {button.label for button in app.button if button.label}
    assert {re.sub(r" ·.*", "", label) for label in buttons} == {
        f"{lesson.chapter} {CHAPTERS[lesson.chapter - 1]}", "Watch without a guess", "Open in Compare",
        "Previous", "Next",
    }  # fmt: skip


def test_a_guess_is_kept_and_marked(app):
    opened(app, "zigzag")
    app.radio[0].set_value(0).run()
    assert app.button(key="lesson_watch").label == "Watch"
    app.button(key="lesson_watch").click().run()
    assert app.radio[0].value == 0
    seen(app)
    marks = next(element.value for element in app.markdown if "fall-line-marks" in element.value)
    assert re.findall(r'data-right="(\w+)"', marks) == ["false", "true"]
    assert "your guess" in marks.partition("</li>")[0]


def test_watching_begins_a_scene_that_does_not_wait(app):
    opened(app, "zigzag")
    before = app.session_state["scene"]
    assert app.session_state["showing"].waits is True
    app.button(key="lesson_watch").click().run()
    app.run()
    assert app.session_state["scene"] == before + 1
    assert app.session_state["showing"].waits is False


def test_a_changed_number_is_in_the_address_and_in_the_evidence(app):
    seen(opened(app, "momentum_ravine"))
    assert address(app) == {"lesson": ["momentum_ravine"]}
    before = texts(app)
    app.text_input[0].set_value("0").run()
    assert app.session_state["experiment"].runs[1].hyperparameters["momentum"] == 0
    assert evidence(app)[0] == "false"
    assert texts(app) != before
    assert address(app) == {"lesson": ["momentum_ravine"], **to_query(app.session_state["experiment"])}
    app.button(key="lesson_restart").click().run()
    app.run()
    assert address(app) == {"lesson": ["momentum_ravine"]}
    assert app.radio


def address(app: AppTest) -> dict[str, list[str]]:
    return {name: values if isinstance(values, list) else [values] for name, values in app.query_params.items()}


@EVERY_LESSON
def test_a_link_with_other_numbers_opens_with_them(app, lesson):
    changed = lesson.claims[0].broken_by
    opened(app, lesson.slug, changed)
    assert app.session_state["experiment"] == changed
    assert not app.warning
    assert parse_qs(urlencode(address(app), doseq=True), keep_blank_values=True) == {
        "lesson": [lesson.slug], **to_query(changed),
    }  # fmt: skip


@pytest.mark.parametrize("other", ["rare_features", "zigzag", "rmsprop"])
def test_a_link_with_other_runs_or_another_surface_is_refused(app, other):
    opened(app, "ravine", LESSONS[other].experiment)
    assert app.session_state["experiment"] == LESSONS["ravine"].experiment
    assert "other runs" in app.warning[0].value


def test_a_link_that_cannot_be_read_says_so_and_opens_the_lesson(app):
    shown(app, {"lesson": ["ravine"], "landscape": ["<img src=x>"], "run": ["adam~learning_rate~fast"]})
    assert app.session_state["experiment"] == LESSONS["ravine"].experiment
    assert app.warning


def test_every_surface_of_a_choice_can_be_chosen(app):
    for lesson in LESSONS.values():
        for control in lesson.controls:
            if isinstance(control, Choice):
                opened(app, lesson.slug)
                for words, option in control.options.items():
                    app.selectbox[0].set_value(words).run()
                    app.run()
                    assert app.session_state["experiment"] == option
                    assert not app.warning


@pytest.mark.parametrize("given", ["momentum-ravine", "momentum_ravine"])
def test_the_name_of_a_lesson_may_be_written_either_way(app, given):
    opened(app, given)
    assert LESSONS["momentum_ravine"].question in texts(app)


@pytest.mark.parametrize("nonsense", ["nothing", "", "<img src=x onerror=alert(1)>"])
def test_a_lesson_that_there_is_not_is_named_and_all_others_are_shown(app, nonsense):
    opened(app, nonsense)
    assert "There is no lesson" in app.warning[0].value
    assert "<img" not in app.warning[0].value.replace("\\<img", "")
    assert app.title[0].value == "Lessons"


# The overview


def test_the_overview_has_every_lesson_in_its_chapter():
    drawn = overview("light")
    chapters = re.split(r"<h2>", drawn)[1:]
    assert [html.unescape(chapter.partition("<")[0]) for chapter in chapters] == [
        f"{number}. {name}" for number, name in enumerate(CHAPTERS, 1)
    ]
    for lesson in LESSONS.values():
        card = next(
            part for part in chapters[lesson.chapter - 1].split("<li>") if f'data-lesson="{lesson.slug}"' in part
        )
        assert f'href="lessons?lesson={lesson.slug}"' in card
        assert f"fall-line/thumbnail/lesson/{lesson.slug}?theme=light" in card
        for words in (lesson.label, lesson.question, f"{lesson.minutes} minutes"):
            assert html.escape(words) in card


def test_the_picture_of_a_lesson_shows_its_own_runs():
    assert thumbnail("lesson", "momentum_ravine", "light") != thumbnail("lesson", "too_much_momentum", "light")


# The glossary in texts


def test_a_word_of_the_glossary_is_a_button_that_its_definition_describes():
    text = with_terms("In a <ravine> a learning rate of $ravine$.")
    assert text.count("<span") == 1
    assert (
        'role="button" tabindex="0" data-term="learning_rate" aria-describedby="fall-line-term-learning_rate"' in text
    )


def test_a_word_is_marked_once_on_a_page():
    seen_before: set[str] = set()
    assert "fall-line-term" in with_terms("Momentum.", seen_before)
    assert "fall-line-term" not in with_terms("More momentum.", seen_before)


def test_a_definition_has_sentence_formula_and_lesson():
    for term in GLOSSARY.values():
        drawn = definition(term)
        assert term.sentence in drawn
        assert (term.formula or f"thumbnail/landscape/{term.picture}?") in drawn
        assert f'href="lessons?lesson={term.lesson}"' in drawn
