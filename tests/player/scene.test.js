import assert from "node:assert/strict"
import test from "node:test"
import { camera } from "../../player/web/geometry/camera.js"
import { HIDDEN, OUTSIDE, SEEN, scenePath, seenPath, shareInside } from "../../player/web/geometry/scene_path.js"
import { Terrain } from "../../player/web/geometry/terrain.js"
import { dotClippedSteps, pieces, strokeLine } from "../../player/web/views/strokes.js"

const close = (actual, wanted, far = 1e-6) => assert.ok(Math.abs(actual - wanted) <= far, `${actual} is not ${wanted}`)
const assertPlace = (actual, wanted) => {
  for (const axis of [0, 1, 2]) close(actual[axis], wanted[axis])
}
const along = (low, high, count) =>
  Array.from({ length: count }, (_, index) => low + ((high - low) * index) / (count - 1))

// A ridge from the front to the back, as high as 1 in the middle and nearly 0 at both sides.
const AXIS = along(-1, 1, 41)
const RIDGE = {
  x: [-1, 1],
  y: [-1, 1],
  columns: 41,
  rows: 41,
  loss: AXIS.map(() => AXIS.map(x => Math.exp(-30 * x * x))),
}
const ridge = new Terrain(RIDGE, loss => loss)
const BOX = [
  [-1, 1],
  [-1, 1],
  [0, 1.02],
]

// ---------------------------------------------------------------- the camera

const UNIT = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
const RIGHT_ANGLE = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, -1, 0, 0, -0.02, 0] // as wide as it is far

/** A camera five above the middle that looks straight down, over a picture of 200 × 100. */
const fromAbove = (model = UNIT) => camera({ model, view: UNIT.with(14, -5), projection: RIGHT_ANGLE }, 200, 100)

test("a camera puts every point where it is seen: farther away is nearer to the middle", () => {
  const { pixel } = fromAbove()
  assert.deepEqual(pixel(0, 0, 0), { x: 100, y: 50 })
  close(pixel(1, 0, 0).x, 120)
  close(pixel(0, 1, 0).y, 40)
  close(pixel(1, 0, 4).x, 200)
})

test("what is beside or behind the camera is seen nowhere", () => {
  const { x } = fromAbove().pixel(1, 0, 6)
  assert.ok(x > 1e6)
})

test("the eye is in the units of what is drawn, however that is scaled, moved and turned", () => {
  assertPlace(fromAbove().eye, [0, 0, 5])
  const model = [2, 0, 0, 0, 0, 4, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1] // twice as wide, four times as deep, moved by 1
  assertPlace(fromAbove(model).eye, [-0.5, 0, 5])
  const fromTheFront = [1, 0, 0, 0, 0, 0, -1, 0, 0, 1, 0, 0, 0, 0, -5, 1] // z is up, y is away
  const { eye, pixel } = camera({ model: UNIT, view: fromTheFront, projection: RIGHT_ANGLE }, 200, 100)
  assertPlace(eye, [0, -5, 0])
  close(pixel(0, 0, 1).y, 40)
  close(pixel(0, -3, 1).y, 25)
})

// ---------------------------------------------------------------- what the surface hides

test("the ground is between its points, and nowhere else", () => {
  close(ridge.heightAt(0, 0.3), 1)
  close(ridge.heightAt(0.025, 0), (1 + Math.exp(-30 * 0.05 ** 2)) / 2)
  assert.ok(Number.isNaN(ridge.heightAt(1.01, 0)) && Number.isNaN(ridge.heightAt(0, -1e30)))
})

test("what lies behind a ridge is hidden, what lies before or upon it is not", () => {
  const fromTheLeft = [-4, 0, 1.5]
  assert.equal(ridge.hides(0.5, 0, 0.01, fromTheLeft), true)
  assert.equal(ridge.hides(-0.5, 0, 0.01, fromTheLeft), false)
  assert.equal(ridge.hides(0, 0, 1.01, fromTheLeft), false)
  assert.equal(ridge.hides(0.5, 0, 1.2, fromTheLeft), false)
  assert.equal(ridge.hides(0.5, 0, 0.01, [4, 0, 1.5]), false)
})

test("from above nothing is hidden, from below everything", () => {
  for (const x of [-0.5, 0, 0.4]) {
    const height = ridge.heightAt(x, 0.2) + 0.01
    assert.equal(ridge.hides(x, 0.2, height, [0, 0, 40]), false)
    assert.equal(ridge.hides(x, 0.2, height, [x, 0.2, -4]), true)
  }
})

test("where the loss is not defined there is nothing that could hide anything", () => {
  const hole = new Terrain(
    { ...RIDGE, loss: RIDGE.loss.map(row => row.map(loss => (loss > 0.02 ? null : loss))) },
    l => l,
  )
  assert.equal(hole.hides(0.5, 0, 0.01, [-4, 0, 0.8]), false)
})

// ---------------------------------------------------------------- paths

/** The path through places, each on the ground or where it says. */
const through = places =>
  scenePath(places.length, step => [places[step][0], places[step][1], places[step][2] ?? 0], BOX, ridge)

test("every step ends at its place, a hair above the ground", () => {
  const path = through([
    [-0.9, 0],
    [-0.8, 0.5],
    [-0.8, 0.5],
    [-0.7, 0.6],
  ])
  assert.deepEqual(
    path.ends.map(point => [path.x[point], path.y[point]]),
    [
      [-0.9, 0],
      [-0.8, 0.5],
      [-0.8, 0.5],
      [-0.7, 0.6],
    ],
  )
  for (const point of path.ends) close(path.z[point], ridge.heightAt(path.x[point], path.y[point]) + 0.008 * 1.02, 1e-6)
  assert.ok(path.isDrawn.every(Boolean))
})

