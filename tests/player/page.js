// A page without a browser: the document of happy-dom, a canvas that records what is drawn, and a clock in our hands.

import { Window } from "happy-dom"

const FROM_WINDOW = [
  ...["document", "location", "Element", "HTMLElement", "Node", "Event", "CustomEvent", "KeyboardEvent", "MouseEvent"],
  ...["PointerEvent", "getComputedStyle", "localStorage"],
]
const SIZE = { clientWidth: 1000, clientHeight: 400 }

/** What happens in the page's time: frames are drawn, and time passes, when a test says so. */
export const time = {
  now: 0,
  frames: new Map(),
  timers: new Map(),
  next: 1,

  /** Runs what was asked for the next frame, `milliseconds` later. */
  frame(milliseconds = 16) {
    this.pass(milliseconds)
    const due = [...this.frames.values()]
    this.frames.clear()
    for (const draw of due) draw(this.now)
  },

  /** Lets time pass, and runs the timers that are due. */
  pass(milliseconds) {
    this.now += milliseconds
    for (const [id, timer] of [...this.timers]) {
      if (timer.at > this.now || !this.timers.has(id)) continue
      this.timers.delete(id)
      timer.act()
    }
  },
}

/** Waits until everything that was promised is there. */
export const settled = () => new Promise(resolve => setImmediate(resolve))

/** Frames, time and promises until nothing more is to come. */
export async function rest(milliseconds = 1000) {
  for (let passed = 0; passed < milliseconds; passed += 100) {
    await settled()
    time.frame(100)
    await settled()
  }
}

/** Sets up an empty page; returns the element in which a player may be. */
export function openPage({ reducedMotion = false } = {}) {
  const page = new Window({ url: "http://app.test/?landscape=quadratic", width: 1280, height: 720 })
  Object.assign(time, { now: 0, frames: new Map(), timers: new Map(), next: 1 })
  for (const name of FROM_WINDOW) set(name, name === "getComputedStyle" ? page[name].bind(page) : page[name])
  set("window", globalThis)
  for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"]) set(name, page[name].bind(page))
  Object.assign(globalThis, { innerHeight: 720, devicePixelRatio: 1, matchMedia: () => ({ matches: reducedMotion }) })
  controlTime()
  standIn(page)
  return document.body.appendChild(document.createElement("div"))
}

function set(name, value) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
}

function controlTime() {
  set("performance", { now: () => time.now })
  set("requestAnimationFrame", draw => {
    time.frames.set(time.next, draw)
    return time.next++
  })
  set("cancelAnimationFrame", id => time.frames.delete(id))
  set("setTimeout", (act, after = 0) => {
    time.timers.set(time.next, { act, at: time.now + after })
    return time.next++
  })
  set("clearTimeout", id => time.timers.delete(id))
}

/** What happy-dom has not: sizes, a canvas, pointers that are caught, plotly.js and KaTeX. */
function standIn(page) {
  for (const [name, size] of Object.entries(SIZE)) {
    Object.defineProperty(page.HTMLElement.prototype, name, { get: () => size, configurable: true })
  }
  page.HTMLElement.prototype.setPointerCapture = () => {}
  page.HTMLCanvasElement.prototype.getContext = function () {
    this.recorded ??= recordingContext(this)
    return this.recorded
  }
  set(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  )
  globalThis.Plotly = { calls: [], purge: () => {}, react: drawFigure }
  globalThis.katex = { render: (latex, into) => into.append(`⟨${latex}⟩`) }
}

/** Notes what is drawn; a figure in three dimensions has a scene, which is seen from far above. */
async function drawFigure(plot, traces, layout) {
  globalThis.Plotly.calls.push(["react", plot, traces, layout])
  if (layout.scene) plot._fullLayout ??= { scene: { _scene: sceneFromAbove() } }
}

function sceneFromAbove() {
  const unit = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
  const cameraParams = {
    model: unit,
    view: unit.with(14, -50),
    projection: [10, 0, 0, 0, 0, 10, 0, 0, 0, 0, -1, -1, 0, 0, -0.02, 0],
  }
  const scene = { glplot: { cameraParams, mouseListener: { enabled: true } }, dataScale: [1, 1, 1] }
  return Object.assign(Object.create({ render: () => {}, getCamera: () => ({ eye: "where it was turned to" }) }), scene)
}

/** A context that notes every call with its arguments in `calls`. */
function recordingContext(canvas) {
  const calls = []
  const state = { canvas, calls, measureText: text => ({ width: 8 * text.length }) }
  return new Proxy(state, {
    get: (known, name) => (name in known ? known[name] : (...given) => void calls.push([name, ...given])),
  })
}

/** The pointer at a place of an element that lies in the corner of the page. */
export function point(element, type, x, y, more = {}) {
  const event = new PointerEvent(type, { bubbles: true, clientX: x, clientY: y, pointerId: 1, ...more })
  if (more.detail !== undefined) Object.defineProperty(event, "detail", { value: more.detail })
  element.dispatchEvent(event)
}

/** A key on an element, or on the page; the event, by which one sees whether it was taken. */
export function press(key, target = document.body, more = {}) {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more })
  target.dispatchEvent(event)
  return event
}

/** The element of the player with a test id. */
export const named = (root, id) => root.querySelector(`[data-testid="${id}"]`)
