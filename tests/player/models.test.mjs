import assert from "node:assert/strict"
import test from "node:test"
import { batchAt, predictions, setBits, spaced } from "../../player/web/models.js"

test("a step's batch is cut out of all, without what fills up a small one", () => {
  const batches = { size: 3, members: new Uint8Array([4, 7, 9, 1, 255, 255, 0, 2, 3]) }
  assert.deepEqual([...batchAt(batches, 0)], [4, 7, 9])
  assert.deepEqual([...batchAt(batches, 1)], [1])
  assert.deepEqual([...batchAt(batches, 2)], [0, 2, 3])
})

test("bits are read from the highest of the first byte on", () => {
  assert.deepEqual(setBits(Buffer.from([0b10000001, 0b01000000]).toString("base64")), [0, 7, 9])
  assert.deepEqual(setBits(""), [])
})

test("marks keep their distance along the path", () => {
  assert.deepEqual(spaced([0, 1, 2, 3, 5], [0, 4, 8, 10, 12, 30], 9), [0, 3, 5])
})

test("a model has a curve for every group of examples", () => {
  const at = model => predictions(model, [2, 3]).map(curve => curve(0.5))
  assert.deepEqual(at("line"), [4])
  assert.deepEqual(at("sigmoid"), [1 / (1 + Math.exp(-4))])
  assert.deepEqual(at("network"), [3 * Math.tanh(1)])
  assert.deepEqual(at("two lines"), [1, 4])
})
