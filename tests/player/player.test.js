import assert from "node:assert/strict"
import test from "node:test"
import { Ingredients } from "../../player/web/ingredients.js"
import { update } from "../../player/web/mount.js"
import { Player } from "../../player/web/player.js"
import { delivery, encode, memorySource, noAssets, payload, step, surface } from "./documents.js"
import { named, openPage, point, press, rest, settled, time } from "./page.js"

/** A player that has been given its first data, and what it sent. */
async function player({ page, answers, data, missing = [] } = {}) {
  const root = openPage(page)
  const given = memorySource(answers)
  for (const name of missing) given.source[name] = undefined
  const sent = []
  const ingredients = new Ingredients(given.source, noAssets)
  const made = new Player(root, given.source, (name, what) => sent.push([name, what]), ingredients)
  made.update(delivery(data))
  await settled()
  return { ...given, root, made, sent }
}

const STILL = { reducedMotion: true }
const state = ({ dataset }) => [dataset.state, dataset.step]
const plots = name => globalThis.Plotly.calls.filter(([call]) => call === name)

// ---------------------------------------------------------------- from data to a picture

test("the first data are drawn, then played once by themselves", async () => {
  const { root } = await player()
  assert.deepEqual([root.dataset.digest, root.dataset.steps], ["2 -1,0.5", "10"])
  assert.deepEqual(state(root), ["paused", "0"])
  await rest(400)
  assert.equal(root.dataset.state, "playing")
  await rest(1000)
  assert.deepEqual(state(root), ["paused", "10"])
})

test("who asks for less motion gets the finished picture", async () => {
  const { root } = await player({ page: STILL })
  await rest()
  assert.deepEqual(state(root), ["paused", "10"])
})

for (const [page, wish] of [
  [undefined, ""],
  [STILL, ", even for who asks for less motion"],
])
  test(`where the page asks first, the picture waits at its start${wish}`, async () => {
    const { root, sent } = await player({ page, data: { waits: true } })
    await rest()
    assert.deepEqual([...state(root), sent], ["paused", "0", []])
    press(" ")
    await rest()
    assert.deepEqual([...state(root), sent], ["paused", "10", [["seen", 1]]])
  })

test("a page that asks is told once of every experiment that it was seen to its end", async () => {
  const { made, sent } = await player({ page: STILL, data: { waits: false } })
  await rest()
  assert.deepEqual(sent, [["seen", 1]])
  press("Home")
  press("End")
  made.update(delivery({ serial: 2, waits: false, digest: "second" }))
  await rest()
  assert.equal(sent.length, 1)
  made.update(delivery({ serial: 3, waits: false, scene: 2, digest: "third" }))
  await rest()
  assert.deepEqual(sent.at(-1), ["seen", 2])
})

test("a page that does not ask is told nothing", async () => {
  const { sent } = await player()
  await rest()
  assert.deepEqual(sent, [])
})

test("who has touched the clock already is not interrupted", async () => {
  const { root } = await player()
  press("ArrowRight")
  await rest()
  assert.deepEqual(state(root), ["paused", "1"])
})

test("two updates in quick succession play, too", async () => {
  const { root, made } = await player({ data: { steps: 100 } })
  made.update(delivery({ serial: 2, steps: 100, digest: "second" }))
  await rest(600)
  assert.deepEqual([root.dataset.digest, root.dataset.state], ["second", "playing"])
})

test("other numbers keep the step, another experiment begins from its start", async () => {
  const { root, made } = await player({ page: STILL })
  await rest()
  press("Home")
  for (let key = 0; key < 4; key++) press("ArrowRight")
  made.update(delivery({ serial: 2, digest: "second" }))
  await rest()
  assert.deepEqual([root.dataset.digest, ...state(root)], ["second", "paused", "4"])
  globalThis.matchMedia = () => ({ matches: false })
  made.update(delivery({ serial: 3, scene: 2, digest: "third" }))
  await rest(200)
  assert.deepEqual([root.dataset.digest, ...state(root)], ["third", "paused", "0"])
  await rest(300)
  assert.equal(root.dataset.state, "playing")
})

test("where only paths change, the surface is neither asked for nor drawn again", async () => {
  const { made, count } = await player({ page: STILL, answers: { surface: () => ({ ...surface }) } })
  await rest()
  const before = plots("react").length
  made.update(delivery({ serial: 2, digest: "second" }))
  await rest()
  assert.equal(count("surface"), 1)
  assert.equal(plots("react").length, before)
  made.update(delivery({ serial: 3, surface: "landscape=beale", digest: "third" }))
  await rest()
  assert.equal(count("surface"), 2)
  assert.ok(plots("react").length > before)
})

