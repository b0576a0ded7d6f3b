"""What the player shows of a surface made of data: the examples, the batches, the fits, and clipped steps."""

import base64
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from playwright.sync_api import expect

from experiments import Experiment, Run, simulate, verdicts
from experiments.simulation import batches, held_out_losses
from landscapes import LANDSCAPES
from player.examples import NONE, packed
from player.payload import bits, payload
from tests.browser import in_browser, scrub_to, show, visit, widget

MADE_OF_DATA = [landscape for landscape in LANDSCAPES.values() if landscape.training is not None]
EVERY_DATA_SURFACE = pytest.mark.parametrize("landscape", MADE_OF_DATA, ids=lambda landscape: landscape.slug)
WEIGHTS = ((0.7, -1.3), (-2.0, 0.4), (1.5, 1.1))
INPUTS = (-1.7, 0.0, 0.6, 2.2)
MODELS = Path(__file__).parent.parent / "ui" / "player" / "models.js"


def sent(experiment):
    trajectory = simulate(experiment)
    return trajectory, payload(experiment, trajectory, verdicts(experiment, trajectory), "log")


def predicted(model):
    """What the player's model predicts, per weights, per group of examples, per input."""
    node = shutil.which("node")
    assert node, "This test needs Node.js. Install it (Debian: apt install nodejs; macOS: brew install node)."
    script = (
        f"import {{ predictions }} from {json.dumps(MODELS.as_uri())};"
        f"const found = {json.dumps(WEIGHTS)}.map(w => predictions({json.dumps(model)}, w)"
        f".map(f => {json.dumps(INPUTS)}.map(f)));"
        "console.log(JSON.stringify(found))"
    )
    run = [node, "--input-type=module", "--eval", script]
    return json.loads(subprocess.run(run, capture_output=True, text=True, check=True, timeout=60).stdout)


@EVERY_DATA_SURFACE
def test_the_drawn_fit_is_the_model_whose_loss_is_drawn(landscape):
    """At an example that is just as predicted, no weight could be better: the gradient of its loss vanishes."""
    for weights, groups in zip(WEIGHTS, predicted(landscape.model), strict=True):
        for group, values in enumerate(groups):
            for given, value in zip(INPUTS, values, strict=True):
                x = given if landscape.training.inputs.ndim == 1 else jnp.array([given, group])
                slope = jax.grad(landscape.example_loss)(jnp.array(weights), x, value)
                np.testing.assert_allclose(slope, 0.0, atol=1e-12)
                off = jax.grad(landscape.example_loss)(jnp.array(weights), x, value + 0.1)
                assert np.abs(off).max() > 1e-3 or given == 0


def test_packed_batches_are_the_batches():
    experiment = Experiment("sparse_features", steps=40, batch_size=7, seed=3)
    members = batches(experiment)
    document = packed(members)
    rows = np.frombuffer(base64.b64decode(document["members"]), np.uint8).reshape(40, document["size"])
    for row, expected in zip(rows, members, strict=True):
        assert row[row != NONE].tolist() == np.flatnonzero(expected).tolist()


def test_full_batches_need_not_be_sent():
    assert packed(np.ones((5, 64), bool)) == {"size": 0, "members": ""}


@EVERY_DATA_SURFACE
def test_the_examples_fit_into_the_bytes_that_stand_for_them(landscape):
    assert len(landscape.training) < NONE


@EVERY_DATA_SURFACE
def test_held_out_losses_are_sent_with_the_training_losses(landscape):
    experiment = Experiment(landscape.slug, steps=30, runs=(Run("adam"),), batch_size=4)
    trajectory, document = sent(experiment)
    values = np.frombuffer(base64.b64decode(document["heldOut"]["bdata"]), "<f4").reshape(1, 31)
    expected = held_out_losses(experiment, trajectory)
    assert expected is not None
    np.testing.assert_allclose(values, expected, rtol=1e-6)
    assert "held-out" in document["charts"]["loss"]["title"]["text"]
    assert document["examples"] == f"{landscape.slug} 4 0 30"


def test_a_surface_without_data_sends_no_examples():
    _, document = sent(Experiment("quadratic", steps=5))
    assert document["examples"] is None
    assert "heldOut" not in document


def test_clipped_steps_are_sent_bit_by_bit():
    runs = (Run("gradient_descent", {"learning_rate": 0.002}, clip_norm=3.0), Run("adam"))
    trajectory, document = sent(Experiment("rosenbrock", steps=61, runs=runs))
    marks = np.unpackbits(np.frombuffer(base64.b64decode(document["runs"][0]["clipped"]), np.uint8))[:61]
    np.testing.assert_array_equal(marks.astype(bool), trajectory.clipped[0])
    assert document["runs"][1]["clipped"] is None
    assert bits(np.zeros(9, bool)) is None


