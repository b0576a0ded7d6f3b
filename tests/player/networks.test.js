// What networks have learned, as it is decoded and drawn.

import assert from "node:assert/strict"
import { test } from "node:test"
import { answersOf, decodeBoundaries, frameAt } from "../../player/web/boundaries.js"
import { isoline } from "../../player/web/geometry/isoline.js"
import { ViewChoice } from "../../player/web/view_choice.js"

const bytes = [...Array(2 * 3 * 4).keys()]
const boundaries = decodeBoundaries({
  ...{
    steps: [0, 10, 25],
    ends: [
      [0, 1],
      [0, 1],
    ],
    sizes: [2, 2],
    values: btoa(String.fromCharCode(...bytes)),
  },
  ...{ accuracy: null, heldOutAccuracy: null, classes: true },
  ...{ training: { inputs: [], targets: [] }, heldOut: { inputs: [], targets: [] } },
})

test("the answers of a run in a frame stand run by run and step by step", () => {
  assert.deepEqual([...answersOf(boundaries, 0, 1)], [4, 5, 6, 7])
  assert.deepEqual([...answersOf(boundaries, 1, 2)], [20, 21, 22, 23])
})

test("until answers are known again, those of the last step that is over are shown", () => {
  const frames = [0, 9, 10, 24, 25, 99].map(step => frameAt(boundaries, step))
  assert.deepEqual(frames, [0, 0, 1, 1, 2, 2])
})

test("a level is crossed between the points where values pass it", () => {
  // Columns rise from 0 to 2: the level 0.5 is a straight line down at a quarter of the way.
  const values = [0, 1, 2, 0, 1, 2, 0, 1, 2]
  const pieces = isoline(values, 3, 3, 0.5)
  assert.equal(pieces.length, 2)
  for (const point of pieces.flat()) assert.equal(point[0], 0.5)
  assert.deepEqual(
    pieces
      .flat()
      .map(point => point[1])
      .sort(),
    [0, 1, 1, 2],
  )
})

test("where nothing passes a level there is no line, and a saddle has two", () => {
  assert.deepEqual(isoline([1, 1, 1, 1], 2, 2, 0.5), [])
  assert.equal(isoline([0, 1, 1, 0], 2, 2, 0.5).length, 2)
})

test("what is there for networks alone is offered with them, and takes the room of two", () => {
  const views = new ViewChoice()
  const offered = () => views.states.filter(view => view.offered).map(view => view.name)
  assert.ok(!offered().includes("boundary"))
  views.offerNetworks(true)
  assert.ok(offered().includes("boundary") && offered().includes("sharpness") && !offered().includes("race"))
  views.setRoom(4)
  assert.deepEqual(
    views.states.filter(view => view.shown).map(view => view.name),
    ["boundary", "loss", "sharpness"],
  )
  views.offerNetworks(false)
  assert.ok(!views.states.some(view => view.name === "sharpness" && view.shown))
})