test("the examples and the batch of the step are drawn where the surface is made of data", async () => {
  const { root } = await player({ page: STILL, data: { examples: "linear_regression", steps: 2 } })
  await rest()
  assert.equal(named(root, "view-data").hidden, false)
  assert.equal(named(root, "view-rate").hidden, true)
  assert.equal(named(root, "view-data").dataset.batch, "2")
  press("Home")
  assert.equal(named(root, "view-data").dataset.batch, "0 1")
})

test("what could not be fetched is named, and fetched again until it is there", async t => {
  t.mock.method(console, "error", () => {})
  const { root, made, failing, count } = await player({ page: STILL })
  const notice = () => root.querySelector(".fall-line-notice").textContent
  await rest()
  failing.add("examples")
  made.update(delivery({ serial: 2, examples: "linear_regression", digest: "second" }))
  await settled()
  assert.equal(notice(), "The examples could not be fetched. Trying again…")
  assert.equal(root.dataset.digest, "2 -1,0.5")
  await rest(2200)
  assert.equal(count("examples"), 2)
  failing.clear()
  await rest(2200)
  assert.deepEqual([notice(), root.dataset.digest], ["", "second"])
})

// ---------------------------------------------------------------- what a person asks for

test("keys and buttons move the one clock", async () => {
  const { root } = await player({ page: STILL })
  await rest()
  press("Home")
  press("ArrowRight", document.body, { shiftKey: true })
  assert.deepEqual(state(root), ["paused", "10"])
  named(root, "player-step-back").click()
  assert.equal(root.dataset.step, "9")
  press(" ")
  assert.equal(root.dataset.state, "playing")
  press("-")
  assert.equal(named(root, "player-speed").value, "0.5")
  press("l")
  assert.equal(named(root, "player-loop").getAttribute("aria-pressed"), "true")
})

test("before there are data, keys are left to the browser or do no harm", () => {
  const root = openPage()
  const { source } = memorySource()
  new Player(root, source, () => {}, new Ingredients(source, noAssets))
  for (const key of [" ", "ArrowRight", "End", "1", "Escape"]) press(key)
  assert.equal(root.dataset.state, "paused")
  assert.equal(press("Escape").defaultPrevented, false)
})

test("a selected run shows its step in numbers; the same key, Escape or the cross leaves it", async () => {
  const { root, asked } = await player({ page: STILL })
  const panel = named(root, "player-numbers")
  await rest()
  for (const leave of [() => press("2"), () => press("Escape"), () => named(root, "player-numbers-close").click()]) {
    press("2")
    assert.equal(panel.getAttribute("aria-busy"), "true")
    await rest(300)
    assert.deepEqual([panel.hidden, panel.getAttribute("aria-busy"), panel.dataset.step], [false, "false", "9"])
    assert.match(
      panel.textContent,
      /run 1: step 10 of 10, its last update.*⟨\\theta - g⟩.*⟨t⟩ = 1.*⟨g_t⟩0\.25—the gradient/,
    )
    leave()
    assert.equal(panel.hidden, true)
  }
  assert.deepEqual(asked.find(([name]) => name === "step").slice(2, 4), [1, 9])
})

test("the slider, the panel and who reads aloud count the same steps", async () => {
  const { root } = await player({ page: STILL })
  await rest()
  press("1")
  for (const [key, count] of [
    ["Home", "step 0 of 10"],
    ["ArrowRight", "step 1 of 10"],
    ["End", "step 10 of 10"],
  ]) {
    press(key)
    await rest(900)
    assert.equal(root.querySelector(".fall-line-counter").textContent, count)
    assert.match(root.querySelector(".fall-line-step-title").textContent, new RegExp(`run 0: ${count}`))
    assert.match(named(root, "player-live").textContent.toLowerCase(), new RegExp(`^${count}`))
  }
})

test("the step in numbers follows the clock, and only the newest answer is shown", async () => {
  const answer = (_query, _run, at) => ({ ...step, rows: [{ symbol: "t", name: "", values: [at] }] })
  const { root, count } = await player({ page: STILL, answers: { step: answer } })
  await rest()
  press("1")
  await rest(200)
  const before = count("step")
  for (let key = 0; key < 6; key++) press("ArrowLeft")
  await rest(300)
  assert.match(named(root, "player-numbers").textContent, /⟨t⟩ = 4/)
  assert.equal(count("step"), before + 2)
})

