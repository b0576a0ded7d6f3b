// What the network of every run has learned: its answers over the inputs, at the step of the clock.

/** @import { Boundaries } from "../boundaries.js" */
/** @import { NetworkExamples } from "../documents.d.ts" */
/** @import { Area, Axis, Range } from "../geometry/axis.js" */
/** @import { Picture, ThemedStyle } from "../outcome.js" */

import { answersOf, frameAt } from "../boundaries.js"
import { element } from "../dom.js"
import { axis, clamp, columnsFor, squareArea } from "../geometry/axis.js"
import { isoline } from "../geometry/isoline.js"
import { clipped, Layer } from "./canvas.js"
import { View } from "./view.js"

/**
 * The picture of one run: where it is, and its axes.
 * @typedef {{ left: number, top: number, width: number, area: Area, x: Axis, y: Axis }} Cell
 * @typedef {{ picture: Picture, boundaries: Boundaries, cells: Cell[], width: number }} Drawing
 */

const TITLE = 24 // pixels above all pictures
const CAPTION = 17 // and above each of them
const GAP = 8
/** @type {Range} */
const POINT = [1.4, 3.2] // pixels, half the size of an example that is trained on, at least and at most
const PER_POINT = 90 // of the width of a picture
const HELD_OUT = 0.62 // times as large: an example that is held out
const SHADE = 0.42 // how dark it is where the class +1 is certain
const MIDDLE = 127.5
const WIDE = 1.7 // times as wide as high: the picture of a curve
const CLASSES = "Learned (filled: class +1, open: −1; small: held out)"
const NUMBERS = "Learned (small: held out)"

export class BoundaryView extends View {
  /** @type {Drawing | null} */
  #drawing = null

  /** @param {HTMLElement} parent */
  constructor(parent) {
    super(parent, "boundary", "What the network of every run has learned, over its inputs")
    this.layer = new Layer(this.section)
    this.shades = element("canvas")
  }

  /** @param {Picture} picture */
  render(picture) {
    const { boundaries, outcome } = picture
    this.#drawing = null
    if (!boundaries) return
    const { width, height } = this.size
    this.layer.resize(width, height)
    this.#drawing = { picture, boundaries, width, cells: cellsFor(outcome.runs.length, width, height, boundaries) }
  }

  /** @param {Picture} picture */
  renderRun(picture) {
    this.render(picture)
  }

  /** @param {number} step */
  draw(step) {
    this.layer.clear()
    if (!this.#drawing) return
    const { picture, boundaries, cells } = this.#drawing
    const { context } = this.layer
    const { theme, outcome, styles } = picture
    context.fillStyle = theme.canvas.ink
    context.font = `${theme.titleSize}px ${fontOf(theme.tickFont)}`
    context.fillText(boundaries.classes ? CLASSES : NUMBERS, 2, theme.titleSize + 2)
    cells.forEach((cell, run) => {
      const frame = frameAt(boundaries, Math.min(step, outcome.runs[run].drawn))
      const answers = answersOf(boundaries, run, frame)
      this.#name(cell, run, frame)
      clipped(context, cell.area, () => {
        if (boundaries.sizes.length > 1) this.#drawShades(cell, answers, styles[run])
        const size = clamp(cell.area.width / PER_POINT, POINT)
        this.#drawExamples(cell, boundaries.heldOut, HELD_OUT * size)
        this.#drawExamples(cell, boundaries.training, size)
        if (boundaries.sizes.length === 1) this.#drawCurve(cell, answers, styles[run])
      })
    })
    this.section.dataset.frame = String(frameAt(boundaries, step))
  }

  /**
   * The name of the run, and how often it is right.
   * @param {Cell} cell @param {number} run @param {number} frame
   */
  #name({ left, top, width: cellWidth }, run, frame) {
    if (!this.#drawing) return
    const { picture, boundaries } = this.#drawing
    const { context } = this.layer
    const { accuracy, heldOutAccuracy } = boundaries
    const percent = (/** @type {number[][]} */ shares) => `${Math.round(100 * shares[run][frame])} %`
    const right = accuracy && heldOutAccuracy ? ` ${percent(accuracy)}, ${percent(heldOutAccuracy)}` : ""
    context.font = `600 12px ${fontOf(picture.theme.tickFont)}`
    context.fillStyle = picture.styles[run].ink
    context.fillText(picture.outcome.runs[run].label + right, left, top + 12, cellWidth)
  }

  /**
   * As dark as the answer is high, and a line in the run's colour where one class becomes the other.
   * @param {Cell} cell @param {Uint8Array | Float32Array} answers @param {ThemedStyle} style
   */
  #drawShades({ area, x, y }, answers, style) {
    if (!this.#drawing) return
    const { picture, boundaries } = this.#drawing
    const { context } = this.layer
    const { ends, sizes } = boundaries
    const [columns, rows] = sizes
    this.#paintShades(answers, columns, rows)
    context.imageSmoothingEnabled = true
    context.drawImage(this.shades, area.left, area.top, area.width, area.height)
    context.strokeStyle = picture.theme.canvas.ink
    context.lineWidth = 1
    context.strokeRect(area.left, area.top, area.width, area.height)
    if (!boundaries.classes) return
    const at = (/** @type {number} */ place, /** @type {number} */ count, /** @type {Range} */ [low, high]) =>
      low + (place / (count - 1)) * (high - low)
    context.beginPath()
    for (const [from, to] of isoline(answers, columns, rows, MIDDLE)) {
      context.moveTo(x.pixel(at(from[0], columns, ends[0])), y.pixel(at(from[1], rows, ends[1])))
      context.lineTo(x.pixel(at(to[0], columns, ends[0])), y.pixel(at(to[1], rows, ends[1])))
    }
    context.setLineDash([])
    context.lineWidth = 2.4
    context.strokeStyle = style.color
    context.stroke()
  }

  /**
   * One pixel for every point; the last row of the grid is at the top.
   * @param {Uint8Array | Float32Array} answers @param {number} columns @param {number} rows
   */
  #paintShades(answers, columns, rows) {
    Object.assign(this.shades, { width: columns, height: rows })
    const context = /** @type {CanvasRenderingContext2D} */ (this.shades.getContext("2d"))
    const image = context.createImageData(columns, rows)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        image.data[4 * ((rows - 1 - row) * columns + column) + 3] = SHADE * answers[row * columns + column]
    context.putImageData(image, 0, 0)
    context.globalCompositeOperation = "source-in"
    context.fillStyle = this.#drawing?.picture.theme.canvas.ink ?? "black"
    context.fillRect(0, 0, columns, rows)
    context.globalCompositeOperation = "source-over"
  }

