import assert from "node:assert/strict"
import test from "node:test"
import { decodeFan, pathAt, placeOf, rateAt } from "../../player/web/fan.js"
import { RateSlider } from "../../player/web/rate_slider.js"
import { memorySource, rates } from "./documents.js"
import { openPage, settled, time } from "./page.js"

const QUERY = { query: "landscape=quadratic", steps: 10 }
const SHOWN = { run: 0, rate: 0.1, range: [0.01, 1], count: 3 }

function slider(given = memorySource()) {
  const kept = []
  const dragged = []
  const previews = []
  const made = new RateSlider(openPage(), given.source, {
    dragged: (...what) => dragged.push(what),
    preview: (...what) => previews.push(what),
    keep: (...what) => kept.push(what),
  })
  made.follow(QUERY.query, QUERY.steps)
  made.show(SHOWN)
  const move = value => {
    made.slider.value = String(value)
    made.slider.dispatchEvent(new Event("input"))
  }
  const fire = (type, target = made.slider) => target.dispatchEvent(new Event(type))
  return { ...given, made, dragged, kept, previews, move, fire }
}

test("a fan's path is that of the rate at its places, and lies between its neighbours elsewhere", () => {
  const positions = { values: new Float32Array([0, 0, 1, 2, 0, 0, 3, 6]), shape: [2, 2, 2] }
  const losses = { values: new Float32Array([5, 1, 5, 3]), shape: [2, 2] }
  const slopes = { values: new Float32Array([8, 2, 8, 4]), shape: [2, 2] }
  const fan = { positions, losses, slopes, drawn: [4, 4], stride: 4 }
  assert.deepEqual([...pathAt(fan, 0, 4).positions.slice(-2)], [1, 2])
  assert.deepEqual([...pathAt(fan, 1, 4).positions.slice(-2)], [3, 6])
  assert.deepEqual([...pathAt(fan, 0.5, 4).positions.slice(-2)], [2, 4])
  assert.deepEqual([...pathAt(fan, 0, 4).losses], [5, 4, 3, 2, 1])
  assert.deepEqual([...pathAt(fan, 0.5, 4).slopes], [8, 6.75, 5.5, 4.25])
  const diverging = { ...fan, drawn: [4, 1] }
  assert.deepEqual([...pathAt(diverging, 0.4, 4).positions.slice(-2)], [1, 2])
  assert.equal(pathAt(diverging, 0.6, 4).drawn, 1)
})

test("a fan in larger strides ends where the run does", () => {
  const { positions } = pathAt(decodeFan(rates(10, 4)), 0, 10)
  assert.deepEqual([...positions.slice(0, 6)], [0, 0, 0.25, 0.5, 0.5, 1])
  assert.deepEqual([...positions.slice(-2)], [3, 6])
})

test("a rate's place on the fan and the rate at that place belong together", () => {
  const range = [1e-4, 10]
  for (const rate of [1e-4, 0.00321, 0.5, 10]) {
    assert.ok(Math.abs(rateAt(placeOf(rate, range, 64), range, 64) / rate - 1) < 1e-9)
  }
  assert.ok(Math.abs(placeOf(10, range, 64) - 63) < 1e-9)
})

test("the slider stands at the run's rate", () => {
  const { made } = slider()
  assert.equal(made.slider.value, "16")
  assert.equal(made.value.textContent, "0.1")
  assert.equal(made.slider.disabled, false)
})

test("while it moves, the path at its place is drawn once a frame, and nothing is kept", async () => {
  const { dragged, fire, move, previews, kept } = slider()
  fire("pointerenter")
  await settled()
  fire("pointerdown")
  for (const value of [20, 26, 32]) move(value)
  time.frame()
  assert.equal(previews.length, 1)
  const [run, path, at] = previews[0]
  assert.deepEqual([run, path.positions.at(-1), at], [0, 60, { rate: 1, factor: 10 }])
  assert.deepEqual(dragged.at(-1), [0, 1])
  assert.deepEqual(kept, [])
})

test("moved before the fan is there, it is drawn once it comes", async () => {
  const { move, previews } = slider()
  move(32)
  time.frame()
  assert.equal(previews.length, 0)
  await settled()
  time.frame()
  assert.equal(previews.length, 1)
})

test("the pointer lets go anywhere: the rate is kept at once, exactly as it was shown", async () => {
  const { made, fire, move, kept } = slider()
  fire("pointerdown")
  await settled()
  move(32)
  fire("change")
  fire("pointerup", window)
  time.pass(0)
  assert.deepEqual(kept, [[0, 1]])
  assert.equal(made.value.textContent, "1")
})

test("keys may follow each other: only the last rate is kept", () => {
  const { fire, move, kept } = slider()
  move(17)
  fire("change")
  time.pass(300)
  move(24)
  fire("change")
  time.pass(300)
  assert.deepEqual(kept, [])
  time.pass(200)
  assert.deepEqual(kept, [[0, 0.316]])
})

test("a rate that was moved is kept when another run is selected, and the next run begins with its own", () => {
  const { made, move, fire, kept, previews } = slider()
  move(32)
  fire("change")
  made.leave()
  assert.deepEqual(kept, [[0, 1]])
  assert.equal(made.slider.disabled, true)
  made.leave()
  time.pass(1000)
  time.frame()
  assert.deepEqual([kept.length, previews.length], [1, 0])
  made.show({ ...SHOWN, run: 1, rate: 0.01 })
  assert.equal(made.slider.value, "0")
})

test("a hand on the slider is not pushed aside by what the server says meanwhile", () => {
  const { made, fire, move } = slider()
  fire("pointerdown")
  move(30)
  made.show({ ...SHOWN, rate: 0.01 })
  assert.equal(made.slider.value, "30")
})

test("a fan is asked for once for a run, and again after it could not be had", async t => {
  t.mock.method(console, "warn", () => {})
  const { fire, failing, count, made } = slider()
  failing.add("rates")
  fire("pointerenter")
  await settled()
  failing.clear()
  fire("pointerenter")
  fire("focus")
  await settled()
  assert.equal(count("rates"), 2)
  assert.equal(made.slider.dataset.ready, "true")
})

test("without anybody to ask for rates there is no slider", () => {
  const { source } = memorySource()
  const made = new RateSlider(openPage(), { ...source, rates: undefined }, { dragged() {}, preview() {}, keep() {} })
  assert.equal(made.label.hidden, true)
})