test("a selected run that is removed is selected no more, and the others play on", async () => {
  const { root, made } = await player({ page: STILL })
  await rest()
  press("2")
  made.update(delivery({ serial: 2, runs: 1, digest: "one" }))
  await rest()
  assert.equal(named(root, "player-numbers").hidden, true)
  assert.equal(named(root, "player-run-1"), null)
  press("ArrowLeft")
  assert.equal(root.dataset.step, "9")
})

test("beside the numbers of a run the loss stays; another view that is asked for takes their place", async () => {
  const { root } = await player({ page: STILL })
  await rest()
  const shown = () => ["loss", "surface", "rate"].map(name => !named(root, `view-${name}`).hidden)
  const pressed = () =>
    ["loss", "surface", "rate"].map(name => named(root, `toggle-${name}`).getAttribute("aria-pressed") === "true")
  press("1")
  assert.deepEqual(
    [shown(), pressed()],
    [
      [true, false, false],
      [true, false, false],
    ],
  )
  named(root, "toggle-rate").click()
  assert.deepEqual(
    [shown(), pressed()],
    [
      [true, true, true],
      [true, true, true],
    ],
  )
  assert.equal(named(root, "player-numbers").hidden, true)
})

test("the arrows of a step stay when the same outcome comes again, in presenter mode, say", async () => {
  const { root, made } = await player({ page: STILL })
  await rest()
  press("1")
  await rest(300)
  const arrows = () => made.stage.contour.overlay.heads.step?.arrows.map(({ name }) => name)
  assert.deepEqual(arrows(), ["slope", "step"])
  press("p")
  made.update(delivery({ serial: 2, present: true }))
  await rest(300)
  assert.ok(root.classList.contains("fall-line-presenting"))
  assert.deepEqual(arrows(), ["slope", "step"])
})

test("a run that is not there can't be selected", async () => {
  const { root } = await player({ page: STILL })
  await rest()
  press("7")
  assert.ok(!root.classList.contains("fall-line-selected"))
})

test("side by side every run has a contour, and the handle is in the first with the common start", async () => {
  const sent = delivery()
  sent.runs[0].ownStart = true
  const { root, made } = await player({ page: STILL })
  made.update({ ...sent, serial: 2 })
  await rest()
  named(root, "player-layout").click()
  assert.equal(named(root, "view-contour").hidden, true)
  assert.match(named(root, "view-panel-1").textContent, /run 1/)
  assert.ok(named(root, "view-panel-1").contains(named(root, "player-start")))
  point(named(root, "view-panel-0"), "pointermove", 500, 200)
  assert.match(named(root, "view-panel-0").textContent, /loss ≈ 1\.[89]/)
})

test("the last change is taken back by the page, where it can", async () => {
  const { root, made, sent } = await player({ page: STILL })
  await rest()
  const button = named(root, "player-undo")
  assert.equal(button.hidden, true)
  made.update(delivery({ serial: 2, undoable: false }))
  await rest()
  assert.deepEqual([button.hidden, button.disabled], [false, true])
  press("z", document.body, { ctrlKey: true })
  assert.deepEqual(sent, [])
  made.update(delivery({ serial: 3, undoable: true }))
  await rest()
  button.click()
  press("z", document.body, { ctrlKey: true })
  assert.deepEqual(sent, [
    ["undo", 3],
    ["undo", 3],
  ])
})

test("presenter mode is sent when a person asks for it, and not when the link did", async () => {
  const { root, sent } = await player({ page: STILL, data: { present: true } })
  await rest()
  assert.ok(root.classList.contains("fall-line-presenting"))
  assert.deepEqual(sent, [])
  press("Escape")
  press("p")
  assert.deepEqual(sent, [
    ["present", false],
    ["present", true],
  ])
})

test("a view that fits asks for the part of the plane with all paths, and goes back", async () => {
  const far = delivery({ steps: 2, runs: 1 })
  far.positions = encode(
    [
      [0, 0],
      [1, 1],
      [9, 9],
    ],
    [1, 3, 2],
  )
  const { root, made, asked } = await player({ page: STILL })
  assert.equal(named(root, "player-fit").hidden, true)
  made.update({ ...far, serial: 2 })
  await rest()
  named(root, "player-fit").click()
  await settled()
  const { window } = asked.filter(([name]) => name === "surface").at(-1)[1]
  assert.ok(window.x[1] > 9 && window.y[1] > 9)
  assert.equal(named(root, "player-fit").getAttribute("aria-pressed"), "true")
  named(root, "player-fit").click()
  await rest()
  assert.equal(named(root, "player-fit").getAttribute("aria-pressed"), "false")
})

