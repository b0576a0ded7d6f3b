import assert from "node:assert/strict"
import test from "node:test"
import { Hover } from "../../player/web/hover.js"
import { decodeOutcome } from "../../player/web/outcome.js"
import { Starts } from "../../player/web/starts.js"
import { readTheme, themed } from "../../player/web/theme.js"
import { ContourView } from "../../player/web/views/contour_view.js"
import { memorySource, payload, surface } from "./documents.js"
import { openPage, point, press, settled, time } from "./page.js"

/** A contour with the parts that listen to the pointer; its picture is 4 wide and 2 high in a view of 1000 by 400. */
function contour(sent = payload(), given = memorySource()) {
  const root = openPage()
  const theme = readTheme(root)
  const styles = sent.styles.map(style => themed(style, theme))
  const picture = { outcome: decodeOutcome(sent), surface, examples: null, theme, styles }
  const heard = { previews: [], ended: 0, moved: [] }
  const starts = new Starts(given.source, () => picture, {
    preview: document => heard.previews.push(document),
    endPreview: () => heard.ended++,
    moved: (name, what) => heard.moved.push([name, what]),
  })
  const hover = new Hover(given.source, () => picture)
  const view = new ContourView(root)
  for (const part of [starts, hover]) part.watch(view)
  view.render(picture)
  starts.update([view])
  const at = (x, y) => Object.values(view.pixelOf({ x, y }))
  const fire = (type, [x, y], more) => point(view.section, type, x, y, more)
  return { ...given, ...heard, heard, view, starts, hover, at, fire }
}

const HELD = { buttons: 1 }

// ---------------------------------------------------------------- what is under the pointer

test("under the pointer stands about how high it is, then the true loss and the way down", async () => {
  const { view, at, fire, asked } = contour()
  fire("pointermove", at(1, 0.5))
  assert.equal(view.readout.textContent, "x 1   y 0.5   loss ≈ 3")
  await settled()
  assert.equal(view.readout.textContent, "x 1   y 0.5   loss 3")
  assert.deepEqual(asked[0].slice(0, 2), ["value", "landscape=quadratic&start=-1_0.5&runs=2"])
  assert.equal(view.section.dataset.downhill, "180")
  fire("pointerleave", [0, 0])
  assert.equal(view.readout.textContent, "")
  assert.equal(view.section.dataset.downhill, undefined)
})

test("an answer for a place that the pointer has left is not shown as that of the new one", async () => {
  const { view, at, fire } = contour()
  fire("pointermove", at(1, 0.5))
  fire("pointermove", at(-1, 0.5))
  assert.match(view.readout.textContent, /≈ 1$/)
  fire("pointermove", [1, 1])
  await settled()
  assert.equal(view.readout.textContent, "")
})

test("where the loss is not defined, that is said", async () => {
  const { view, at, fire } = contour(payload(), memorySource({ value: { loss: null, gradient: null } }))
  fire("pointermove", at(1, 0.5))
  await settled()
  assert.match(view.readout.textContent, /loss —$/)
  assert.equal(view.section.dataset.downhill, undefined)
})

// ---------------------------------------------------------------- starts

test("the handle lies at the common start, and says where that is", () => {
  const { starts, at } = contour()
  assert.deepEqual(
    [starts.handle.style.left, starts.handle.style.top],
    at(-1, 0.5).map(place => `${place}px`),
  )
  assert.match(starts.handle.title, /^Start at −1, 0\.5: drag it/)
  assert.equal(starts.handle.hidden, false)
})

test("while a start is dragged, the paths from there are drawn; it is kept where the pointer lets go", async () => {
  const { at, fire, asked, heard } = contour()
  fire("pointerdown", at(-1, 0.5), HELD)
  fire("pointermove", at(0, 0.25), HELD)
  await settled()
  assert.deepEqual(asked.filter(([name]) => name === "paths")[0].slice(2), [{ x: 0, y: 0.25 }, null])
  assert.equal(heard.previews.length, 1)
  fire("pointerup", at(0.5, 0.25))
  assert.deepEqual(heard.moved, [["start", { x: 0.5, y: 0.25, run: null }]])
})

