"""The box for a formula: without a browser what it does to the experiment, in one what people see."""

import pytest
from playwright.sync_api import Page, expect

from experiments import Experiment, FormulaLandscape, Run, formula_landscape
from lessons import FIRST
from surfaces.formula_landscape import EXAMPLE
from tests.browser import PLAYER, attribute, in_browser, show, type_into, wait_for_other_paths, wait_for_paths
from tests.test_app import checked, experiment, opened

SHORT = Experiment(formula_landscape("x^2 + 3*y^2"), start=(-2.0, 1.2), steps=40, runs=(Run("gradient_descent"),))


def with_formula(text: str = "x*y", **query):
    return opened(landscape="formula", formula=text, run="adam~learning_rate~0.1", **query)


def test_the_menu_opens_an_example():
    app = opened(landscape="quadratic", run="adam~learning_rate~0.1")
    assert not [field for field in app.text_input if field.key == "formula_text"]
    checked(app.selectbox(key="landscape").select("formula").run())
    assert experiment(app).landscape == formula_landscape(EXAMPLE)
    assert app.text_input(key="formula_text").value == EXAMPLE
    assert app.query_params["formula"] in (EXAMPLE, [EXAMPLE])
    assert app.query_params["view"] in ("-6_6_-6_6", ["-6_6_-6_6"])


def test_what_is_typed_is_drawn_and_shown_as_it_was_understood():
    app = with_formula()
    checked(app.text_input(key="formula_text").set_value("2x y+sin (x)").run())
    landscape = experiment(app).landscape
    assert isinstance(landscape, FormulaLandscape)
    assert landscape.text == app.text_input(key="formula_text").value == "2*x*y + sin(x)"
    assert app.query_params["formula"] in (landscape.text, [landscape.text])
    assert any("**Your formula.** $f(x, y) = 2x" in text.value for text in app.markdown)


@pytest.mark.parametrize(
    ("text", "said", "mark"),
    [
        ("x*foo(y)", "At character 3: “foo” is not known; allowed: x, y, pi, e", "x*foo(y)\n  ^"),
        ("__import__('os')", r"At character 1: “\_\_import\_\_” is not known", "__import__('os'…\n^"),
        ("", "At character 1: the formula is empty", None),
        ("sqrt(-1 - x^2)", "can be drawn nowhere in the view", None),
    ],
)
def test_a_text_that_is_no_formula_changes_nothing_and_says_why(text, said, mark):
    app = with_formula()
    before = experiment(app)
    checked(app.text_input(key="formula_text").set_value(text).run())
    assert experiment(app) == before
    assert app.text_input(key="formula_text").value == text
    assert said.replace("\\_", "_") in app.error[0].value.replace("\\", "")
    assert [code.value for code in app.code] == ([mark] if mark else [])
    checked(app.text_input(key="formula_text").set_value("x + y").run())
    assert not app.error
    assert experiment(app).landscape == formula_landscape("x + y")


def test_the_view_is_moved_by_number_and_nothing_else_is():
    app = with_formula(start="0.5_0.5")
    before = experiment(app)
    checked(app.text_input(key="formula_view_x_to").set_value("9").run())
    assert experiment(app).landscape == formula_landscape("x*y", ((-6, 9), (-6, 6)))
    assert (experiment(app).runs, experiment(app).start) == (before.runs, before.start)
    assert app.query_params["view"] in ("-6_9_-6_6", ["-6_9_-6_6"])
    checked(app.text_input(key="formula_view_y_to").set_value("-7").run())
    assert "lower to a higher number" in app.warning[0].value.replace("\\", "")
    assert experiment(app).landscape == formula_landscape("x*y", ((-6, 9), (-6, 6)))


def test_a_formula_is_still_there_after_another_landscape():
    app = with_formula("x^2 + y^2")
    checked(app.selectbox(key="landscape").select("quadratic").run())
    assert "formula" not in app.query_params
    checked(app.selectbox(key="landscape").select("formula").run())
    assert experiment(app).landscape == formula_landscape("x^2 + y^2")
    assert app.text_input(key="formula_text").value == "x^2 + y^2"


def test_a_broken_formula_in_a_link_is_named_and_the_rest_kept():
    app = with_formula("x+<b>", steps="77")
    assert "at character 3: “<” is not allowed" in app.warning[0].value.replace("\\", "")
    assert experiment(app).steps == 77
    assert experiment(app).landscape == FIRST.experiment.landscape


@in_browser
def test_a_formula_is_typeset_while_typed_drawn_on_enter_and_kept_in_the_link(opened: Page):
    page = opened
    show(page, SHORT)
    before, field = attribute(page, "digest"), page.get_by_role("textbox", name="Formula in x and y")
    preview = page.locator(".st-key-formula_preview")
    field.fill("")
    field.press_sequentially("sqrt(1+x^2)/2 + sin(y)")
    expect(preview.locator(".katex .mfrac .sqrt")).to_be_visible(timeout=60_000)
    expect(preview.locator(".katex")).to_contain_text("sin", timeout=60_000)
    assert attribute(page, "digest") == before
    assert "x%5E2+%2B+3%2Ay%5E2" in page.url
    field.press("Enter")
    after = wait_for_other_paths(page, before)
    expect(field).to_have_value("sqrt(1 + x^2)/2 + sin(y)", timeout=60_000)
    expect(page.get_by_text("Your formula.")).to_be_visible()
    page.wait_for_url("**formula=sqrt*")
    link = page.url
    page.goto("about:blank")
    page.goto(link)
    assert wait_for_paths(page) == after


@in_browser
def test_a_mistake_is_shown_at_its_place_and_the_picture_stays(opened: Page):
    page = opened
    show(page, SHORT)
    before = attribute(page, "digest")
    type_into(page, "formula_text", "x*foo(y)")
    expect(page.get_by_role("alert")).to_contain_text("At character 3: “foo” is not known", timeout=60_000)
    expect(page.locator(".st-key-formula_preview")).to_contain_text("x*foo(y)", timeout=60_000)
    assert attribute(page, "digest") == before
    expect(page.locator(PLAYER)).to_be_visible()