// ---------------------------------------------------------------- while something is dragged

const HELD = { buttons: 1 }

test("a first visit is told what can be dragged, under the pointer alone, until something was", async () => {
  const { root } = await player({ page: STILL })
  await rest()
  const hint = () => named(root, "player-hint").hidden
  const enter = to => root.dispatchEvent(new Event(to ? "pointerenter" : "pointerleave"))
  assert.equal(hint(), true)
  enter(true)
  assert.equal(hint(), false)
  enter(false)
  assert.equal(hint(), true)
  enter(true)
  const contour = named(root, "view-contour")
  point(contour, "pointerdown", 400, 200, HELD)
  point(contour, "pointerup", 400, 200)
  assert.equal(hint(), true)
  enter(true)
  assert.equal(hint(), true)
})

test("who has closed the hint is not told again on another visit", async () => {
  const { root } = await player({ page: STILL })
  root.dispatchEvent(new Event("pointerenter"))
  named(root, "player-hint-close").click()
  assert.equal(named(root, "player-hint").hidden, true)
  const again = new Player(root, memorySource().source, () => {}, new Ingredients(memorySource().source, noAssets))
  root.dispatchEvent(new Event("pointerenter"))
  assert.equal(again.hint.section.hidden, true)
})

test("a dragged start is drawn before it is kept, and what was there comes back if it is not", async () => {
  const elsewhere = payload({ start: [1, 0.5], digest: "elsewhere" })
  const { root, sent } = await player({ page: STILL, answers: { paths: elsewhere } })
  await rest()
  const contour = named(root, "view-contour")
  point(contour, "pointerdown", 400, 200, HELD)
  point(contour, "pointermove", 500, 200, HELD)
  await settled()
  assert.equal(root.dataset.digest, "elsewhere")
  assert.equal(named(root, "player-table").querySelectorAll("tbody tr").length, 2)
  point(contour, "pointerup", 1, 1)
  await settled()
  assert.deepEqual([root.dataset.digest, sent], ["2 -1,0.5", []])
})

test("a dragged rate is drawn in the views that know it, and the data that follow replace it", async () => {
  const { root, made, sent } = await player({ page: STILL })
  await rest()
  press("1")
  await rest(200)
  const slider = named(root, "player-rate")
  slider.dispatchEvent(new Event("focus"))
  await settled()
  slider.value = "32"
  slider.dispatchEvent(new Event("input"))
  time.frame()
  assert.equal(root.dataset.preview, "1")
  assert.equal(root.dataset.digest, "2 -1,0.5")
  slider.dispatchEvent(new Event("change"))
  time.pass(500)
  assert.deepEqual(sent, [
    ["dragged", { run: 0, rate: 1 }],
    ["rate", { run: 0, rate: 1 }],
  ])
  made.update(delivery({ serial: 2, digest: "kept" }))
  await rest()
  assert.equal(root.dataset.digest, "kept")
})

test("while a rate is dragged, every number belongs to it, and nothing is said that is not known", async () => {
  const answer = (_query, _run, _at, rate) => ({ ...step, rows: [{ symbol: "t", name: "", values: [rate ?? 0.1] }] })
  const sent = delivery()
  sent.runs[0].label = "Adam η=0.1"
  const { root, made } = await player({ page: STILL, answers: { step: answer } })
  made.update({ ...sent, serial: 2 })
  await rest()
  named(root, "toggle-race").click()
  press("1")
  await rest(300)
  const button = () => named(root, "player-run-0").textContent
  const row = () => [...named(root, "player-table").querySelector("tbody tr").children].map(cell => cell.textContent)
  const panel = () => named(root, "player-numbers").textContent
  assert.match(button(), /Adam η=0\.1at the minimum/)
  assert.match(panel(), /Adam η=0\.1: .*⟨t⟩ = 0\.1/)
  const slider = named(root, "player-rate")
  slider.dispatchEvent(new Event("focus"))
  await settled()
  slider.dispatchEvent(new Event("pointerdown"))
  slider.value = "32"
  slider.dispatchEvent(new Event("input"))
  time.frame()
  assert.equal(named(root, "player-numbers").getAttribute("aria-busy"), "true")
  await rest(300)
  assert.match(button(), /^Adam η=1loss 13$/)
  assert.deepEqual(row().slice(1), ["Adam η=1", "…", "13", "3", "—", "67.08"])
  assert.match(panel(), /Adam η=1: step 10 of 10.*⟨t⟩ = 1\D/)
  const { outcome } = made.drawing.picture
  assert.deepEqual([outcome.slopes.values[0], outcome.ranksOf(0)[10], outcome.ranksOf(1)[10]], [3, 2, 1])
  await rest(1000)
  assert.match(named(root, "player-live").textContent, /Adam η=1: loss 13\./)
})