  /** @param {Cell} cell @param {ArrayLike<number>} answers @param {ThemedStyle} style */
  #drawCurve({ area, x, y }, answers, style) {
    if (!this.#drawing) return
    const { picture, boundaries } = this.#drawing
    const { context } = this.layer
    const [low, high] = boundaries.ends[0]
    context.beginPath()
    for (let at = 0; at < answers.length; at++) {
      const top = clamp(y.pixel(answers[at]), [area.top - area.height, area.top + 2 * area.height])
      context.lineTo(x.pixel(low + (at / (answers.length - 1)) * (high - low)), top)
    }
    context.setLineDash([])
    context.lineWidth = 2.4
    context.strokeStyle = style.color
    context.stroke()
    context.lineWidth = 1
    context.strokeStyle = picture.theme.canvas.ink
    context.strokeRect(area.left, area.top, area.width, area.height)
  }

  /**
   * Of classes, those of +1 are filled; numbers are as high as they are, or of two inputs filled where they are above 0.
   * @param {Cell} cell @param {NetworkExamples} examples @param {number} size
   */
  #drawExamples({ x, y }, { inputs, targets }, size) {
    if (!this.#drawing) return
    const { ink, casing } = this.#drawing.picture.theme.canvas
    const { context } = this.layer
    context.lineWidth = 0.8
    context.strokeStyle = ink
    inputs.forEach(([first, second], index) => {
      context.beginPath()
      context.arc(x.pixel(first), y.pixel(second ?? targets[index]), size, 0, 2 * Math.PI)
      context.fillStyle = targets[index] > 0 && second !== undefined ? ink : casing
      context.fill()
      context.stroke()
    })
  }
}

/**
 * A picture for every run, in the columns that make them largest.
 * @param {number} count @param {number} width @param {number} height @param {Boundaries} boundaries
 * @returns {Cell[]}
 */
function cellsFor(count, width, height, boundaries) {
  const [x, y] = rangesOf(boundaries)
  const isCurve = boundaries.sizes.length === 1
  const shape = isCurve ? WIDE : (x[1] - x[0]) / (y[1] - y[0])
  const columns = columnsFor(count, width, height - TITLE, shape)
  const rows = Math.ceil(count / columns)
  const [cellWidth, cellHeight] = [width / columns, (height - TITLE) / rows]
  return Array.from({ length: count }, (_, run) => {
    const [left, top] = [(run % columns) * cellWidth + 2, TITLE + Math.floor(run / columns) * cellHeight]
    const margin = { l: 0, r: 0, t: 0, b: 0 }
    const room = { width: cellWidth - GAP, height: cellHeight - CAPTION - GAP }
    const inner = isCurve
      ? { left: 0, top: 0, ...room }
      : { ...squareArea(room.width, room.height, margin, x, y), left: 0, top: 0 }
    const area = { ...inner, left, top: top + CAPTION }
    const axes = { x: axis(x, area.left, area.width), y: axis(y, area.top + area.height, -area.height) }
    return { left, top, width: room.width, area, ...axes }
  })
}

/**
 * What the two axes of a picture hold: both inputs, or the input and the targets.
 * @param {Boundaries} boundaries
 * @returns {[Range, Range]}
 */
function rangesOf({ ends, training, heldOut }) {
  if (ends.length > 1) return [ends[0], ends[1]]
  const targets = [...training.targets, ...heldOut.targets]
  const [low, high] = [Math.min(...targets), Math.max(...targets)]
  const margin = 0.15 * (high - low)
  return [ends[0], [low - margin, high + margin]]
}

/**
 * The family of a font that is written with its size.
 * @param {string} font
 */
function fontOf(font) {
  return font.replace(/^\S+ /, "")
}
