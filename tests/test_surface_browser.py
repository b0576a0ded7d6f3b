"""The surface in 3-D, in a real browser: paths lie where plotly.js's own marks would, and playing draws them alone."""

import pytest
from playwright.sync_api import Page, expect

from experiments import landscape_of, simulate
from player.figures import scale_for
from surfaces import surface
from tests.browser import (
    PLAYER,
    SHORT,
    SURFACE_PLOT,
    attribute,
    in_browser,
    scrub_to,
    settle,
    type_rate,
    visit,
    wait_until_playing_at,
)

pytestmark = in_browser

NEAR = 1  # pixels

# Where the colour is on a canvas, as the middle of its pixels, in CSS pixels; null where it is not.
MIDDLE = """
const middle = (canvas, wanted) => {
  const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height })
  const context = copy.getContext("2d", { willReadFrequently: true })
  context.drawImage(canvas, 0, 0)
  const { data } = context.getImageData(0, 0, copy.width, copy.height)
  let [count, x, y] = [0, 0, 0]
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] < 250 || wanted.some((channel, index) => Math.abs(data[at + index] - channel) > 12)) continue
    count++
    x += (at / 4) % copy.width
    y += Math.floor(at / 4 / copy.width)
  }
  const scale = canvas.clientWidth / canvas.width
  return count ? [(x / count + 0.5) * scale, (y / count + 0.5) * scale] : null
}
const view = document.querySelector("[data-testid=view-surface]"), plot = view.querySelector(".js-plotly-plot")
"""
# The mark is a trace of plotly.js's own, over a surface that is seen through.
MARKED_BY_PLOTLY = f"""
async ([x, y, z]) => {{
  {MIDDLE}
  const marker = {{ color: "#ff00ff", size: 7, line: {{ width: 0 }} }}
  await Plotly.addTraces(plot, {{ type: "scatter3d", mode: "markers", x: [x], y: [y], z: [z], marker }})
  await Plotly.restyle(plot, {{ opacity: 0.01 }}, [0])
  plot._fullLayout.scene._scene.glplot.redraw()
  const marked = middle(plot.querySelector(".gl-container canvas"), [255, 0, 255])
  await Plotly.restyle(plot, {{ opacity: 1 }}, [0])
  await Plotly.deleteTraces(plot, [1])
  return marked
}}
"""
# The heads are on the upper of the two canvases.
HEAD = f"color => {{ {MIDDLE} return middle(view.querySelectorAll('.fall-line-canvas')[1], color) }}"
IS_DRAWN = f"color => Boolean(({HEAD})(color))"
IS_HEAD_AT = f"""([color, marked]) => {{ const head = ({HEAD})(color)
  return head && Math.max(Math.abs(head[0] - marked[0]), Math.abs(head[1] - marked[1])) <= {NEAR} }}"""
# Counts drawings by WebGL; every one of them begins with an empty picture.
COUNT = """
() => {
  const { prototype } = WebGLRenderingContext
  const { clear } = prototype
  window.drawings = 0
  prototype.clear = function (...given) { window.drawings++; return clear.apply(this, given) }
  window.stopCounting = () => { prototype.clear = clear }
}
"""
DRAWINGS = "window.drawings"
DRAWN_FROM = f"{SURFACE_PLOT}._fullLayout.scene._scene.getCamera()"
FROM_THE_FRONT = {
    "eye": {"x": 0.62, "y": -1.12, "z": 0.82},
    "center": {"x": 0, "y": 0, "z": -0.12},
    "up": {"x": 0, "y": 0, "z": 1},
}
ORANGE = [213, 94, 0]  # of the second run, whose way is before the eye


@pytest.fixture
def solid(opened):
    """The page with the surface in three dimensions, seen from the front; its drawings are counted."""
    scrub_to(opened, 3)
    opened.wait_for_function(f"{SURFACE_PLOT}?._fullLayout?.scene")
    opened.evaluate(f"camera => Plotly.relayout({SURFACE_PLOT}, {{ 'scene.camera': camera }})", FROM_THE_FRONT)
    opened.wait_for_function(IS_DRAWN, arg=ORANGE)
    settle(opened)
    opened.evaluate(COUNT)
    yield opened
    opened.evaluate("window.stopCounting()")