// ---------------------------------------------------------------- the surface in three dimensions

/** What the paths in 3-D were drawn with since this was asked last, as the names of the canvas's calls. */
function drawnIn3d(root) {
  const [{ recorded }] = named(root, "view-surface").querySelectorAll("canvas")
  return recorded.calls.splice(0).map(([call]) => call)
}

test("steps and drags draw paths in 3-D, and the surface below them never again", async () => {
  const elsewhere = payload({ start: [1, 0.5], digest: "elsewhere" })
  const { root } = await player({ page: STILL, answers: { paths: elsewhere } })
  await rest()
  const figures = plots("react").length
  assert.ok(drawnIn3d(root).includes("lineTo"))
  press("Home")
  assert.ok(!drawnIn3d(root).includes("lineTo"))
  press("ArrowRight")
  assert.ok(drawnIn3d(root).includes("lineTo"))
  const contour = named(root, "view-contour")
  point(contour, "pointerdown", 400, 200, HELD)
  for (let x = 410; x < 500; x += 10) {
    point(contour, "pointermove", x, 200, HELD)
    await rest(300)
  }
  assert.ok(drawnIn3d(root).includes("lineTo"))
  assert.equal(plots("react").length, figures)
})

test("whoever turns the surface turns the paths with it, and a pointer that only passes draws nothing", async () => {
  const { root } = await player({ page: STILL })
  await rest()
  const { _scene: scene } = named(root, "view-surface").querySelector(".fall-line-plot")._fullLayout.scene
  drawnIn3d(root)
  scene.glplot.cameraParams.view[12] = 3
  scene.render()
  assert.ok(drawnIn3d(root).includes("lineTo"))
  assert.equal(scene.glplot.mouseListener.enabled, false)
})

test("minima are marked in 3-D as in the contour, unless they are to be found", async () => {
  const { root } = await player({ page: STILL })
  await rest()
  const [, { recorded }] = named(root, "view-surface").querySelectorAll("canvas")
  // Of all that is drawn there, only a star has corners; heads and starts are circles.
  const shapes = () => {
    const calls = recorded.calls.splice(0).map(([call]) => call)
    return { stars: calls.includes("closePath"), circles: calls.includes("arc") }
  }
  assert.deepEqual(shapes(), { stars: true, circles: true })
  named(root, "player-marks").click()
  await rest()
  shapes()
  press("ArrowLeft")
  assert.deepEqual(shapes(), { stars: false, circles: true })
  named(root, "player-marks").click()
  await rest()
  assert.deepEqual(shapes(), { stars: true, circles: true })
})

test("until another surface is drawn in 3-D, there are no paths over the one before, however it is turned", async () => {
  const { root, made } = await player({ page: STILL, answers: { surface: () => ({ ...surface }) } })
  await rest()
  const { _scene: scene } = named(root, "view-surface").querySelector(".fall-line-plot")._fullLayout.scene
  drawnIn3d(root)
  made.update(delivery({ serial: 2, runs: 3, surface: "landscape=beale", digest: "other" }))
  await settled()
  scene.render()
  assert.equal(root.dataset.digest, "other")
  assert.ok(!drawnIn3d(root).includes("lineTo"))
  await rest()
  assert.ok(drawnIn3d(root).includes("lineTo"))
  const [, , , { scene: layout }] = plots("react").findLast(([, , , { scene }]) => scene)
  assert.deepEqual(layout.camera, { eye: "where it was turned to" })
})

test("where a browser has no WebGL, everything else plays", async () => {
  const { root } = await player({ page: STILL })
  named(root, "view-surface").querySelector(".fall-line-plot")._fullLayout = { scene: { _scene: {} } }
  await rest()
  press("Home")
  assert.deepEqual([state(root)[1], drawnIn3d(root).includes("lineTo")], ["0", false])
})

// ---------------------------------------------------------------- where data come from

