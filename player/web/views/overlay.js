// Paths, drawn over a Plotly figure: one canvas for what stays, one for what moves. A frame adds only what is new.

/** @import { PixelArrow } from "../geometry/arrows.js" */
/** @import { Area } from "../geometry/axis.js" */
/** @import { PixelPath } from "../geometry/path.js" */
/** @import { ThemedStyle } from "../outcome.js" */
/** @import { CanvasTheme } from "../theme.js" */
/** @import { Mark } from "./heads.js" */

import { Coverage } from "../geometry/coverage.js"
import { distances, spaced } from "../geometry/path.js"
import { clipped, Layer } from "./canvas.js"
import { Heads } from "./heads.js"
import { dotClippedSteps, pointOf, strokeLine } from "./strokes.js"

/**
 * One line: its points in pixels, the last step to be drawn, and the steps that were clipped. Every point stands for a
 * step, unless `ends` says which do. `visibility` is that of the way to every point, where it is not seen everywhere.
 * One that is `whole` is drawn to its end whatever the step is. One that is `beside` another is that run's second
 * quantity: thin, without a head, drawn with it.
 * @typedef {{
 *   points: PixelPath, last: number, style: ThemedStyle, label?: string, clipped?: number[], whole?: boolean,
 *   beside?: number, ends?: number[], visibility?: Uint8Array,
 * }} Line
 */
/** @typedef {Line & { along: Float32Array, dots: number[] }} MeasuredLine */
/**
 * `edge` says where a head outside is marked: towards it, or straight above or below it.
 * @typedef {CanvasTheme & { marks?: Mark[], edge?: "towards" | "clamp" }} OverlayTheme
 */

const BETWEEN_DOTS = 9 // pixels

export class Overlay {
  /** @type {MeasuredLine[]} */
  lines = []
  /** @type {OverlayTheme | null} */
  theme = null
  /** @type {Area | null} */
  #area = null
  /** Up to which step the lines are drawn; beyond all for not at all. */
  #drawnTo = Number.POSITIVE_INFINITY
  /**
   * The place among the lines of the one that moves by itself.
   * @type {number | null}
   */
  #moving = null
  /**
   * The lines that do not, as a picture up to a step.
   * @type {{ canvas: HTMLCanvasElement, step: number } | null}
   */
  #backdrop = null
  /**
   * What the lines cover; null when they have changed since.
   * @type {Coverage | null}
   */
  #coverage = null

  /** @param {HTMLElement} section */
  constructor(section) {
    this.layer = new Layer(section)
    this.heads = new Heads(section)
  }

  /**
   * Sets the size in CSS pixels and the part of it in which paths may appear.
   * @param {number} width @param {number} height @param {Area} area
   */
  resize(width, height, area) {
    this.#area = area
    this.#backdrop = this.#coverage = null
    this.layer.resize(width, height)
    this.heads.layer.resize(width, height)
  }

  /**
   * How wide a text is in pixels.
   * @param {string} text @param {string} font
   */
  widthOf(text, font) {
    const { context } = this.layer
    context.font = font
    return context.measureText(text).width
  }

  /**
   * Sets what is drawn; the arrows of a step go with the lines that they belonged to.
   * @param {Line[]} lines @param {OverlayTheme} theme
   */
  setLines(lines, theme) {
    this.heads.step = null
    this.theme = theme
    this.lines = lines.map(measured)
    this.#drawnTo = Number.POSITIVE_INFINITY
    this.#moving = this.#backdrop = this.#coverage = null
  }

  /**
   * Replaces one line, which is likely to move again at once: the others are kept as a picture meanwhile.
   * @param {number} place @param {Line} line
   */
  setLine(place, line) {
    if (this.#moving !== place) this.#backdrop = null
    this.#moving = place
    this.#coverage = null
    this.lines[place] = measured(line)
    this.#drawnTo = Number.POSITIVE_INFINITY
  }

  /** @param {Mark[]} marks */
  setMarks(marks) {
    if (this.theme) this.theme = { ...this.theme, marks }
    this.refresh()
  }

  /**
   * Where a start is while it is dragged.
   * @param {{ x: number, y: number } | null} place
   */
  setGhost(place) {
    this.heads.ghost = place
    this.refresh()
  }

  /**
   * The arrow under the pointer.
   * @param {{ x: number, y: number, right: number, down: number } | null} arrow
   */
  setDownhill(arrow) {
    this.heads.downhill = arrow
    this.refresh()
  }

  /**
   * The directions of one step of the line at a place.
   * @param {{ line: number, step: number, arrows: PixelArrow[] } | null} step
   */
  setArrows(step) {
    this.heads.step = step
    this.refresh()
  }

  /**
   * Draws everything up to `step`.
   * @param {number} step
   */
  draw(step) {
    if (!this.#area || !this.theme) return
    if (step < this.#drawnTo) {
      this.layer.clear()
      this.#drawnTo = 0
    }
    if (this.#moving !== null) this.#drawOverBackdrop(step, this.#moving)
    else if (step > this.#drawnTo) this.#drawLines(this.layer.context, this.lines, this.#drawnTo, step)
    this.#drawnTo = step
    this.refresh()
  }

  /** Draws what moves once more, at the same step. */
  refresh() {
    if (!this.#area || !this.theme || !Number.isFinite(this.#drawnTo)) return
    this.#coverage ??= coverageOf(this.lines, this.#area)
    this.heads.draw(this.lines, this.#drawnTo, this.#area, this.theme, this.#coverage)
  }

  /**
   * The line that moves, over a picture of the others, to which a step adds only what is new.
   * @param {number} step @param {number} moving
   */
  #drawOverBackdrop(step, moving) {
    if (!this.#backdrop || step < this.#backdrop.step) this.#backdrop = { canvas: this.layer.blankCopy(), step: 0 }
    const backdrop = this.#backdrop
    if (step > backdrop.step) {
      const others = this.lines.filter((line, place) => place !== moving && line.beside !== moving)
      const context = /** @type {CanvasRenderingContext2D} */ (backdrop.canvas.getContext("2d"))
      this.layer.useCssPixels(context)
      this.#drawLines(context, others, backdrop.step, step)
      backdrop.step = step
    }
    this.layer.clear()
    this.layer.paste(backdrop.canvas)
    this.#drawLines(this.layer.context, [this.lines[moving]], 0, step)
  }

  /** @param {CanvasRenderingContext2D} context @param {MeasuredLine[]} lines @param {number} from @param {number} to */
  #drawLines(context, lines, from, to) {
    const { theme } = this
    const area = this.#area
    if (!theme || !area) return
    clipped(context, area, () => {
      context.lineJoin = "round"
      for (const line of lines) if (line.beside === undefined) strokeLine(context, line, from, to, theme, true)
      for (const line of lines) strokeLine(context, line, from, to, theme, false)
      for (const line of lines) dotClippedSteps(context, line, from, to, theme)
    })
  }
}

/**
 * A line with what is drawn along it.
 * @param {Line} line @returns {MeasuredLine}
 */
function measured(line) {
  const along = distances(line.points)
  const clippedAt = (line.clipped ?? []).map(step => pointOf(line, step))
  return { ...line, along, dots: spaced(clippedAt, along, BETWEEN_DOTS) }
}

/**
 * What lines cover, where some of them have names, which are not to lie on it.
 * @param {Line[]} lines @param {Area} area
 */
function coverageOf(lines, area) {
  const coverage = new Coverage(area)
  if (lines.some(({ label }) => label)) for (const { points, last, whole } of lines) coverage.add(points, last, whole)
  return coverage
}
