import assert from "node:assert/strict"
import test from "node:test"
import { Announcer, inWords } from "../../player/web/announcer.js"
import { nameParts } from "../../player/web/dom.js"
import { LevelSwitch } from "../../player/web/level_switch.js"
import { badge, decodeOutcome } from "../../player/web/outcome.js"
import { Presenter } from "../../player/web/presenter.js"
import { listenToSize } from "../../player/web/resizing.js"
import { RunButtons } from "../../player/web/run_buttons.js"
import { RunTable } from "../../player/web/run_table.js"
import { readTheme, themed } from "../../player/web/theme.js"
import { Toolbar } from "../../player/web/toolbar.js"
import { ViewChoice } from "../../player/web/view_choice.js"
import { payload } from "./documents.js"
import { named, openPage, time } from "./page.js"

const STATE = {
  ...{ playing: false, step: 3, steps: 10, speed: 1, loops: false, sideBySide: false, marks: true },
  ...{ fits: false, canFit: false, presenting: false, views: new ViewChoice().states },
}

function toolbar() {
  const root = openPage()
  const asked = []
  const made = new Toolbar(root, action => void asked.push(action))
  made.show(STATE)
  return { root, asked, made, pressed: id => named(root, id).getAttribute("aria-pressed") }
}

test("every button asks for what it says", () => {
  const { root, asked } = toolbar()
  const buttons = ["play", "replay", "step-back", "step-forward", "loop", "layout", "marks", "fit", "present"]
  for (const name of buttons) named(root, `player-${name}`).click()
  named(root, "toggle-race").click()
  assert.deepEqual(asked, [
    ...[["toggle"], ["replay"], ["step", -1], ["step", 1], ["loop"], ["sideBySide"], ["marks"], ["fit"], ["present"]],
    ["view", "race"],
  ])
})

test("the timeline and the speed ask for where they are set", () => {
  const { root, asked } = toolbar()
  const [scrub, speed] = [named(root, "player-scrub"), named(root, "player-speed")]
  scrub.value = "7"
  scrub.dispatchEvent(new Event("input"))
  speed.value = "0.25"
  speed.dispatchEvent(new Event("change"))
  assert.deepEqual(asked, [
    ["go", 7],
    ["speed", 0.25],
  ])
  assert.deepEqual([...speed.options].map(option => option.textContent).join(" "), "0.1× 0.25× 0.5× 1× 2× 5× 10× 20×")
})

test("the toolbar shows the state, for eyes and for who does not see it", () => {
  const { root, made, pressed } = toolbar()
  assert.equal(root.querySelector(".fall-line-counter").textContent, "step 3 of 10")
  assert.deepEqual([named(root, "player-scrub").max, named(root, "player-scrub").value], ["10", "3"])
  assert.equal(named(root, "player-play").getAttribute("aria-label"), "Play")
  made.show({
    ...STATE,
    playing: true,
    loops: true,
    sideBySide: true,
    marks: false,
    presenting: true,
    speed: 5,
    step: 4,
  })
  assert.equal(named(root, "player-play").getAttribute("aria-label"), "Pause")
  assert.equal(named(root, "player-speed").value, "5")
  assert.equal(named(root, "player-scrub").value, "4")
  assert.deepEqual(
    ["loop", "layout", "marks", "present"].map(name => pressed(`player-${name}`)),
    [...["true", "true", "false", "true"]],
  )
})

test("levels are switched where the page says how they are spaced, and there alone", () => {
  const asked = []
  const root = openPage()
  const levels = new LevelSwitch(root, action => void asked.push(action))
  assert.equal(levels.group.hidden, true)
  levels.show("log")
  assert.equal(levels.group.hidden, false)
  const pressed = () => ["log", "linear"].map(scale => named(root, `levels-${scale}`).getAttribute("aria-pressed"))
  assert.deepEqual(pressed(), ["true", "false"])
  named(root, "levels-linear").click()
  assert.deepEqual(asked, [["scale", "linear"]])
  levels.show("linear")
  assert.deepEqual(pressed(), ["false", "true"])
})

test("what does not apply is not shown", () => {
  const { root, made } = toolbar()
  assert.equal(named(root, "player-fit").hidden, true)
  assert.equal(named(root, "toggle-data").hidden, true)
  made.show({ ...STATE, canFit: true })
  assert.equal(named(root, "player-fit").hidden, false)
  made.show({ ...STATE, fits: true })
  assert.equal(named(root, "player-fit").hidden, false)
})

