// Pointing at the contour: the true loss and the way down under the pointer, and starts that are dragged.

import { element } from "./dom.js"
import { ownStarts, withStart } from "./link.js"
import { fetchJson } from "./loading.js"
import { Newest } from "./newest.js"
import { bilinear, digitsIn, readable, roundedIn } from "./paths.js"

const REACH = 16 // pixels around a run's own start from which it can be dragged
const DRAG = 4 // pixels that make a press a drag
const SHARE = 0.01 // of the view that an arrow key moves the start by
const SETTLED = 600 // milliseconds without a key after which the moved start is kept

export class Pointing {
  /** `player` gives the data, the contours and the server's address, and takes previews and triggers. */
  constructor(player) {
    this.player = player
    this.watched = new WeakSet()
    this.values = new Newest(place => this.askValue(place), (answer, place) => this.showValue(answer, place))
    this.paths = new Newest(query => this.askPaths(query), data => player.preview(data), error => this.lost(error))
    this.handle = element("div", { className: "fall-line-start", tabIndex: 0 })
    this.handle.dataset.testid = "player-start"
    this.handle.setAttribute("role", "button")
    this.handle.onkeydown = event => this.nudge(event)
    this.watch(player.contour)
  }

  /** Whatever the pointer does over this contour counts. */
  watch(contour) {
    if (this.watched.has(contour)) return
    this.watched.add(contour)
    const { section } = contour
    section.onpointermove = event => this.move(event, contour)
    section.onpointerleave = () => this.leave(contour)
    section.onpointerdown = event => this.press(event, contour)
    section.onpointerup = event => this.release(event, contour)
    section.onpointercancel = () => this.cancel(contour)
    section.ondblclick = event => this.moveAll(event, contour)
  }

  /** New data: the handle lies where the common start is, side by side in the first contour that has it. */
  update() {
    const contours = this.player.contours()
    contours.forEach(contour => this.watch(contour))
    const own = ownStarts(this.player.data.query)
    const first = contours.find(contour => contour.only === null || !own[contour.only])
    const start = this.start()
    if (first && this.handle.parentElement !== first.section) first.section.append(this.handle)
    this.handle.hidden = !start || !first?.shows(start)
    if (this.handle.hidden) return
    this.handle.style.left = `${first.x.pixel(start.x)}px`
    this.handle.style.top = `${first.y.pixel(start.y)}px`
    const { width, height } = this.extent()
    const [x, y] = [readable(start.x, digitsIn(width, start.x)), readable(start.y, digitsIn(height, start.y))]
    const words = `Start at ${x}, ${y}: drag it, or move it with the arrow keys`
    this.handle.setAttribute("aria-label", words)
    this.handle.title = words
  }

  start() {
    const [x, y] = (new URLSearchParams(this.player.data?.query).get("start") ?? "").split("_").map(Number)
    return Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null
  }

  // ---------------------------------------------------------------- the value under the pointer

  move(event, contour) {
    const place = contour.positionAt(event)
    if (this.pressed && place) this.drag(event, place, contour)
    if (!place || !this.player.surface) return this.leave(contour)
    this.place = place
    this.under = contour
    const about = bilinear(this.player.surface, place.x, place.y)
    contour.readout.textContent = this.describe(place, about === null ? "—" : `≈ ${readable(about)}`)
    this.values.want(place)
  }

  leave(contour) {
    this.place = null
    this.values.drop()
    contour.readout.textContent = ""
    contour.setDownhill(null)
  }

  askValue({ x, y }) {
    const { base, data } = this.player
    return fetchJson(new URL(`fall-line/value?${data.query}&x=${x}&y=${y}`, base))
  }

  showValue({ loss, gradient }, place) {
    if (!this.place) return
    this.under.setDownhill(gradient && { ...place, gradient })
    if (this.place === place) this.under.readout.textContent = this.describe(place, readable(loss))
  }

  // ---------------------------------------------------------------- starts