test("a page without a server plays, compares and points, and offers nothing that it can't answer", async () => {
  const { root, sent } = await player({ page: STILL, missing: ["paths", "value", "step", "rates"] })
  await rest()
  press("Home")
  assert.equal(root.dataset.step, "0")
  press("1")
  assert.ok(root.classList.contains("fall-line-selected"))
  assert.equal(named(root, "player-numbers").hidden, true)
  const contour = named(root, "view-contour")
  point(contour, "pointermove", 500, 200)
  await settled()
  assert.match(contour.querySelector("output").textContent, /loss ≈ 1\.[89]\d*$/)
  point(contour, "pointerdown", 500, 200, HELD)
  point(contour, "pointerup", 500, 200)
  assert.deepEqual(sent, [])
  assert.equal(named(root, "player-start"), null)
})

test("what typesets formulas is fetched once everything is drawn and the browser is idle", async () => {
  const { root } = await player({ page: STILL })
  const idle = []
  globalThis.requestIdleCallback = act => idle.push(act)
  globalThis.katex = undefined
  const fetched = []
  document.head.append = made => fetched.push(made)
  assert.equal(idle.length, 0)
  await rest()
  assert.deepEqual([idle.length, fetched.length, root.dataset.step], [1, 0, "10"])
  idle[0]()
  const addresses = fetched.map(({ href, src }) => (href || src).split("/web/")[1])
  assert.deepEqual(addresses, ["katex/layer.css", "katex/katex.min.js"])
  globalThis.requestIdleCallback = undefined
})

// ---------------------------------------------------------------- in Streamlit

/** The app's routes, which answer out of memory; plotly.js and the style sheets are there. */
function routes() {
  const { source } = memorySource()
  const names = { surface: "surface", value: "value", numbers: "step", paths: "paths", rates: "rates" }
  globalThis.fetch = async address => {
    const document = await source[names[address.pathname.split("/").at(-1)]]()
    return { ok: true, json: async () => document }
  }
  document.head.append = link => link.onload()
}

async function mounted(more) {
  const root = openPage(STILL)
  routes()
  const sent = []
  const component = { data: delivery(more), setTriggerValue: (...what) => sent.push(what) }
  update(root, component, new URL("http://app.test/fall-line/"))
  await rest()
  return { root, component, sent }
}

test("a part of the page that runs alone delivers to its player, and to no other", async () => {
  const { root } = await mounted()
  const deliver = detail => window.dispatchEvent(new CustomEvent("fall-line-delivery", { detail }))
  deliver(delivery({ serial: 2, digest: "mine" }))
  deliver(delivery({ serial: 3, key: "another", digest: "another's" }))
  await rest()
  assert.equal(root.dataset.digest, "mine")
})

test("what a part of the page delivered is reported when it is drawn", async context => {
  const { root } = await mounted()
  const asked = []
  context.mock.method(globalThis, "fetch", async (address, { method } = {}) => {
    asked.push([`${method} ${address}`, root.dataset.digest])
    return new Response(null, { status: 204 })
  })
  window.dispatchEvent(new CustomEvent("fall-line-delivery", { detail: delivery({ serial: 7, digest: "mine" }) }))
  assert.deepEqual(
    asked.filter(([what]) => what.includes("drawn")),
    [],
  )
  await rest()
  const reported = asked.filter(([what]) => what.includes("drawn"))
  assert.deepEqual(reported, [["POST http://app.test/fall-line/drawn?serial=7", "mine"]])
})

test("data that a delivery has overtaken are not drawn again with another theme", async () => {
  const { root, component } = await mounted()
  window.dispatchEvent(new CustomEvent("fall-line-delivery", { detail: delivery({ serial: 9, digest: "newer" }) }))
  update(root, component, new URL("http://app.test/fall-line/"))
  await rest()
  assert.equal(root.dataset.digest, "newer")
})

test("back and forward are told to the page with the address that they led to", async () => {
  const { sent } = await mounted()
  window.dispatchEvent(new Event("popstate"))
  assert.deepEqual(sent, [["address", "?landscape=quadratic"]])
})

test("a player that is gone leaves nothing behind that listens, draws or ticks", async () => {
  const { root, sent } = await mounted()
  press("Home")
  press(" ")
  root.dispatchEvent(new Event("fall-line-unmount"))
  window.dispatchEvent(new Event("popstate"))
  press("p")
  await rest()
  assert.deepEqual([root.childElementCount, sent, time.frames.size, time.timers.size], [0, [], 0, 0])
})