test("the data view is there for data, in the room of the rates, unless a person wants these", () => {
  const choice = new ViewChoice()
  const shown = () => choice.states.filter(({ name }) => choice.isShown(name)).map(({ name }) => name)
  assert.deepEqual(shown(), ["loss", "surface", "rate"])
  choice.offerData(true)
  assert.deepEqual(shown(), ["data", "loss", "surface"])
  choice.toggle("rate")
  choice.toggle("data")
  choice.offerData(true)
  assert.deepEqual(shown(), ["loss", "surface", "rate"])
  choice.toggle("data")
  choice.offerData(false)
  assert.deepEqual(shown(), ["loss", "surface", "rate"])
  assert.throws(() => choice.toggle("nothing"), /there is no view nothing/)
})

test("where there is no room for all views, the least important go, and no button says otherwise", () => {
  const choice = new ViewChoice()
  const shown = () => choice.states.filter(state => state.shown).map(({ name }) => name)
  choice.setRoom(3)
  choice.toggle("race")
  assert.deepEqual(shown(), ["loss", "surface", "race"])
  for (const name of ["slope", "rate"]) choice.toggle(name)
  assert.deepEqual(shown(), ["loss", "rate", "slope"])
  choice.toggle("slope")
  assert.deepEqual(shown(), ["loss", "rate", "race"])
  choice.setRoom(5)
  assert.deepEqual(shown(), ["loss", "surface", "rate", "race"])
  choice.setBesideNumbers(true)
  assert.deepEqual(shown(), ["loss"])
})

test("from eight runs on numbers stand for names, which stand on the buttons, and twins keep what tells them apart", () => {
  const root = openPage()
  const outcome = decodeOutcome(payload({ runs: 8 }))
  outcome.runs[7].label = "Gradient descent η=0.03, inverse-time"
  const buttons = new RunButtons(root, () => {})
  buttons.show(outcome.runs, outcome.styles, null)
  buttons.showStep(outcome, 0)
  const [rule, difference] = buttons.buttons[7].children[1].children
  assert.deepEqual([rule.textContent, difference.textContent], ["8 Gradient descent", " η=0.03, inverse-time"])
  assert.deepEqual([badge(outcome.runs, 7), badge(outcome.runs.slice(0, 7), 0)], ["8", "run 0"])
  const parts = label => nameParts(label).map(part => part.textContent)
  assert.deepEqual(parts("Momentum (heavy ball)"), ["Momentum (heavy ball)", ""])
  assert.deepEqual(parts("Adam, inverse-time"), ["Adam", ", inverse-time"])
  assert.deepEqual(parts("Adam from (1, 2)"), ["Adam", " from (1, 2)"])
})

test("a run's button says what became of it, and keeps its place in the page", () => {
  const root = openPage()
  const selected = []
  const buttons = new RunButtons(root, run => selected.push(run))
  const outcome = decodeOutcome(payload({ runs: 3 }))
  const { runs, styles } = outcome
  buttons.show(runs, styles, 1)
  buttons.showStep(outcome, 9)
  const [first, second] = root.querySelectorAll("button")
  assert.equal(second.getAttribute("aria-pressed"), "true")
  assert.match(second.textContent, /run 1.*at the minimum/)
  assert.equal(first.title, "run 0: reached the minimum (key 1)")
  second.click()
  assert.deepEqual(selected, [1])
  buttons.show(runs.slice(0, 2), styles, null)
  buttons.showStep(outcome, 9)
  assert.deepEqual([...root.querySelectorAll("button")], [first, second])
  assert.equal(second.getAttribute("aria-pressed"), "false")
})

test("a button tells the loss now, and what became of the run once that can be seen", () => {
  const root = openPage()
  const buttons = new RunButtons(root, () => {})
  const sent = payload()
  Object.assign(sent.runs[1], {
    decidedAt: 6,
    drawn: 4,
    kind: "diverged",
    verdict: "diverged at step 6",
    short: "diverged",
  })
  const outcome = decodeOutcome(sent)
  buttons.show(outcome.runs, outcome.styles, null)
  const told = step => {
    buttons.showStep(outcome, step)
    return buttons.buttons.map(({ lastElementChild, dataset, title }) => [
      ...[lastElementChild.textContent, dataset.kind, title.split(": ")[1].split(" (")[0]],
    ])
  }
  assert.deepEqual(told(2), [
    ["loss 0.8", "", "loss 0.8"],
    ["loss 1.8", "", "loss 1.8"],
  ])
  assert.deepEqual(told(5)[1], ["has diverged", "", "has diverged"])
  assert.deepEqual(told(6)[1], ["diverged", "diverged", "diverged at step 6"])
  assert.deepEqual(told(8)[0], ["loss 0.2", "", "loss 0.2"])
  assert.deepEqual(told(9)[0], ["at the minimum", "minimum", "reached the minimum"])
  assert.deepEqual(told(3)[1], ["loss 1.7", "", "loss 1.7"])
})

