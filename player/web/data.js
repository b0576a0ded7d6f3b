// The examples that a surface is made of: training and held-out ones, the batch of the step, and every run's fit.

import { batchAt, predictions } from "./models.js"
import { axis, ofRun } from "./paths.js"
import { View } from "./views.js"

const POINT = 3.2
const SAMPLES = 60 // points of a curve

export class DataView extends View {
  constructor(parent) {
    super(parent, "data", "The examples, the batch of this step, and the fit of every run")
    this.canvas = this.section.appendChild(document.createElement("canvas"))
    this.canvas.className = "fall-line-canvas"
  }

  get visible() {
    return super.visible && Boolean(this.examples)
  }

  /** Fetches the examples and the batches, once for as long as they are the same. */
  async load(base, data) {
    const key = data.examples
    if (key === this.key) return
    this.key = key
    this.examples = null
    if (!key) return
    const answer = await fetch(new URL(`fall-line/examples?${data.query}`, base))
    if (!answer.ok) throw new Error(`the examples could not be fetched: ${answer.status}`)
    const examples = await answer.json()
    if (key !== this.key) return
    const members = Uint8Array.from(atob(examples.batches.members), character => character.charCodeAt(0))
    this.examples = { ...examples, batches: { ...examples.batches, members } }
  }

  render({ data, theme, styles }) {
    const { width, height } = this.size
    const { layout } = this.examples
    const { margin } = layout
    this.area = { left: margin.l, top: margin.t, width: width - margin.l - margin.r, height: height - margin.t - margin.b }
    this.x = axis(layout.xaxis.range, this.area.left, this.area.width)
    this.y = axis(layout.yaxis.range, this.area.top + this.area.height, -this.area.height)
    const axes = { xaxis: { ...theme.axis, ...layout.xaxis, fixedrange: true }, yaxis: { ...theme.axis, ...layout.yaxis, fixedrange: true } }
    this.react([{ x: [], y: [] }], { ...layout, ...theme.layout, ...axes, title: { ...layout.title, font: { size: theme.large ? 19 : 14 } }, width, height })
    this.ratio = window.devicePixelRatio || 1
    this.canvas.width = Math.round(width * this.ratio)
    this.canvas.height = Math.round(height * this.ratio)
    this.canvas.style.width = `${width}px`
    this.canvas.style.height = `${height}px`
    Object.assign(this, { data, theme, styles })
  }

  renderRun({ data }) {
    this.data = data
  }

  draw(step) {
    if (!this.area || !this.examples) return
    const context = this.canvas.getContext("2d")
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, this.canvas.width, this.canvas.height)
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0)
    context.save()
    context.beginPath()
    context.rect(this.area.left, this.area.top, this.area.width, this.area.height)
    context.clip()
    this.drawExamples(context, step)
    this.data.runs.forEach((run, index) => this.drawFit(context, index, Math.min(step, run.drawn)))
    context.restore()
  }

  drawExamples(context, step) {
    const { training, heldOut, batches } = this.examples
    const { ink, casing } = this.theme.canvas
    context.lineWidth = 1.2
    context.strokeStyle = ink
    context.globalAlpha = 0.45
    heldOut.x.forEach((x, index) => this.point(context, x, heldOut.y[index], heldOut.group[index], POINT - 0.4, false))
    context.fillStyle = ink
    training.x.forEach((x, index) => this.point(context, x, training.y[index], training.group[index], POINT, true))
    context.globalAlpha = 1
    const batch = batches.size ? batchAt(batches, Math.min(step, this.data.steps - 1)) : []
    this.section.dataset.batch = Array.from(batch).join(" ")
    for (const index of batch) {
      context.fillStyle = casing
      this.point(context, training.x[index], training.y[index], training.group[index], POINT + 4.2, true)
      context.fillStyle = ink
      this.point(context, training.x[index], training.y[index], training.group[index], POINT + 2.2, true)
    }
  }

  /** A dot, or for an example of the second group a square. */
  point(context, x, y, group, size, filled) {
    const [left, top] = [this.x.pixel(x), this.y.pixel(y)]
    context.beginPath()
    if (group) context.rect(left - size, top - size, 2 * size, 2 * size)
    else context.arc(left, top, size, 0, 2 * Math.PI)
    if (filled) context.fill()
    else context.stroke()
  }

  drawFit(context, run, step) {
    const weights = ofRun(this.data.positions, run).subarray(2 * step, 2 * step + 2)
    context.lineJoin = "round"
    predictions(this.examples.model, weights).forEach((curve, group) => {
      for (const casing of [true, false]) {
        context.beginPath()
        for (let sample = 0; sample <= SAMPLES; sample++) {
          const left = this.area.left + (this.area.width * sample) / SAMPLES
          context.lineTo(left, Math.min(Math.max(this.y.pixel(curve(this.x.value(left))), -1e4), 1e4))
        }
        context.setLineDash(casing ? [] : group ? [2, 3] : this.styles[run].dash)
        context.lineWidth = casing ? 4 : 2
        context.strokeStyle = casing ? this.theme.canvas.casing : this.styles[run].color
        context.globalAlpha = casing ? 0.7 : 1
        context.stroke()
      }
    })
    context.setLineDash([])
    context.globalAlpha = 1
  }
}
