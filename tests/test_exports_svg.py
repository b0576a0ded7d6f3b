"""The picture in lines, and the handout that it is printed on."""

import re
import xml.etree.ElementTree as ElementTree
from html import escape
from itertools import product

import numpy as np
import pytest

from experiments import Experiment, Run, formula_landscape, simulate
from exports import to_handout, to_svg
from exports.svg import LEFT, TOP, WIDTH, round_numbers
from landscapes import LANDSCAPES
from lessons import LESSONS
from player import SCALES, run_labels
from tests.browser import in_browser

SVG = "{http://www.w3.org/2000/svg}"
FOUR = Experiment(
    "himmelblau",
    steps=40,
    start=(-1.0, 4.0),
    runs=(Run("adam", {"learning_rate": 0.1}), Run("momentum"), Run("rmsprop"), Run("gradient_descent")),
)


def drawn(experiment, **look):
    return ElementTree.fromstring(to_svg(experiment, **look))


def lines(picture):
    """The points of every path, in the order of the runs; each is drawn on a broader line of the paper's colour."""
    found = [element.get("points").split() for element in picture.iter(f"{SVG}polyline")]
    return [np.array([list(map(float, point.split(","))) for point in line]) for line in found[1::2]]


def test_the_paths_are_those_of_the_runs():
    (x_low, x_high), (y_low, y_high) = LANDSCAPES["himmelblau"].view
    for line, path in zip(lines(drawn(FOUR)), simulate(FOUR).positions, strict=True):
        np.testing.assert_allclose(line[:, 0], LEFT + WIDTH * (path[:, 0] - x_low) / (x_high - x_low), atol=0.06)
        np.testing.assert_allclose(line[:, 1], TOP + WIDTH * (y_high - path[:, 1]) / (y_high - y_low), atol=0.06)


def test_without_colours_dashes_and_heads_tell_the_runs_apart():
    picture = drawn(FOUR, colors=False)
    for element in picture.iter():
        for name in ("fill", "stroke"):
            color = element.get(name, "none")
            assert color == "none" or np.ptp([int(color[k : k + 2], 16) for k in (1, 3, 5)]) < 45, color
    dashes = [element.get("stroke-dasharray") for element in picture.iter(f"{SVG}polyline")][1::2]
    assert len(set(dashes)) == len(FOUR.runs)


@pytest.mark.parametrize(("slug", "scale"), product(sorted(LANDSCAPES), SCALES))
def test_every_surface_is_drawn(slug, scale):
    text = to_svg(Experiment(slug, steps=3), scale)
    assert not re.search(r"nan|inf", text)
    bands = [element for element in ElementTree.fromstring(text).iter(f"{SVG}path") if element.get("fill-rule")]
    assert len(bands) > 5


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment("rosenbrock", steps=60, runs=(Run("gradient_descent", {"learning_rate": 1.0}),)),
        Experiment(formula_landscape("ln(x)*sqrt(y)"), start=(2.0, 2.0), steps=5),
        Experiment(formula_landscape("7"), steps=5),
    ],
    ids=["diverging", "half undefined", "level"],
)
def test_what_is_not_finite_is_left_out(experiment):
    text = to_svg(experiment)
    assert not re.search(r"nan|inf", text)
    assert len(lines(ElementTree.fromstring(text))) == 1


@pytest.mark.parametrize(("low", "high"), [(-2.0, 2.0), (0.0, 1e-3), (-512.0, 512.0), (-1e6, 1e6), (2.999, 3.001)])
def test_a_few_round_numbers_lie_along_a_side(low, high):
    found = round_numbers(low, high)
    assert 2 <= len(found) <= 7
    assert low <= min(found) <= max(found) <= high


def test_a_scale_that_is_none_is_refused():
    with pytest.raises(ValueError, match="scale is 'cubic'; allowed: log, linear"):
        to_svg(FOUR, "cubic")


@pytest.mark.parametrize("slug", LESSONS)
def test_a_handout_asks_the_question_of_its_lesson_and_does_not_answer_it(slug):
    lesson = LESSONS[slug]
    page = to_handout(lesson.experiment, lesson.label, lesson.scale)
    assert f"<h1>{escape(lesson.label)}</h1>" in page
    assert escape(lesson.question) in page
    items = re.findall(r"<li>(.*?)</li>", page)
    assert items == [escape(answer.text) for answer in lesson.answers]
    assert escape(lesson.explanation) not in page
    for label in run_labels(lesson.experiment):
        assert f"<td>{escape(label)}</td>" in page


def test_a_title_is_text_whatever_it_is():
    page = to_handout(FOUR, "</title></h1><script>alert(1)</script>")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page


@in_browser
def test_a_handout_is_one_page(page, tmp_path):
    most = max(LESSONS.values(), key=lambda lesson: (len(lesson.experiment.runs), len(lesson.question)))
    for name, text in {
        "lesson": to_handout(most.experiment, most.label, most.scale),
        "six runs": to_handout(Experiment("beale", steps=9, runs=(*FOUR.runs, Run("adamw"), Run("nadam")))),
    }.items():
        path = tmp_path / f"{name}.html"
        path.write_text(text, encoding="utf-8")
        page.goto(path.as_uri())
        printed = page.pdf(format="A4", prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, name
