// Starts that are moved: dragged across a contour, put down with a click, or nudged with the arrow keys.

/** @import { Payload } from "./documents.d.ts" */
/** @import { Picture } from "./outcome.js" */
/** @import { Point, Source } from "./source.js" */
/** @import { ContourView } from "./views/contour_view.js" */

import { element } from "./dom.js"
import { digitsIn, readable, roundedIn } from "./format.js"
import { clamp } from "./geometry/axis.js"
import { LatestRequest } from "./latest.js"
import { pointAt } from "./series.js"

/**
 * What a person did: put the start of all runs without one of their own, of one run, or of all; or repeat all runs from
 * there.
 * @typedef {(name: "start" | "second", point: Point & { run?: number | null, all?: boolean }) => void} Moved */
/** @typedef {{ start: Point, run: number | null }} Move */

const REACH = 16 // pixels around a run's own start from which it can be dragged
const DRAG = 4 // pixels that make a press a drag
const SHARE = 0.01 // of the view that an arrow key moves the start by
const SETTLED = 600 // milliseconds without a key after which the moved start is kept
/** @type {Record<string, [right: number, up: number]>} */
const NUDGES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }

export class Starts {
  /** @type {{ x: number, y: number, run: number | null, moved: boolean } | null} */
  #pressed = null
  /** @type {Point | null} */
  #nudged = null
  #settling = 0
  /** @type {LatestRequest<Move, Payload>} */
  #paths

