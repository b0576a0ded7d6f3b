import assert from "node:assert/strict"
import test from "node:test"
import { digitsIn, readable, roundedIn } from "../../player/web/format.js"
import { arrowsInPixels } from "../../player/web/geometry/arrows.js"
import { axis, columnsFor, squareArea } from "../../player/web/geometry/axis.js"
import { Coverage } from "../../player/web/geometry/coverage.js"
import { fittedView, leaves } from "../../player/web/geometry/fit.js"
import { bilinear } from "../../player/web/geometry/grid.js"
import { placeLabels } from "../../player/web/geometry/labels.js"
import { atEdge, clampedToEdge, distances, pixelPath, spaced } from "../../player/web/geometry/path.js"
import { marginFor, ticksAlong } from "../../player/web/geometry/ticks.js"

const close = (actual, wanted, far = 1e-6) => assert.ok(Math.abs(actual - wanted) <= far, `${actual} is not ${wanted}`)
const area = { left: 40, top: 10, width: 300, height: 200 }

test("an axis maps there and back, also where it is logarithmic", () => {
  for (const log of [false, true]) {
    const made = axis([-2, 3], 40, 300, log)
    for (const value of [0.1, 1, 2.5]) close(made.value(made.pixel(value)), value, 1e-9)
  }
  close(axis([0, 10], 40, 300).pixel(10), 340)
  close(axis([0, 2], 210, -200, true).pixel(100), 10)
})

test("cells are square and the plot fits its frame", () => {
  const made = squareArea(600, 400, { l: 40, r: 10, t: 10, b: 30 }, [-2, 2], [-1, 3])
  close(made.width / 4, made.height / 4)
  assert.ok(made.left >= 40 && made.left + made.width <= 590 && made.top >= 10 && made.top + made.height <= 370)
})

test("points far outside stay on the line that leads to them", () => {
  const path = pixelPath(2, index => ({ x: [0, 1e9][index], y: [0, 2e9][index] }))
  close(path.y[1] / path.x[1], 2, 1e-3)
  assert.ok(Math.max(...path.x, ...path.y) <= 20000)
})

test("the way along a path adds up", () => {
  assert.deepEqual([...distances({ x: [0, 3, 3], y: [0, 4, 5] })], [0, 5, 6])
})

test("marks keep their distance along the path", () => {
  assert.deepEqual(spaced([0, 1, 2, 3, 5], [0, 4, 8, 10, 12, 30], 9), [0, 3, 5])
})

test("a point outside is marked at the edge, and points outwards", () => {
  assert.equal(atEdge(area, 100, 100), null)
  const marked = atEdge(area, 1000, 110)
  assert.ok(marked.x <= 340 && marked.x > 320)
  close(marked.angle, 0, 0.01)
  assert.equal(clampedToEdge(area, 100, -50).y, 17)
})

const CROWDS = [12, 100, 208].flatMap(y => [18, 90, 200].map(width => [y, width]))
const meet = (one, other) =>
  one.left < other.left + other.width && other.left < one.left + one.width && Math.abs(one.top - other.top) < 18.99

test("labels do not lie on each other and stay inside, also where all heads are in one corner", () => {
  for (const [x, y, width] of [320, 190, 50].flatMap(x => CROWDS.map(([y, width]) => [x, y, width]))) {
    const placed = placeLabels(
      Array.from({ length: 7 }, () => ({ x, y, width })),
      area,
      19,
    )
    for (const [index, label] of placed.entries()) {
      assert.ok(label.left >= 40 && label.left + width <= 340 && label.top >= 19 && label.top <= 201)
      assert.ok(!placed.slice(0, index).some(other => meet(label, other)))
    }
  }
})

test("a label stands to the right of its head, elsewhere where a path is, and stays where it is for as long as it can", () => {
  const head = [{ x: 150, y: 100, width: 60 }]
  const [alone] = placeLabels(head, area, 19)
  assert.deepEqual([alone.left, alone.top], [160, 100])
  const coverage = new Coverage(area)
  coverage.add({ x: [150, 300], y: [100, 100] }, 1)
  const covered = step => box => coverage.share(box, step)
  assert.deepEqual(placeLabels(head, area, 19, covered(0))[0].left, 160)
  const [aside] = placeLabels(head, area, 19, covered(1))
  assert.equal(coverage.share({ ...aside, top: aside.top - 9.5, height: 19 }, 1), 0)
  assert.ok(aside.far < 30)
  assert.equal(placeLabels(head, area, 19, covered(1), [aside])[0].place, aside.place)
})

test("what paths cover grows with the step, and ends at the edges of the area", () => {
  const coverage = new Coverage(area)
  coverage.add({ x: [60, 60, 5000], y: [20, 180, 180] }, 2)
  const column = { left: 55, top: 30, width: 10, height: 100 }
  const row = { left: 200, top: 175, width: 100, height: 10 }
  const shares = step => [column, row].map(box => coverage.share(box, step))
  assert.deepEqual(shares(0), [0, 0])
  assert.ok(shares(1)[0] > 0.3 && shares(1)[1] === 0)
  assert.ok(shares(2)[1] > 0.3)
  coverage.add({ x: [-900, -800], y: [-50, 900] }, 1, true)
  assert.deepEqual(coverage.share({ left: 41, top: 15, width: 10, height: 190 }, 2), 0)
  coverage.add({ x: [200, 300], y: [180, 180] }, 1, true)
  assert.ok(shares(0)[1] > 0.3)
})