def place_of(step: int, scale_name: str) -> list[float]:
    """Where the second run is at a step, a hair above the surface."""
    landscape = landscape_of(SHORT)
    trajectory = simulate(SHORT)
    grid = surface(landscape, SHORT.landscape_parameters)
    scale = scale_for(grid, landscape.minimum, scale_name)
    heights = scale.height(grid.loss)
    height = float(scale.height(trajectory.losses[1])[step])
    return [*map(float, trajectory.positions[1, step]), height + 0.008 * 1.02 * float(heights.max() - heights.min())]


def turn(page: Page, right: int, down: int) -> None:
    """Drags the surface, and waits until the camera stands still."""
    box = page.get_by_test_id("view-surface").bounding_box()
    assert box
    begun = page.evaluate(DRAWINGS)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right, y + down, steps=4)
    page.mouse.up()
    page.mouse.move(5, 5)
    page.wait_for_function(
        """begun => { const [before, now] = [window.drawingsBefore, window.drawings]
        window.drawingsBefore = now
        return now > begun && before === now }""",
        arg=begun,
        polling=300,
    )


def assert_head_is_where_plotly_marks_it(page: Page, step: int, scale_name: str) -> None:
    scrub_to(page, step)
    marked = page.evaluate(MARKED_BY_PLOTLY, place_of(step, scale_name))
    page.wait_for_function(IS_HEAD_AT, arg=[ORANGE, marked])


def test_heads_are_where_plotly_would_mark_them_however_the_surface_is_turned(solid):
    for step, right, down in ((3, 0, 0), (6, -15, 0), (12, 25, 10)):
        if right or down:
            turn(solid, right, down)
        assert_head_is_where_plotly_marks_it(solid, step, "log")


def test_heads_are_on_the_surface_of_linear_levels_too(solid):
    before = solid.evaluate(DRAWINGS)
    solid.get_by_test_id("levels-linear").click()
    solid.wait_for_function("before => window.drawings > before", arg=before)
    settle(solid)
    assert_head_is_where_plotly_marks_it(solid, 3, "linear")
    solid.get_by_test_id("levels-log").click()
    settle(solid)


def test_playing_scrubbing_and_pointing_draw_the_surface_never_again(solid):
    settle(solid)
    before = solid.evaluate(DRAWINGS)
    solid.get_by_test_id("player-speed").select_option("2")
    solid.get_by_test_id("player-replay").click()
    box = solid.get_by_test_id("view-surface").bounding_box()
    solid.mouse.move(box["x"] + 40, box["y"] + 40)
    solid.mouse.move(box["x"] + 140, box["y"] + 90, steps=6)
    wait_until_playing_at(solid, 20, 59)
    on_the_way = solid.evaluate(HEAD, ORANGE)
    expect(solid.locator(PLAYER)).to_have_attribute("data-state", "paused")
    scrub_to(solid, 2)
    assert solid.evaluate(HEAD, ORANGE) != on_the_way
    assert solid.evaluate(DRAWINGS) == before
    turn(solid, 30, 0)
    assert solid.evaluate(DRAWINGS) > before


def camera(page: Page) -> list[float]:
    """Where the camera stands, where it looks, and which way is up."""
    stands = page.evaluate(DRAWN_FROM)
    return [stands[vector][axis] for vector in ("eye", "center", "up") for axis in "xyz"]


def test_a_turned_surface_stays_turned_in_presenter_mode_in_the_dark_and_under_another_scale(solid):
    turn(solid, 12, 8)
    turned = camera(solid)
    for change in (
        lambda: solid.keyboard.press("p"),
        lambda: solid.keyboard.press("Escape"),
        lambda: solid.emulate_media(color_scheme="dark"),
        lambda: solid.get_by_test_id("levels-linear").click(),
        lambda: solid.get_by_test_id("levels-log").click(),
    ):
        before = solid.evaluate(DRAWINGS)
        change()
        solid.wait_for_function("before => window.drawings > before", arg=before)
        settle(solid)
        assert camera(solid) == pytest.approx(turned, abs=1e-6)


def test_another_rate_moves_the_paths_and_not_the_surface(page, address):
    visit(page, address)
    scrub_to(page, 5)
    page.wait_for_function(IS_DRAWN, arg=ORANGE)
    settle(page)
    page.evaluate(COUNT)
    before = page.evaluate(HEAD, ORANGE)
    digest = attribute(page, "digest")
    type_rate(page, 1, "0.2")
    expect(page.locator(PLAYER)).not_to_have_attribute("data-digest", digest)
    settle(page)
    assert page.evaluate(HEAD, ORANGE) != pytest.approx(before, abs=NEAR)
    assert page.evaluate(DRAWINGS) == 0
