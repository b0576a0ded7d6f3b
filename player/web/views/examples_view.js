// The examples that a surface is made of: training and held-out ones, the batch of the step, and every run's fit.

/** @import { ExampleColumns } from "../documents.d.ts" */
/** @import { Examples } from "../examples.js" */
/** @import { Area, Axis } from "../geometry/axis.js" */
/** @import { Picture } from "../outcome.js" */

import { batchAt } from "../examples.js"
import { areaWithin, axis, clamp } from "../geometry/axis.js"
import { evaluate } from "../program.js"
import { pointAt } from "../series.js"
import { clipped, Layer } from "./canvas.js"
import { axesLayout } from "./curve_view.js"
import { View } from "./view.js"

/** @typedef {{ area: Area, x: Axis, y: Axis, picture: Picture, examples: Examples }} Drawing */

const POINT = 3.2 // pixels, half the size of an example
const SAMPLES = 60 // points of a curve
const FARTHEST = 1e4 // pixels up or down
const SECOND_GROUP = [2, 3] // dash of its curve

export class ExamplesView extends View {
  /** @type {Drawing | null} */
  #drawing = null

  /** @param {HTMLElement} parent */
  constructor(parent) {
    super(parent, "data", "The examples, the batch of this step, and the fit of every run")
    this.layer = new Layer(this.section)
  }

  /** @param {Picture} picture */
  render(picture) {
    const { examples, theme } = picture
    if (!examples) return
    const { width, height } = this.size
    const layout = axesLayout(examples.layout, theme)
    const area = areaWithin(width, height, layout.margin)
    const x = axis(layout.xaxis.range, area.left, area.width)
    const y = axis(layout.yaxis.range, area.top + area.height, -area.height)
    this.#drawing = { area, x, y, picture, examples }
    this.react([{ x: [], y: [] }], { ...layout, width, height })
    this.layer.resize(width, height)
  }

  /** @param {Picture} picture */
  renderRun(picture) {
    if (this.#drawing) this.#drawing.picture = picture
  }

  /** @param {number} step */
  draw(step) {
    if (!this.#drawing) return
    const { area, picture, examples } = this.#drawing
    const { steps, runs } = picture.outcome
    const batch = examples.batches.size ? batchAt(examples.batches, Math.min(step, steps - 1)) : []
    this.section.dataset.batch = Array.from(batch).join(" ")
    this.layer.clear()
    clipped(this.layer.context, area, () => {
      if (!this.#drawing) return
      drawExamples(this.layer.context, this.#drawing, batch)
      for (const [run, { drawn }] of runs.entries())
        drawFit(this.layer.context, this.#drawing, run, Math.min(step, drawn))
    })
  }
}

/**
 * Held-out examples hollow, those of training filled, those of the batch large.
 * @param {CanvasRenderingContext2D} context @param {Drawing} drawing @param {Iterable<number>} batch
 */
function drawExamples(context, drawing, batch) {
  const { training, heldOut } = drawing.examples
  const { ink, casing } = drawing.picture.theme.canvas
  context.lineWidth = 1.2
  context.strokeStyle = ink
  context.globalAlpha = 0.45
  for (const index of heldOut.x.keys()) {
    outlineExample(context, drawing, heldOut, index, POINT - 0.4)
    context.stroke()
  }
  context.fillStyle = ink
  for (const index of training.x.keys()) {
    outlineExample(context, drawing, training, index, POINT)
    context.fill()
  }
  context.globalAlpha = 1
  for (const index of batch) {
    for (const [color, more] of /** @type {[string, number][]} */ ([
      [casing, 4.2],
      [ink, 2.2],
    ])) {
      context.fillStyle = color
      outlineExample(context, drawing, training, index, POINT + more)
      context.fill()
    }
  }
}

/**
 * A circle, or for an example of another group than the first a square.
 * @param {CanvasRenderingContext2D} context @param {Drawing} drawing @param {ExampleColumns} columns
 * @param {number} index @param {number} size
 */
function outlineExample(context, drawing, { x, y, group }, index, size) {
  const [left, top] = [drawing.x.pixel(x[index]), drawing.y.pixel(y[index])]
  context.beginPath()
  if (group[index]) context.rect(left - size, top - size, 2 * size, 2 * size)
  else context.arc(left, top, size, 0, 2 * Math.PI)
}

/**
 * What the run's weights predict at that step: a curve for every group.
 * @param {CanvasRenderingContext2D} context @param {Drawing} drawing @param {number} run @param {number} step
 */
function drawFit(context, drawing, run, step) {
  const { picture, examples } = drawing
  const weights = [...pointAt(picture.outcome.positions, run, step)]
  const { color, dash } = picture.styles[run]
  context.lineJoin = "round"
  examples.groups.forEach((others, group) => {
    const points = curve(drawing, x => evaluate(examples.model, [...weights, x, ...others]))
    strokeCurve(context, points, { color: picture.theme.canvas.casing, width: 4, alpha: 0.7, dash: [] })
    strokeCurve(context, points, { color, width: 2, alpha: 1, dash: group ? SECOND_GROUP : dash })
  })
  context.setLineDash([])
  context.globalAlpha = 1
}

/** @param {Drawing} drawing @param {(x: number) => number} predict @returns {[left: number, top: number][]} */
function curve({ area, x, y }, predict) {
  return Array.from({ length: SAMPLES + 1 }, (_, sample) => {
    const left = area.left + (area.width * sample) / SAMPLES
    return [left, clamp(y.pixel(predict(x.value(left))), [-FARTHEST, FARTHEST])]
  })
}

/**
 * @param {CanvasRenderingContext2D} context @param {[number, number][]} points
 * @param {{ color: string, width: number, alpha: number, dash: number[] }} look
 */
function strokeCurve(context, points, { color, width, alpha, dash }) {
  context.beginPath()
  for (const [left, top] of points) context.lineTo(left, top)
  context.setLineDash(dash)
  context.lineWidth = width
  context.strokeStyle = color
  context.globalAlpha = alpha
  context.stroke()
}