test("a hand that hardly moves clicks, and a click with Shift repeats the runs from there", async () => {
  const { at, fire, count, heard } = contour()
  const [x, y] = at(1, 0.5)
  fire("pointerdown", [x, y], HELD)
  fire("pointermove", [x + 2, y], HELD)
  fire("pointerup", [x, y])
  fire("pointerdown", [x, y], HELD)
  fire("pointerup", [x, y], { shiftKey: true })
  await settled()
  assert.equal(count("paths"), 0)
  assert.deepEqual(heard.moved, [
    ["start", { x: 1, y: 0.5, run: null }],
    ["second", { x: 1, y: 0.5 }],
  ])
})

test("a double click sets one start for all, and its second click does not set another", () => {
  const { at, fire, heard } = contour()
  fire("pointerdown", at(1, 0.5), HELD)
  fire("pointerup", at(1, 0.5), { detail: 2 })
  fire("dblclick", at(1, 0.5))
  assert.deepEqual(heard.moved, [["start", { x: 1, y: 0.5, run: null, all: true }]])
})

test("a drag that ends outside, or was let go where nobody watched, changes nothing", async () => {
  const { at, fire, heard } = contour()
  for (const end of [() => fire("pointerup", [1, 1]), () => fire("pointermove", at(0.5, 0), { buttons: 0 })]) {
    fire("pointerdown", at(-1, 0.5), HELD)
    fire("pointermove", at(0, 0.25), HELD)
    end()
  }
  await settled()
  assert.deepEqual([heard.moved, heard.previews, heard.ended], [[], [], 2])
})

test("a run's own start is dragged from near it; the handle is that of the common one", () => {
  const sent = payload()
  sent.runs[1].ownStart = true
  const { at, fire, heard } = contour(sent)
  const [x, y] = at(-1, 0.6)
  fire("pointerdown", [x + 10, y], HELD)
  fire("pointermove", at(0, 0), HELD)
  fire("pointerup", at(1, 0.5))
  fire("pointerdown", at(-0.5, 0.6), HELD)
  fire("pointermove", at(0, 0), HELD)
  fire("pointerup", at(1, 0.5))
  assert.deepEqual(
    heard.moved.map(([, { run }]) => run),
    [1, null],
  )
})

test("arrow keys move the start by a share of the view, and it is kept once they rest", async () => {
  const { starts, heard, asked } = contour()
  assert.equal(press("ArrowRight", starts.handle).defaultPrevented, true)
  press("ArrowRight", starts.handle)
  press("ArrowUp", starts.handle, { shiftKey: true })
  await settled()
  assert.deepEqual(asked.at(-1)[2], { x: -0.92, y: 0.7 })
  time.pass(500)
  assert.deepEqual(heard.moved, [])
  time.pass(200)
  assert.deepEqual(heard.moved, [["start", { x: -0.92, y: 0.7, run: null }]])
  assert.equal(press("a", starts.handle).defaultPrevented, false)
})

test("keys do not move the start out of the view", () => {
  const { starts, heard } = contour()
  for (let times = 0; times < 9; times++) press("ArrowLeft", starts.handle, { shiftKey: true })
  time.pass(700)
  assert.equal(heard.moved[0][1].x, -2)
})

test("where nobody can answer for other starts, none can be moved", () => {
  const given = memorySource()
  given.source.paths = undefined
  const { at, fire, heard, starts } = contour(payload(), given)
  fire("pointerdown", at(-1, 0.5), HELD)
  fire("pointerup", at(1, 0.5))
  fire("dblclick", at(1, 0.5))
  assert.deepEqual([heard.moved, starts.handle.hidden], [[], true])
})