  /**
   * @param {Source} source
   * @param {() => Picture | null} picture what is drawn now
   * @param {{ preview: (payload: Payload) => void, endPreview: () => void, moved: Moved }} on
   */
  constructor(source, picture, on) {
    this.picture = picture
    this.on = on
    this.isMovable = Boolean(source.paths)
    this.#paths = new LatestRequest(({ start, run }) => {
      const { query } = /** @type {Picture} */ (picture()).outcome
      return /** @type {Required<Source>} */ (source).paths(query, start, run)
    }, on.preview)
    this.handle = element("div", { className: "fall-line-start", tabIndex: 0, hidden: true })
    this.handle.dataset.testid = "player-start"
    this.handle.setAttribute("role", "button")
    this.handle.onkeydown = event => this.#nudge(event)
  }

  /**
   * Whatever the pointer does over this contour counts from now on.
   * @param {ContourView} contour
   */
  watch(contour) {
    if (!this.isMovable) return
    const { section } = contour
    section.addEventListener("pointerdown", event => this.#press(event, contour))
    section.addEventListener("pointermove", event => this.#drag(event, contour))
    section.addEventListener("pointerup", event => this.#release(event, contour))
    section.addEventListener("pointercancel", () => this.#cancel(contour))
    section.addEventListener("dblclick", event => this.#moveAll(event, contour))
  }

  /**
   * New data: the handle lies where the common start is, in the first contour that has it.
   * @param {ContourView[]} contours
   */
  update(contours) {
    const picture = this.picture()
    if (!picture || !this.isMovable) return
    const {
      runs,
      start: [x, y],
    } = picture.outcome
    const contour = contours.find(({ only }) => only === null || !runs[only].ownStart)
    if (contour && this.handle.parentElement !== contour.section) contour.section.append(this.handle)
    this.handle.hidden = !contour?.shows({ x, y })
    if (!contour || this.handle.hidden) return
    const place = contour.pixelOf({ x, y })
    this.handle.style.left = `${place.x}px`
    this.handle.style.top = `${place.y}px`
    const { width, height } = extentOf(picture)
    const words = `Start at ${readable(x, digitsIn(width, x))}, ${readable(y, digitsIn(height, y))}: `
    this.handle.title = `${words}drag it, or move it with the arrow keys`
    this.handle.setAttribute("aria-label", this.handle.title)
  }

  /** @param {PointerEvent} event @param {ContourView} contour */
  #press(event, contour) {
    if (event.button !== 0 || !contour.positionAt(event)) return
    const { clientX: x, clientY: y } = event
    this.#pressed = { x, y, run: this.#ownStartUnder(event, contour), moved: false }
    contour.section.setPointerCapture(event.pointerId)
  }

  /** @param {PointerEvent} event @param {ContourView} contour */
  #drag(event, contour) {
    const point = contour.positionAt(event)
    if (!this.#pressed || !point) return
    if (!(event.buttons & 1)) return this.#cancel(contour) // it was let go where nobody watched
    const isFar = Math.hypot(event.clientX - this.#pressed.x, event.clientY - this.#pressed.y) > DRAG
    if (event.shiftKey || !(isFar || this.#pressed.moved)) return
    this.#pressed.moved = true
    contour.overlay.setGhost(contour.pointerAt(event))
    this.#paths.request({ start: this.#rounded(point), run: this.#pressed.run })
  }

  /**
   * A click puts the start where it is, a drag where it ends; with Shift the runs are repeated from there.
   * @param {PointerEvent} event @param {ContourView} contour
   */
  #release(event, contour) {
    const pressed = this.#pressed
    if (!pressed) return
    const point = contour.positionAt(event)
    if (!point) return this.#cancel(contour)
    this.#pressed = null
    contour.overlay.setGhost(null)
    this.#paths.cancel()
    if (event.shiftKey) this.on.moved("second", this.#rounded(point))
    else if (event.detail < 2)
      this.on.moved("start", { ...this.#rounded(point), run: pressed.moved ? pressed.run : null })
  }

  /** @param {ContourView} contour */
  #cancel(contour) {
    this.#pressed = null
    this.#paths.cancel()
    contour.overlay.setGhost(null)
    this.on.endPreview()
  }

  /** @param {MouseEvent} event @param {ContourView} contour */
  #moveAll(event, contour) {
    const point = contour.positionAt(event)
    if (point && !event.shiftKey) this.on.moved("start", { ...this.#rounded(point), run: null, all: true })
  }

  /** @param {KeyboardEvent} event */
  #nudge(event) {
    const picture = this.picture()
    if (!picture || !Object.hasOwn(NUDGES, event.key)) return
    event.preventDefault()
    const [right, up] = NUDGES[event.key]
    const { surface, outcome } = picture
    const { width, height } = extentOf(picture)
    const share = SHARE * (event.shiftKey ? 10 : 1)
    const from = this.#nudged ?? { x: outcome.start[0], y: outcome.start[1] }
    this.#nudged = {
      x: clamp(from.x + right * share * width, surface.x),
      y: clamp(from.y + up * share * height, surface.y),
    }
    this.#paths.request({ start: this.#rounded(this.#nudged), run: null })
    clearTimeout(this.#settling)
    this.#settling = window.setTimeout(() => this.#keepNudged(), SETTLED)
  }

  #keepNudged() {
    if (this.#nudged) this.on.moved("start", { ...this.#rounded(this.#nudged), run: null })
    this.#nudged = null
  }

  /**
   * The run with a start of its own under the pointer, or null for the common start.
   * @param {MouseEvent} event @param {ContourView} contour
   */
  #ownStartUnder(event, contour) {
    const picture = this.picture()
    if (!picture) return null
    const { outcome } = picture
    const pointer = contour.pointerAt(event)
    let [nearest, reach] = [/** @type {number | null} */ (null), REACH]
    for (const run of contour.runsOf(outcome).filter(index => outcome.runs[index].ownStart)) {
      const [x, y] = pointAt(outcome.positions, run, 0)
      const start = contour.pixelOf({ x, y })
      const distance = Math.hypot(start.x - pointer.x, start.y - pointer.y)
      if (distance <= reach) [nearest, reach] = [run, distance]
    }
    return nearest
  }

  /**
   * As many digits as a pointer can mean.
   * @param {Point} point @returns {Point}
   */
  #rounded({ x, y }) {
    const { width, height } = extentOf(/** @type {Picture} */ (this.picture()))
    return { x: roundedIn(width, x), y: roundedIn(height, y) }
  }

  destroy() {
    clearTimeout(this.#settling)
    this.#paths.cancel()
  }
}

/** @param {Picture} picture */
function extentOf({ surface: { x, y } }) {
  return { width: x[1] - x[0], height: y[1] - y[0] }
}
