// The surface from above, with the path of every run.

/** @import { StepArrows } from "../geometry/arrows.js" */
/** @import { Area, Axis, Range } from "../geometry/axis.js" */
/** @import { SurfaceDocument } from "../documents.d.ts" */
/** @import { Outcome, Picture, ThemedStyle } from "../outcome.js" */
/** @import { Point } from "../source.js" */
/** @import { Theme } from "../theme.js" */
/** @import { Mark } from "./heads.js" */
/** @import { Line } from "./overlay.js" */

import { element, nameParts } from "../dom.js"
import { arrowsInPixels } from "../geometry/arrows.js"
import { axis, isWithin, squareArea } from "../geometry/axis.js"
import { pixelPath } from "../geometry/path.js"
import { marginFor, ticksAlong } from "../geometry/ticks.js"
import { badge } from "../outcome.js"
import { coordinates } from "../series.js"
import { marksOf } from "./marks.js"
import { Overlay } from "./overlay.js"
import { View } from "./view.js"

/** @typedef {{ area: Area, x: Axis, y: Axis, picture: Picture }} Drawing what is drawn, and where */

const CAPTION = 1.9 // times the size of a number: the height of the name above a small contour
const ROOM = 4 // times the size of a number: what it has along an axis

export class ContourView extends View {
  showsMarks = true
  /** @type {Drawing | null} */
  drawing2d = null

  /** @param {HTMLElement} parent @param {number | null} only the run that it shows alone, null for all */
  constructor(parent, only = null) {
    super(parent, only === null ? "contour" : `panel-${only}`, "Contour of the loss, with the path of every run")
    this.only = only
    this.section.classList.add("fall-line-view-pointed")
    this.overlay = new Overlay(this.section)
    this.readout = this.section.appendChild(element("output", { className: "fall-line-readout" }))
    this.readout.setAttribute("aria-live", "off")
    this.caption = this.section.appendChild(element("div", { className: "fall-line-caption" }))
  }

  /** @param {Picture} picture */
  render(picture) {
    const { outcome, surface, theme } = picture
    const { width, height } = this.size
    if (this.only !== null) this.#name(outcome.runs[this.only].label)
    else this.caption.textContent = outcome.caption ?? ""
    const ticks = this.#ticks(surface, theme)
    const margin = marginFor(ticks.x, ticks.y, theme.tickSize, text => this.overlay.widthOf(text, theme.tickFont))
    if (this.caption.textContent) margin.t = CAPTION * theme.tickSize
    const area = squareArea(width, height, margin, surface.x, surface.y)
    const x = axis(surface.x, area.left, area.width)
    const y = axis(surface.y, area.top + area.height, -area.height)
    this.drawing2d = { area, x, y, picture }
    const axes = { ...theme.axis, showgrid: false, fixedrange: true, ticklabeloverflow: "allow", tickangle: 0 }
    this.react(surface.contour.data, {
      ...surface.contour.layout,
      ...theme.layout,
      width,
      height,
      margin: { l: area.left, t: area.top, r: width - area.left - area.width, b: height - area.top - area.height },
      xaxis: { ...axes, range: surface.x, tickvals: ticks.x.values, ticktext: ticks.x.texts },
      yaxis: { ...axes, range: surface.y, tickvals: ticks.y.values, ticktext: ticks.y.texts },
    })
    this.overlay.resize(width, height, area)
    this.renderPaths(picture)
  }