BATCHED = Experiment(
    "linear_regression", steps=40, batch_size=5, seed=3, runs=(Run("gradient_descent", {"learning_rate": 0.1}),)
)


@in_browser
def test_the_batch_of_the_step_is_drawn_beside_the_surface(opened):
    page = opened
    show(page, BATCHED)
    for step in (0, 3, 17, 39):
        scrub_to(page, step)
        expected = " ".join(map(str, np.flatnonzero(batches(BATCHED)[step])))
        expect(page.get_by_test_id("view-data")).to_have_attribute("data-batch", expected)


@in_browser
def test_the_batch_size_has_a_slider_and_is_kept_in_the_link(opened):
    page = opened
    show(page, BATCHED)
    slider = page.locator(widget("batch_slider", "input[type=range]")).first
    expect(slider).to_have_attribute("aria-valuetext", "5")
    slider.focus()
    slider.press("End")
    expect(slider).to_have_attribute("aria-valuetext", "all 64")
    page.wait_for_function("!location.search.includes('batch_size')")
    expect(page.get_by_test_id("view-data")).to_have_attribute("data-batch", "")
    slider.press("Home")
    page.wait_for_function("/batch_size=1(&|$)/.test(location.search)")


@in_browser
def test_only_a_surface_made_of_data_has_a_data_view(opened):
    page = opened
    expect(page.get_by_test_id("view-data")).to_be_hidden()
    expect(page.get_by_test_id("toggle-data")).to_be_hidden()
    expect(page.get_by_test_id("view-rate")).to_be_visible()


@in_browser
def test_clipped_steps_are_counted_in_the_table(opened):
    page = opened
    run = Run("gradient_descent", {"learning_rate": 0.002}, clip_norm=3.0)
    experiment = Experiment("rosenbrock", steps=60, runs=(run,))
    show(page, experiment)
    clipped = int(simulate(experiment).clipped.sum())
    assert clipped > 0
    expect(page.get_by_test_id("player-table")).to_contain_text(f"{clipped} clipped (hollow dots)")


RECORDING = """() => { window.strokes = []; window.discs = []
    const inked = CanvasRenderingContext2D.prototype, { arc, stroke } = inked
    const view = context => context.canvas.parentElement?.dataset.testid
    inked.stroke = function() {
        window.strokes.push({ view: view(this), dash: this.getLineDash(), color: this.strokeStyle })
        return stroke.call(this) }
    inked.arc = function(x, y, radius, ...angles) {
        window.discs.push({ view: view(this), x, y, radius, fill: this.fillStyle, line: this.strokeStyle })
        return arc.call(this, x, y, radius, ...angles) } }"""

COLORS_AT = """dot => {
    const canvas = document.querySelector("[data-testid=view-contour] canvas"), ratio = canvas.width / canvas.clientWidth
    const at = (x, y) => [...canvas.getContext("2d").getImageData(x * ratio, y * ratio, 1, 1).data]
    return [at(dot.x, dot.y), at(dot.x, dot.y - dot.radius)] }"""
BLUE, BLUE_PIXEL = "#0072b2", (0, 114, 178)  # of the first run, from the palette of Okabe and Ito


def strokes_of(page, experiment, address):
    """What was stroked on the canvases of the views when everything is drawn, and the circles among it."""
    page.add_init_script(f"({RECORDING})()")
    visit(page, address, experiment)
    page.keyboard.press("End")
    expect(page.get_by_test_id("player")).to_have_attribute("data-step", str(experiment.steps))
    return page.evaluate("window.strokes"), page.evaluate("window.discs")


@in_browser
def test_the_held_out_loss_is_dotted_beside_the_loss_of_training(page, address):
    strokes, _ = strokes_of(page, BATCHED, address)
    dashes: dict[str, set] = {"view-contour": set(), "view-loss": set()}
    for stroke in strokes:
        if stroke["view"] in dashes and stroke["color"] == BLUE:
            dashes[stroke["view"]].add(tuple(stroke["dash"]))
    assert dashes == {"view-contour": {()}, "view-loss": {(), (1.5, 3)}}


@in_browser
def test_clipped_steps_are_hollow_dots_on_the_path(page, address):
    run = Run("gradient_descent", {"learning_rate": 0.002}, clip_norm=3.0)
    experiment = Experiment("rosenbrock", steps=60, runs=(run, replace(run, clip_norm=None)))
    _, circles = strokes_of(page, experiment, address)
    dots = [circle for circle in circles if circle["view"] == "view-contour" and circle["radius"] < 4]
    assert 2 < len({(dot["x"], dot["y"]) for dot in dots}) <= simulate(experiment).clipped[0].sum()
    assert {dot["line"] for dot in dots} == {BLUE}
    middle, edge = page.evaluate(COLORS_AT, dots[-1])
    np.testing.assert_allclose(edge[:3], BLUE_PIXEL, atol=40)
    assert np.abs(np.subtract(middle[:3], BLUE_PIXEL)).max() > 60
