"""What the pictures of sweeps are sent, and the sentences that read them."""

import json
from dataclasses import replace
from urllib.parse import urlencode

import numpy as np
import pytest
from starlette.applications import Starlette

from experiments import Experiment, Run, formula_landscape, to_query
from sweeps import Range
from tests.asgi import get
from ui.routes import all_routes
from ui.sweeps.documents import basins_document, brief, forgiveness
from ui.sweeps.mount import FILES, VERSION

APP = Starlette(routes=all_routes(""))
BOWL = Experiment(
    "quadratic", {"condition_number": 5.0}, steps=60, runs=(Run("gradient_descent"), Run("momentum", {"momentum": 0.5}))
)


def asked(kind, experiment=BOWL, **more):
    query = urlencode({**to_query(experiment), **more}, doseq=True)
    status, _, body = get(APP, f"/fall-line/sweep/{kind}?{query}")
    return status, json.loads(body)


def test_the_rates_of_every_run_are_sent_as_heights():
    status, sent = asked("rates")
    assert status == 200
    assert len(sent["rates"]) == len(sent["runs"][0]["final"]["middle"]) == 200
    heights = np.array([np.nan if value is None else value for value in sent["runs"][0]["final"]["middle"]])
    best = sent["rates"][int(np.nanargmin(heights))]
    assert 0.2 < best < 0.4  # where 1 - η and 5η - 1 are equal, at a third
    assert sent["runs"][0]["diverged"] == pytest.approx(2 / 5, rel=0.2)
    assert "low" not in sent["runs"][0]["final"]
    assert sent["sentence"].startswith(
        "Within twice the best loss, or a thousandth of the start's: Gradient descent forgives a factor"
    )


def test_where_gradients_are_noisy_there_are_bands():
    _, sent = asked("rates", replace(BOWL, noise=0.5))
    curve = sent["runs"][0]["final"]
    spread = [high - low for low, high in zip(curve["low"], curve["high"], strict=True) if None not in (low, high)]
    assert sent["seeds"] == 20
    assert min(spread) >= 0 < max(spread)


def test_the_basins_are_a_picture_with_its_minima():
    experiment = Experiment("himmelblau", steps=200, runs=(Run("gradient_descent", {"learning_rate": 0.01}),))
    status, sent = asked("basins", experiment, of=0, across=32)
    assert status == 200
    assert sent["picture"].startswith("data:image/png;base64,")
    assert len(sent["minima"]) == 4
    assert "of the starts lead to (3, 2)" in sent["sentence"]
    assert asked("basins", experiment, of=0, across=32, rate=0.5)[1]["sentence"].endswith("are lost.")


def test_the_map_says_which_numbers_stand_along_its_sides():
    status, sent = asked("stability", of=1, across=16, up="momentum")
    assert status == 200
    assert (sent["x"]["name"], sent["y"]["name"]) == ("learning rate", "momentum")
    assert sent["boundary"][0][0] == pytest.approx(2 / 5)
    assert "textbook" in sent["sentence"]
    assert asked("stability", of=0, across=16, up="")[1]["y"]["name"] == "condition number"


@pytest.mark.parametrize(
    ("kind", "more", "complaint"),
    [
        ("basins", {"of": 0, "across": 1_000_000}, "across is “1000000”; allowed: a whole number from 2 to 512"),
        ("basins", {"of": 2, "across": 16}, "run is 2; allowed: a whole number from 0 to 1"),
        ("basins", {"of": 0, "across": 16, "rate": "fast"}, "rate is “fast”"),
        ("basins", {"of": 0, "across": 16, "rate": -1}, "learning_rate is -1.0; allowed: a finite number above 0"),
        ("stability", {"of": 0, "across": 16, "up": "speed"}, "up is 'speed'; allowed: learning_rate"),
        ("stability", {"of": 0, "across": 16, "up": "learning_rate"}, "up is 'learning_rate', as across is"),
        ("stability", {"of": 0, "across": "x", "up": "noise"}, "across is “x”"),
        ("rates", {"run": "adam~learning_rate~x"}, "learning_rate is “x”"),
    ],
)
def test_what_is_no_sweep_is_refused_in_words(kind, more, complaint):
    status, sent = asked(kind, **more)
    assert status == 400
    assert complaint in sent["error"]


def test_a_surface_without_minima_and_one_that_is_undefined_over_half_the_view_are_drawn():
    slope = Experiment(formula_landscape("x + y"), steps=20, runs=(Run("gradient_descent"),))
    assert "100% are not at a minimum" in asked("basins", slope, of=0, across=16)[1]["sentence"]
    half = Experiment(formula_landscape("sqrt(x) + y^2"), start=(1.0, 1.0), steps=20, runs=(Run("gradient_descent"),))
    assert asked("basins", half, of=0, across=16)[0] == 200
    assert asked("rates", half)[0] == 200


def test_what_does_not_matter_to_a_map_is_computed_once():
    elsewhere = replace(BOWL, start=(1.0, 1.0), runs=(BOWL.runs[0], Run("adam")))
    here, there = basins_document(BOWL, 0, 24), basins_document(elsewhere, 0, 24)
    assert here["picture"] is there["picture"]
    assert (here["start"], there["start"]) == ((-2.0, 1.2), (1.0, 1.0))


def test_how_much_each_rule_forgives_is_said_in_a_sentence():
    ranges = [Range(0.01, 0.3, 0.1, False), Range(0.1, 0.11, 0.1, False), Range(1e-6, 0.1, 0.01, True), None]
    assert forgiveness(["Adam", "Newton", "Rprop", "Descent"], ranges) == (
        "Within twice the best loss, or a thousandth of the start's: Adam forgives a factor 30 (0.01 to 0.3); "
        "Newton forgives next to nothing (best at 0.1); "
        "Rprop forgives at least a factor 100,000 (1 × 10⁻⁶ to 0.1); Descent ends below its start at no rate."
    )


@pytest.mark.parametrize(
    ("number", "said"), [(0.0123, "0.012"), (4711, "4,700"), (2.34, "2.3"), (3.14e-6, "3.1 × 10⁻⁶")]
)
def test_numbers_are_brief(number, said):
    assert brief(number) == said


def test_the_files_that_draw_are_served_and_nothing_else():
    for name in FILES:
        status, headers, _ = get(APP, f"/fall-line/sweeps/{VERSION}/{name}")
        assert (status, headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert get(APP, "/fall-line/sweeps/older/mount.js")[1]["cache-control"] == "no-cache"
    assert get(APP, f"/fall-line/sweeps/{VERSION}/mount.py")[0] == 404