  /**
   * Another outcome on the same surface.
   * @param {Picture} picture
   */
  renderPaths(picture) {
    if (!this.drawing2d) return
    const { outcome, theme, styles } = picture
    this.drawing2d.picture = picture
    const lines = this.runsOf(outcome).map(run => this.#line(outcome, styles, run))
    this.overlay.setLines(lines, { ...theme.canvas, marks: this.#marks(outcome, theme) })
  }

  /**
   * One run alone is another one, seen to its end while its rate is dragged.
   * @param {Picture} picture @param {number} run
   */
  renderRun({ outcome, styles }, run) {
    const place = this.runsOf(outcome).indexOf(run)
    if (place >= 0) this.overlay.setLine(place, { ...this.#line(outcome, styles, run), whole: true })
  }

  /** @param {number} step */
  draw(step) {
    this.overlay.draw(step)
  }

  /**
   * The runs that this contour shows.
   * @param {Outcome} outcome
   */
  runsOf({ runs }) {
    return runs.map((_, run) => run).filter(run => this.only === null || run === this.only)
  }

  /**
   * Shows or hides where the minima and saddles are: students look for them.
   * @param {boolean} shown
   */
  setMarks(shown) {
    this.showsMarks = shown
    if (!this.drawing2d) return
    const { outcome, theme } = this.drawing2d.picture
    this.overlay.setMarks(this.#marks(outcome, theme))
  }

  /**
   * The arrow that points down the slope from a position, or none.
   * @param {(Point & { gradient: number[] }) | null} slope
   */
  setDownhill(slope) {
    const steepness = slope ? Math.hypot(...slope.gradient) : 0
    if (!slope || !this.drawing2d || !(steepness > 0)) {
      delete this.section.dataset.downhill
      this.overlay.setDownhill(null)
      return
    }
    const [right, down] = [-slope.gradient[0] / steepness, slope.gradient[1] / steepness]
    this.overlay.setDownhill({ ...this.pixelOf(slope), right, down })
    // For tests and for who reads the page without eyes: clockwise from the right, in degrees, as on a screen.
    this.section.dataset.downhill = String(Math.round((Math.atan2(down, right) * 180) / Math.PI))
  }

  /**
   * The directions of one step, if it is of a run that is shown here.
   * @param {StepArrows | null} step
   */
  setArrows(step) {
    if (!this.drawing2d || !step) return this.overlay.setArrows(null)
    const { picture, x, y } = this.drawing2d
    const line = this.runsOf(picture.outcome).indexOf(step.run)
    this.overlay.setArrows(line < 0 ? null : { line, step: step.step, arrows: arrowsInPixels(step, x, y) })
  }

  /**
   * Whether a point lies in the part of the plane that is drawn.
   * @param {Point} point
   */
  shows({ x, y }) {
    const surface = this.drawing2d?.picture.surface
    return surface !== undefined && isWithin(x, surface.x) && isWithin(y, surface.y)
  }

  /** @param {Point} point @returns {Point} in pixels of this view */
  pixelOf({ x, y }) {
    if (!this.drawing2d) return { x: 0, y: 0 }
    return { x: this.drawing2d.x.pixel(x), y: this.drawing2d.y.pixel(y) }
  }

  /**
   * Where the pointer is, in pixels of this view.
   * @param {MouseEvent} event @returns {Point}
   */
  pointerAt({ clientX, clientY }) {
    const box = this.section.getBoundingClientRect()
    return { x: clientX - box.left, y: clientY - box.top }
  }

  /**
   * The position under the pointer, or null outside the drawn surface.
   * @param {MouseEvent} event @returns {Point | null}
   */
  positionAt(event) {
    if (!this.drawing2d) return null
    const { area, x, y } = this.drawing2d
    const { x: left, y: top } = this.pointerAt(event)
    const isInside =
      isWithin(left, [area.left, area.left + area.width]) && isWithin(top, [area.top, area.top + area.height])
    return isInside ? { x: x.value(left), y: y.value(top) } : null
  }

  /**
   * As many numbers along the axes as can be read.
   * @param {SurfaceDocument} surface @param {Theme} theme
   */
  #ticks({ x, y }, { tickSize }) {
    const { width, height } = this.size
    const unit = Math.min(width / (x[1] - x[0]), height / (y[1] - y[0]))
    const along = (/** @type {Range} */ range) => ticksAlong(range, unit * (range[1] - range[0]), ROOM * tickSize)
    return { x: along(x), y: along(y) }
  }

  /** @param {string} label */
  #name(label) {
    this.caption.replaceChildren(...nameParts(label))
    this.section.setAttribute("aria-label", `Contour of the loss, with the path of ${label}`)
  }

  /** @param {Outcome} outcome @param {ThemedStyle[]} styles @param {number} run @returns {Line} */
  #line({ positions, runs, steps }, styles, run) {
    const [x, y] = coordinates(positions, run)
    const points = pixelPath(steps + 1, step => this.pixelOf({ x: x(step), y: y(step) }))
    const { drawn, clipped } = runs[run]
    return { points, last: drawn, style: styles[run], label: this.only === null ? badge(runs, run) : "", clipped }
  }

  /** @param {Outcome} outcome @param {Theme} theme @returns {Mark[]} */
  #marks(outcome, { canvas: { ink: color } }) {
    const marks = marksOf(outcome, this.runsOf(outcome), this.showsMarks)
    return marks.map(mark => ({ ...mark, ...this.pixelOf(mark), color }))
  }
}
