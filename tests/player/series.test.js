import assert from "node:assert/strict"
import test from "node:test"
import { batchAt, decodeExamples } from "../../player/web/examples.js"
import { decodeOutcome, drawnLosses, withPath } from "../../player/web/outcome.js"
import { coordinates, decodeSeries, ofRun, pointAt, ranks, setBits, widthOf, withRun } from "../../player/web/series.js"
import { encode, payload } from "./documents.js"

test("a series is decoded, and cut into runs", () => {
  const series = decodeSeries(encode([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]))
  assert.deepEqual([...ofRun(series, 1)], [5, 6, 7, 8])
  assert.deepEqual([...pointAt(series, 1, 1)], [7, 8])
})

test("the dimension of positions comes from their shape, whatever it is", () => {
  const series = decodeSeries(encode([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [2, 2, 3]))
  assert.equal(widthOf(series), 3)
  assert.deepEqual([...pointAt(series, 1, 0)], [7, 8, 9])
  assert.deepEqual(
    coordinates(series, 0).map(along => along(1)),
    [4, 5, 6],
  )
  assert.equal(widthOf({ values: new Float32Array(4), shape: [2, 2] }), 1)
})

test("another run's values leave the series as it was", () => {
  const series = decodeSeries(encode([1, 2, 3, 4], [2, 2]))
  assert.deepEqual([...withRun(series, 1, new Float32Array([8, 9])).values], [1, 2, 8, 9])
  assert.deepEqual([...series.values], [1, 2, 3, 4])
})

test("bits are read from the highest of the first byte on", () => {
  assert.deepEqual(setBits(Buffer.from([0b10000001, 0b01000000]).toString("base64")), [0, 7, 9])
  assert.deepEqual(setBits(""), [])
})

test("places by loss are those of a race, and who has left comes last", () => {
  const gaps = { values: new Float32Array([3, 2, 0, 2, 3, 1, 1, 1, 2]), shape: [3, 3] }
  const placed = ranks(gaps, [{ drawn: 1 }, { drawn: 2 }, { drawn: 2 }])
  assert.deepEqual(
    placed.map(run => [...run]),
    [
      [3, 2, 3],
      [2, 3, 1],
      [1, 1, 2],
    ],
  )
})

test("an outcome has a rate for every step, and the steps that were clipped", () => {
  const sent = payload({ steps: 4 })
  sent.rates[1] = encode([1, 2, 3, 4], [4])
  sent.runs[0].clipped = Buffer.from([0b01100000]).toString("base64")
  const outcome = decodeOutcome(sent)
  assert.deepEqual([...outcome.ratesOf(1)], [1, 2, 3, 4])
  assert.equal(outcome.ratesOf(0).length, 4)
  assert.deepEqual(
    outcome.runs.map(run => run.clipped),
    [[1, 2], []],
  )
})

test("a run at another rate has its path, its losses above the floor and its rates; the others keep theirs", () => {
  const before = decodeOutcome(payload({ steps: 2, floor: 1 }))
  const positions = new Float32Array([1, 2, 4, 6, 5, 6])
  const path = { positions, losses: new Float32Array([3, 2, 0]), slopes: new Float32Array([7, 8]), drawn: 1 }
  const at = { rate: 0.3, factor: 3 }
  const dragged = withPath(before, before, 1, path, at)
  assert.deepEqual([...ofRun(dragged.positions, 1)], [...positions])
  assert.deepEqual([...ofRun(dragged.gaps, 1)], [2, 1, 0])
  assert.deepEqual([...ofRun(dragged.slopes, 1)], [7, 8])
  assert.deepEqual([dragged.runs[0].drawn, dragged.runs[1].drawn], [2, 1])
  const { verdict, final, best, reached, length } = dragged.runs[1]
  assert.deepEqual([verdict, final, best, reached, length], ["", null, 2, null, 5])
  assert.deepEqual([dragged.lossAt(1, 2), dragged.lossAt(0, 2), dragged.dragged], [0, 1, { run: 1, rate: 0.3 }])
  assert.deepEqual(
    [...dragged.ratesOf(1)].map(rate => rate.toFixed(2)),
    ["0.30", "0.30"],
  )
  assert.deepEqual([...ofRun(dragged.positions, 0)], [...ofRun(before.positions, 0)])
  const again = withPath(dragged, before, 1, path, at)
  assert.deepEqual([...again.ratesOf(1)], [...dragged.ratesOf(1)])
})

test("beside a held-out loss, the loss is drawn as it is", () => {
  const sent = payload({ steps: 1, runs: 1, floor: 5 })
  assert.deepEqual([...drawnLosses(decodeOutcome(sent), 0)], [1, 0])
  const both = decodeOutcome({ ...sent, heldOut: encode([7, 7], [1, 2]) })
  assert.deepEqual([...drawnLosses(both, 0)], [6, 5])
})

test("a step's batch is cut out of all, without what fills up a small one", () => {
  const members = Buffer.from([4, 7, 9, 1, 255, 255, 0, 2, 3]).toString("base64")
  const { batches } = decodeExamples({ batches: { size: 3, members } })
  assert.deepEqual([...batchAt(batches, 0)], [4, 7, 9])
  assert.deepEqual([...batchAt(batches, 1)], [1])
  assert.deepEqual([...batchAt(batches, 2)], [0, 2, 3])
})
