"""What the player shows of a surface made of data: the examples, the batches, the fits, and clipped steps."""

import base64
import json
from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from playwright.sync_api import expect

from experiments import Experiment, Run, simulate, verdicts
from experiments.simulation import batches, held_out_losses
from landscapes import LANDSCAPES
from player.examples import NONE, examples, model, packed
from player.payload import bits, payload
from player.program import OPERATIONS, program
from tests.browser import field, in_browser, scrub_to, show, unfold_surface, visit
from tests.node import ROOT, run_node

MADE_OF_DATA = [landscape for landscape in LANDSCAPES.values() if landscape.training is not None]
EVERY_DATA_SURFACE = pytest.mark.parametrize("landscape", MADE_OF_DATA, ids=lambda landscape: landscape.slug)
WEIGHTS = ((0.7, -1.3), (-2.0, 0.4), (1.5, 1.1))
INPUTS = (-1.7, 0.0, 0.6, 2.2)
PROGRAM = (ROOT / "player" / "web" / "program.js").as_uri()


def sent(experiment):
    trajectory = simulate(experiment)
    return trajectory, payload(experiment, trajectory, verdicts(experiment, trajectory), "log")


def in_javascript(taken_down, arguments):
    """What the browser makes of a program, for each of several lists of arguments."""
    script = (
        f"import {{ evaluate }} from {json.dumps(PROGRAM)};"
        f"const found = {json.dumps(arguments)}.map(given => evaluate({json.dumps(taken_down)}, given));"
        "console.log(JSON.stringify(found))"
    )
    done = run_node("--input-type=module", "--eval", script)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@EVERY_DATA_SURFACE
def test_the_drawn_fit_is_what_the_landscape_says_its_model_predicts(landscape):
    features = 1 if landscape.training.inputs.ndim == 1 else landscape.training.inputs.shape[1]
    inputs = [given if features == 1 else (given, *[0.5] * (features - 1)) for given in INPUTS]
    expected = [float(landscape.predict(weights, x)) for weights in WEIGHTS for x in inputs]
    arguments = [[*weights, *np.atleast_1d(x)] for weights in WEIGHTS for x in inputs]
    np.testing.assert_allclose(in_javascript(model(landscape), arguments), expected, rtol=1e-12)


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_browser_knows_every_operation_that_is_sent(name):
    operation = getattr(jax.lax, name)
    takes_two = name in {"add", "sub", "mul", "div", "max", "min"}
    given = (0.3, 1.7) if takes_two else (0.3,)
    taken_down = program(operation, len(given))
    assert [step[0] for step in taken_down["steps"]] == [name]
    np.testing.assert_allclose(in_javascript(taken_down, [given]), [float(operation(*given))], rtol=1e-12)


def test_a_program_holds_constants_and_functions_inside():
    taken_down = program(lambda a, b: jax.nn.sigmoid(2.0 * a) + 3.0 * b, 2)
    np.testing.assert_allclose(in_javascript(taken_down, [(0.7, 5.0)]), [float(jax.nn.sigmoid(1.4)) + 15.0], rtol=1e-12)
    assert program(lambda a: 4.0, 1) == {"steps": [4.0], "result": 1}


def test_what_the_browser_does_not_know_is_named():
    with pytest.raises(ValueError, match="erf is not an operation that the player knows; allowed: add, sub"):
        program(jax.scipy.special.erf, 1)


@EVERY_DATA_SURFACE
def test_the_drawn_fit_is_the_model_whose_loss_is_drawn(landscape):
    """At an example that is just as predicted, no weight could be better: the gradient of its loss vanishes."""
    for weights in WEIGHTS:
        for given in INPUTS:
            for second in (0, 1):
                x = given if landscape.training.inputs.ndim == 1 else jnp.array([given, second])
                value = landscape.predict(weights, x)
                slope = jax.grad(landscape.example_loss)(jnp.array(weights), x, value)
                np.testing.assert_allclose(slope, 0.0, atol=1e-12)
                off = jax.grad(landscape.example_loss)(jnp.array(weights), x, value + 0.1)
                assert np.abs(off).max() > 1e-3 or given == 0


def test_examples_are_grouped_by_the_inputs_beside_the_first():
    sparse, line = LANDSCAPES["sparse_features"].training, LANDSCAPES["linear_regression"].training
    assert sparse
    assert line
    document = examples(Experiment("sparse_features"))
    assert document["groups"] == [(0.0,), (1.0,)]
    assert document["training"]["group"] == sparse.inputs[:, 1].tolist()
    document = examples(Experiment("linear_regression"))
    assert document["groups"] == [()]
    assert set(document["heldOut"]["group"]) == {0}
    assert document["training"]["x"] == line.inputs.tolist()


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
    slider = field(page, "batch_slider", "input[type=range]")
    unfold_surface(page)
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
    const around = Array.from({ length: 16 }, (_, part) => (part * Math.PI) / 8)
    return [at(dot.x, dot.y),
      around.map(angle => at(dot.x + dot.radius * Math.cos(angle), dot.y + dot.radius * Math.sin(angle)))] }"""
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
    middle, around = page.evaluate(COLORS_AT, dots[-1])
    from_blue = np.abs(np.subtract(around, [*BLUE_PIXEL, 255])).max(axis=1)
    assert np.sort(from_blue)[len(around) // 4] < 40  # a thin line between two pixels is pale in both
    assert np.abs(np.subtract(middle[:3], BLUE_PIXEL)).max() > 60