test("a long step goes over a ridge, never through it", () => {
  const path = through([
    [-0.5, 0],
    [0.5, 0],
  ])
  assert.ok(path.x.length > 10)
  assert.ok(path.x.every((x, point) => path.z[point] > ridge.heightAt(x, path.y[point])))
  assert.ok(Math.max(...path.z) > 0.9)
})

test("a path is drawn to the edge of the box, and from there where it comes back", () => {
  const path = through([
    [0.5, 0],
    [1.5, 0],
    [1.5, 1e30, 1e30],
    [0.5, 0.5],
  ])
  const drawn = path.x.filter((_, point) => path.isDrawn[point])
  close(Math.max(...drawn), 1, 1e-9)
  assert.deepEqual(
    path.ends.map(point => path.isDrawn[point]),
    [true, false, false, true],
  )
  assert.ok(
    through([
      [2, 2],
      [3, 3],
    ]).isDrawn.every(isDrawn => !isDrawn),
  )
})

test("a path that leaps from side to side for long has no more points than can be drawn", () => {
  const leaps = Array.from({ length: 3000 }, (_, step) => [step % 2 ? -0.9 : 0.9, 0])
  assert.ok(through(leaps).x.length <= 3000 + 3000 + 1500)
})

test("the part of a way inside a box is found from every direction", () => {
  assert.deepEqual(shareInside([0, 0, 0.5], [0.5, 0, 0.5], BOX), [0, 1])
  assert.deepEqual(shareInside([-3, 0, 0.5], [3, 0, 0.5], BOX), [1 / 3, 2 / 3])
  assert.deepEqual(shareInside([0, 3, 0.5], [0, -3, 0.5], BOX), [1 / 3, 2 / 3])
  assert.equal(shareInside([0, 0, 2], [1, 0, 2], BOX), null)
  assert.equal(shareInside([2, 0, 0.5], [0, 2.5, 0.5], BOX), null)
})

test("of a path, the camera sees what is before the ridge, and not what is behind it or outside", () => {
  const path = through([
    [-0.6, 0],
    [0.6, 0],
    [3, 0],
  ])
  const fromTheLeft = { eye: [-4, 0, 1.5], pixel: (x, _y, z) => ({ x: 100 * x, y: -100 * z }) }
  const { points, ends, visibility } = seenPath(path, fromTheLeft, ridge)
  assert.deepEqual(
    ends.map(point => visibility[point]),
    [SEEN, HIDDEN, OUTSIDE],
  )
  close(points.x[ends[1]], 60, 1e-4)
  const found = pieces({ visibility }, 0, visibility.length - 1)
  assert.deepEqual(
    found.map(piece => piece.visibility),
    [SEEN, HIDDEN, OUTSIDE],
  )
  assert.ok(path.x[found[0].to] > -0.15 && path.x[found[0].to] < 0.15)
  assert.deepEqual(
    found.map(({ from }) => from),
    [0, ...found.slice(0, -1).map(({ to }) => to)],
  )
})

// ---------------------------------------------------------------- what is drawn of a path

/** A canvas that notes where every stroke began and ended, and how opaque it was. */
function notingContext() {
  const strokes = []
  let [from, to] = [0, 0]
  const own = {
    strokes,
    beginPath() {},
    setLineDash() {},
    moveTo(x) {
      from = x
    },
    lineTo(x) {
      to = x
    },
    stroke() {
      strokes.push([from, to, this.globalAlpha])
    },
    arc(x) {
      strokes.push([x, x, "dot"])
    },
    fill() {},
  }
  return own
}

// Five points at x = 0 to 4, of which three stand for steps; the way to the third is hidden, that to the last outside.
const LINE = {
  points: { x: new Float32Array([0, 1, 2, 3, 4]), y: new Float32Array(5) },
  along: new Float32Array([0, 1, 2, 3, 4]),
  ends: [0, 3, 4],
  visibility: new Uint8Array([SEEN, SEEN, HIDDEN, SEEN, OUTSIDE]),
  last: 2,
  style: { color: "red", dash: [] },
  dots: [0, 3, 4],
}
const THEME = { lineWidth: 2, casing: "white" }

test("a path behind something is faint and without a casing, and outside it is not drawn", () => {
  const drawn = asCasing => {
    const context = notingContext()
    strokeLine(context, LINE, 0, 2, THEME, asCasing)
    return context.strokes.filter(([, , opacity]) => opacity > 0)
  }
  const line = drawn(false)
  assert.deepEqual(
    line.map(([from, to]) => [from, to]),
    [
      [0, 1],
      [1, 2],
      [2, 3],
    ],
  )
  assert.equal(line[0][2], 1)
  assert.ok(line[1][2] < 0.5)
  assert.deepEqual(
    drawn(true).map(([from, to]) => [from, to]),
    [
      [0, 1],
      [2, 3],
    ],
  )
})

test("a step draws all points up to its own, and dots only where they are seen", () => {
  const context = notingContext()
  strokeLine(context, LINE, 1, 2, THEME, false)
  assert.deepEqual(
    context.strokes.filter(([, , opacity]) => opacity > 0),
    [],
  )
  const dotted = notingContext()
  dotClippedSteps(dotted, LINE, 0, 2, THEME)
  assert.deepEqual(
    dotted.strokes.filter(([, , kind]) => kind === "dot").map(([x]) => x),
    [0, 3],
  )
})