  press(event, contour) {
    const place = contour.positionAt(event)
    if (event.button !== 0 || !place || !this.player.data) return
    this.pressed = { x: event.clientX, y: event.clientY, run: this.ownStartAt(event, contour), moved: false }
    contour.section.setPointerCapture(event.pointerId)
  }

  drag(event, place, contour) {
    if (!(event.buttons & 1)) return this.cancel(contour) // it was let go where nobody watched
    const far = Math.hypot(event.clientX - this.pressed.x, event.clientY - this.pressed.y) > DRAG
    if (event.shiftKey || !(far || this.pressed.moved)) return
    this.pressed.moved = true
    contour.moveStart(event)
    this.follow(place, this.pressed.run)
  }

  /** A click puts the start where it is, a drag where it ends; with Shift the runs are repeated from there. */
  release(event, contour) {
    const { pressed } = this
    this.pressed = null
    if (!pressed) return
    contour.setGhost(null)
    const place = contour.positionAt(event)
    if (!place) return this.cancel(contour)
    this.paths.drop()
    if (event.shiftKey) this.player.send("second", this.rounded(place))
    else if (event.detail < 2) this.player.send("start", { ...this.rounded(place), run: pressed.moved ? pressed.run : null })
  }

  cancel(contour) {
    this.pressed = null
    this.paths.drop()
    contour.setGhost(null)
    this.player.endPreview()
  }

  moveAll(event, contour) {
    const place = contour.positionAt(event)
    if (place && !event.shiftKey) this.player.send("start", { ...this.rounded(place), run: null, all: true })
  }

  nudge(event) {
    const [right, up] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key] ?? []
    if (right === undefined) return
    event.preventDefault()
    const { surface } = this.player
    const far = SHARE * (event.shiftKey ? 10 : 1)
    const from = this.nudged ?? this.start()
    const within = (value, [low, high]) => Math.min(Math.max(value, low), high)
    this.nudged = {
      x: within(from.x + right * far * (surface.x[1] - surface.x[0]), surface.x),
      y: within(from.y + up * far * (surface.y[1] - surface.y[0]), surface.y),
    }
    this.follow(this.nudged, null)
    clearTimeout(this.settling)
    this.settling = setTimeout(() => {
      this.player.send("start", { ...this.rounded(this.nudged), run: null })
      this.nudged = null
    }, SETTLED)
  }

  /** Draws the paths from `place` while it is still being moved. */
  follow(place, run) {
    this.paths.want(withStart(this.player.data.query, this.rounded(place), run))
  }

  askPaths(query) {
    return fetchJson(new URL(`fall-line/paths?${query}`, this.player.base))
  }

  lost(error) {
    console.warn(error.message)
  }

  /** The run with a start of its own under the pointer, or null for the common start. */
  ownStartAt(event, contour) {
    const box = contour.section.getBoundingClientRect()
    const own = ownStarts(this.player.data.query)
    const shown = contour.runsOf(this.player.data).filter(run => own[run])
    const distance = run => {
      const [x, y] = this.player.startOf(run)
      return Math.hypot(contour.x.pixel(x) - event.clientX + box.left, contour.y.pixel(y) - event.clientY + box.top)
    }
    const far = shown.map(distance)
    const nearest = Math.min(...far)
    return nearest <= REACH ? shown[far.indexOf(nearest)] : null
  }

  describe({ x, y }, loss) {
    const { width, height } = this.extent()
    return `x ${readable(x, digitsIn(width, x))}   y ${readable(y, digitsIn(height, y))}   loss ${loss}`
  }

  /** As many digits as a pointer can mean. */
  rounded({ x, y }) {
    const { width, height } = this.extent()
    return { x: roundedIn(width, x), y: roundedIn(height, y) }
  }

  extent() {
    const { x, y } = this.player.surface
    return { width: x[1] - x[0], height: y[1] - y[0] }
  }

  destroy() {
    clearTimeout(this.settling)
    this.values.drop()
    this.paths.drop()
  }
}