test("ticks are round numbers with room for them, and the margin holds every one", () => {
  assert.deepEqual(ticksAlong([-2, 2], 400, 60).texts, ["−2", "−1", "0", "1", "2"])
  assert.deepEqual(ticksAlong([-512, 512], 300, 100).values, [-500, 0, 500])
  assert.deepEqual(ticksAlong([5000.1, 5000.4], 100, 30).texts, ["5000.1", "5000.2", "5000.3", "5000.4"])
  assert.ok(ticksAlong([0, 7], 5000, 60).values.length <= 9)
  const ticks = ticksAlong([-512, 512], 300, 100)
  const margin = marginFor(ticks, ticksAlong([-2, 2], 400, 60), 13, text => 8 * text.length)
  assert.ok(margin.l >= 16 && margin.r >= 12 && margin.t >= 8 && margin.b >= 13)
})

test("a bilinear value is exact on the grid and on a plane", () => {
  const surface = {
    x: [0, 2],
    y: [0, 1],
    columns: 3,
    rows: 2,
    loss: [
      [0, 1, 2],
      [10, 11, 12],
    ],
  }
  close(bilinear(surface, 1, 1), 11)
  close(bilinear(surface, 0.5, 0.25), 3)
  assert.equal(
    bilinear(
      {
        ...surface,
        loss: [
          [0, null, 2],
          [10, 11, 12],
        ],
      },
      0.5,
      0.5,
    ),
    null,
  )
})

test("numbers are said with four digits", () => {
  assert.equal(readable(-1234.56), "−1235")
  assert.equal(readable(0.000012345), "1.23e−5")
  assert.equal(readable(null), "—")
  assert.equal(readable(Number.POSITIVE_INFINITY), "—")
})

test("the arrows of a step share a scale, and a tiny step says how much longer it is drawn", () => {
  const plain = { pixel: value => 100 * value }
  const down = { pixel: value => -100 * value }
  const arrows = [
    { name: "slope", x: 20, y: 0 },
    { name: "moment", x: 0, y: 10 },
    { name: "step", x: 0.05, y: 0 },
  ]
  const [slope, moment, step] = arrowsInPixels({ run: 0, step: 3, from: [1, 1], arrows }, plain, down)
  close(slope.length / moment.length, 2, 1e-6)
  assert.deepEqual([moment.right, moment.down], [0, -1])
  assert.deepEqual([slope.x, slope.y, moment.x, step.x], [100, -92, 100, 100])
  assert.equal(step.length, 26)
  assert.equal(step.label, "step ×5.2")
})

const twoPaths = { values: new Float32Array([0, 0, 1, 1, 0, 0, 30, -1]), shape: [2, 2, 2] }
const box = { x: [-2, 2], y: [-1, 1] }

test("a view that fits holds every path, in the shape of the surface's own", () => {
  const runs = [{ drawn: 1 }, { drawn: 1 }]
  assert.ok(leaves(twoPaths, runs, box))
  assert.ok(!leaves(twoPaths, [{ drawn: 1 }, { drawn: 0 }], box))
  const { x, y } = fittedView(twoPaths, runs, box)
  assert.ok(x[0] <= -2 && x[1] >= 30 && y[0] <= -1 && y[1] >= 1)
  close((x[1] - x[0]) / (y[1] - y[0]), 2, 1e-2)
})

test("a path that diverges does not make the view endless", () => {
  const far = { values: new Float32Array([0, 0, 1e30, 1e30]), shape: [1, 2, 2] }
  const { x } = fittedView(far, [{ drawn: 1 }], box)
  assert.ok(x[1] < 100)
})

test("a view that fits keeps its width far from zero", () => {
  const positions = { values: new Float32Array([5000.5, 0, 5001.5, 0]), shape: [1, 2, 2] }
  const fitted = fittedView(positions, [{ drawn: 1 }], { x: [5000, 5001], y: [-0.5, 0.5] })
  close(fitted.x[1] - fitted.x[0], 1.62, 0.002)
  assert.ok(fitted.x[0] < 5000 && fitted.x[1] > 5001.5)
})

test("pictures side by side are as large as they can be", () => {
  assert.equal(columnsFor(4, 600, 600, 1), 2)
  assert.equal(columnsFor(2, 900, 400, 1), 2)
  assert.equal(columnsFor(2, 300, 900, 1), 1)
  assert.equal(columnsFor(6, 900, 600, 1), 3)
})

test("a point is rounded to a share of the view's width, wherever the view lies", () => {
  assert.equal(roundedIn(1, 5000.123456), 5000.123)
  assert.equal(roundedIn(0.001, 0.0001234567), 0.000123)
  assert.equal(roundedIn(4, -1.23456), -1.235)
  assert.equal(roundedIn(2e6, 123456), 123000)
  assert.equal(roundedIn(1000, 12.6), 13)
  for (const width of [1e-3, 0.02, 1, 4, 19, 1000, 2e6]) {
    for (const low of [-1e6, -3, 0, 5000]) {
      for (let pixel = 0; pixel < 600; pixel++) {
        const value = low + (width * pixel) / 600
        assert.ok(Math.abs(roundedIn(width, value) - value) <= 0.00051 * width, `${value} in a view of ${width}`)
      }
    }
  }
})

test("neighbours in a narrow view far from zero are told apart in words, and short numbers stay short", () => {
  const words = value => readable(value, digitsIn(1, value))
  assert.equal(words(5000.123), "5000.123")
  assert.notEqual(words(5000.123), words(5000.124))
  assert.equal(readable(1.23456, digitsIn(4, 1.23456)), "1.235")
  assert.equal(digitsIn(4, 0), 4)
})