test("the table has a row per run, with figures where there are any, and counts clipped steps", () => {
  const root = openPage()
  const sent = payload()
  Object.assign(sent.runs[0], { clipped: Buffer.from([0b01100000]).toString("base64"), final: null })
  const outcome = decodeOutcome(sent)
  const table = new RunTable(root)
  table.show(outcome.runs, outcome.styles)
  const rows = step => {
    table.showStep(outcome, step)
    return [...root.querySelectorAll("tbody tr")].map(row => [...row.cells].map(cell => cell.textContent))
  }
  assert.deepEqual(rows(10), [
    ["", "run 0", "reached the minimum; 2 clipped (hollow dots)", "—", "0", "9", "1"],
    ["", "run 1", "reached the minimum", "0", "0", "9", "1"],
  ])
  assert.deepEqual(rows(9)[1].slice(2), ["reached the minimum", "…", "…", "…", "…"])
  assert.deepEqual(rows(8)[1].slice(2), ["…", "…", "…", "…", "…"])
})

test("a step is told once it stands: losses on the way, verdicts at the end, and who has left", () => {
  const root = openPage()
  const sent = payload({ steps: 4 })
  sent.runs[1].drawn = 1
  const outcome = decodeOutcome(sent)
  assert.equal(inWords(outcome, 2), "Step 2 of 4. run 0: loss 0.5. run 1: has diverged.")
  assert.match(inWords(outcome, 4), /run 0: reached the minimum, loss 0\. run 1: reached/)
  const announcer = new Announcer(root)
  announcer.announce(outcome, 1)
  time.pass(600)
  announcer.announce(outcome, 2)
  time.pass(600)
  assert.equal(announcer.region.textContent, "")
  time.pass(200)
  assert.match(announcer.region.textContent, /^Step 2/)
})

test("presenter mode fills the window, and leaving the full screen leaves it", () => {
  const root = openPage()
  const changes = []
  const presenter = new Presenter(root, asked => changes.push([presenter.presenting, asked]))
  let whole = null
  Object.defineProperty(document, "fullscreenElement", { get: () => whole, configurable: true })
  const screen = element => {
    whole = element
    document.dispatchEvent(new Event("fullscreenchange"))
  }
  document.documentElement.requestFullscreen = async () => screen(document.documentElement)
  presenter.set(true)
  assert.ok(root.classList.contains("fall-line-presenting"))
  assert.ok(document.documentElement.classList.contains("fall-line-presented"))
  screen(null)
  assert.deepEqual(changes, [
    [true, true],
    [false, true],
  ])
  assert.ok(!root.classList.contains("fall-line-presenting"))
  presenter.set(true, false)
  assert.equal(whole, null)
  presenter.destroy()
  assert.ok(!document.documentElement.classList.contains("fall-line-presented"))
})

test("runs are lighter on dark ground, and their names can be read on either", () => {
  const root = openPage()
  root.style.setProperty("--st-background-color", "#0f141c")
  const dark = readTheme(root)
  assert.equal(dark.name, "dark")
  root.style.setProperty("--st-background-color", "#ffffff")
  const light = readTheme(root, true)
  assert.deepEqual([light.name, light.large, light.canvas.font.slice(0, 8)], ["light", true, "600 22px"])
  const style = { color: "#0072B2", dash: [], marker: "circle" }
  assert.equal(themed(style, light).color, "#0072B2")
  assert.equal(themed(style, light).ink, "rgb(0, 78, 121)")
  assert.equal(themed(style, dark).color, "rgb(56, 145, 195)")
})

test("another size is told once, until nobody listens", () => {
  const root = openPage()
  let told = 0
  const stop = listenToSize(root, () => told++)
  const resize = height => {
    globalThis.innerHeight = height
    window.dispatchEvent(new Event("resize"))
  }
  resize(600)
  resize(600)
  assert.equal(told, 1)
  resize(700)
  assert.equal(told, 2)
  stop()
  resize(800)
  assert.equal(told, 2)
})
