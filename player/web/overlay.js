// Paths, drawn over a Plotly figure: one canvas for what stays, one for what moves. A frame adds only what is new.

import { spaced } from "./models.js"
import { atEdge, clampedToEdge, distances, placeLabels } from "./paths.js"

const CLIPPED = 3.2 // pixels: the radius of a dot on a clipped step
const APART = 9 // pixels between two of them
const DOWNHILL = 44 // pixels: the arrow under the pointer says where down is, not how steep

export class Overlay {
  constructor(section) {
    this.paths = section.appendChild(document.createElement("canvas"))
    this.heads = section.appendChild(document.createElement("canvas"))
    for (const canvas of [this.paths, this.heads]) canvas.className = "fall-line-canvas"
    this.heads.setAttribute("aria-hidden", "true")
    this.lines = []
    this.drawnTo = 0
    this.moving = null // the place among the lines of the one that moves by itself
  }

  /** Sets the size in CSS pixels and the part of it in which paths may appear. */
  resize(width, height, area) {
    this.area = area
    this.ratio = window.devicePixelRatio || 1
    this.still = null
    for (const canvas of [this.paths, this.heads]) {
      canvas.width = Math.round(width * this.ratio)
      canvas.height = Math.round(height * this.ratio)
      canvas.style.width = `${width}px`
      canvas.style.height = `${height}px`
    }
  }

  /** Sets what is drawn: per run {points, last, style, label}, points in pixels. */
  setLines(lines, colors) {
    this.colors = colors
    this.lines = lines.map(line => measured(line))
    this.drawnTo = Infinity
    this.moving = null
    this.still = null
  }

  /** Replaces one line, which is likely to move again at once: the others are kept as a picture meanwhile. */
  setLine(place, line) {
    if (this.moving !== place) Object.assign(this, { moving: place, still: null })
    this.lines[place] = measured(line)
    this.drawnTo = Infinity
  }

  /** Draws everything up to `step`. */
  draw(step) {
    if (!this.area) return
    const context = this.paths.getContext("2d")
    if (step < this.drawnTo) {
      context.setTransform(1, 0, 0, 1, 0, 0)
      context.clearRect(0, 0, this.paths.width, this.paths.height)
      this.drawnTo = 0
    }
    if (this.moving !== null) this.drawMoving(context, step)
    else if (step > this.drawnTo) this.drawLines(context, this.lines, this.drawnTo, step)
    this.drawnTo = step
    this.drawHeads(step)
  }

  drawLines(context, lines, from, to) {
    this.clip(context)
    for (const line of lines) if (!line.pale) this.stroke(context, line, from, to, true)
    for (const line of lines) this.stroke(context, line, from, to, false)
    for (const line of lines) this.dotClipped(context, line, from, to)
    context.restore()
  }

  /** The line that moves, over a picture of the others, to which a step adds only what is new. */
  drawMoving(context, step) {
    const { width, height } = this.paths
    if (!this.still || step < this.still.step) {
      this.still = Object.assign(document.createElement("canvas"), { width, height, step: 0 })
    }
    if (step > this.still.step) {
      const others = this.lines.filter((line, place) => place !== this.moving && line.beside !== this.moving)
      this.drawLines(this.still.getContext("2d"), others, this.still.step, step)
      this.still.step = step
    }
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, width, height)
    context.drawImage(this.still, 0, 0)
    this.drawLines(context, [this.lines[this.moving]], 0, step)
  }

  clip(context) {
    context.save()
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0)
    context.beginPath()
    context.rect(this.area.left, this.area.top, this.area.width, this.area.height)
    context.clip()
    context.lineJoin = "round"
  }

  /** A line that is `whole` is drawn to its end whatever the step is. */
  stroke(context, { points, last, style, along, whole, pale }, from, to, casing) {
    const end = whole ? last : Math.min(to, last)
    if (from >= end || (whole && from > 0)) return
    context.beginPath()
    context.moveTo(points[2 * from], points[2 * from + 1])
    for (let index = from + 1; index <= end; index++) context.lineTo(points[2 * index], points[2 * index + 1])
    context.lineCap = "butt"
    context.setLineDash(casing ? [] : style.dash)
    context.lineDashOffset = along[from]
    context.lineWidth = (casing ? 2.6 : 0) + this.colors.lineWidth * (pale ? 0.7 : 1)
    context.strokeStyle = casing ? this.colors.casing : style.color
    context.globalAlpha = casing ? 0.75 : 1
    context.stroke()
    context.globalAlpha = 1
  }

  /** A hollow dot where a step was taken with a clipped gradient. */
  dotClipped(context, { points, last, style, dotted, whole }, from, to) {
    const end = whole ? last : Math.min(to, last)
    context.setLineDash([])
    context.lineWidth = 1.6
    context.strokeStyle = style.color
    context.fillStyle = this.colors.casing
    for (const index of dotted) {
      if (index < from || index >= end) continue
      context.beginPath()
      context.arc(points[2 * index], points[2 * index + 1], CLIPPED, 0, 2 * Math.PI)
      context.fill()
      context.stroke()
    }
  }

  /** Draws what moves once more, at the same step. */
  refresh() {
    if (this.area && Number.isFinite(this.drawnTo)) this.drawHeads(this.drawnTo)
  }

  drawHeads(step) {
    const context = this.heads.getContext("2d")
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, this.heads.width, this.heads.height)
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0)
    for (const mark of this.colors.marks ?? []) this.drawMark(context, mark)
    if (this.ghost) this.drawMark(context, { ...this.ghost, shape: "ring", size: 7 })
    context.font = this.colors.font
    const anchors = this.lines.map(line => this.anchor(context, line, step))
    for (const [run, { x, y, edge }] of anchors.entries()) {
      const { style, pale } = this.lines[run]
      if (pale) continue
      if (edge) this.drawShape(context, "arrow", x, y, 7, style.color, edge.angle)
      else this.drawShape(context, style.marker, x, y, this.colors.headSize, style.color)
    }
    this.drawLabels(context, anchors)
    if (this.arrows && Math.abs(this.arrows.step - step) <= 1) this.drawStep(context)
    if (this.downhill) this.drawArrow(context, this.downhill, DOWNHILL, this.colors.ink)
  }

  /** The arrows of one step, each with its name at the tip. */
  drawStep(context) {
    const { ink, casing } = this.colors
    const { style } = this.lines[this.arrows.line]
    const taken = []
    for (const arrow of this.arrows.drawn) {
      const isStep = arrow.name === "step"
      this.drawArrow(context, arrow, arrow.length, isStep ? style.ink : ink, isStep ? 4 : 2, arrow.name === "sampled" ? [5, 5] : [])
      const left = arrow.x + arrow.right * (arrow.length + 14)
      let top = arrow.y + arrow.down * (arrow.length + 14)
      while (taken.some(other => Math.abs(other.left - left) < 60 && Math.abs(other.top - top) < this.colors.lineHeight)) top += this.colors.lineHeight
      taken.push({ left, top })
      context.textAlign = arrow.right < -0.3 ? "right" : arrow.right > 0.3 ? "left" : "center"
      context.lineWidth = 4
      context.strokeStyle = casing
      context.strokeText(arrow.label, left, top)
      context.fillStyle = isStep ? style.ink : ink
      context.fillText(arrow.label, left, top)
    }
    context.textAlign = "left"
  }

  /** An arrow from a point, `right` and `down` being its direction. */
  drawArrow(context, { x, y, right, down }, length, color, width = 2.5, dash = []) {
    const [endX, endY] = [x + right * length, y + down * length]
    const shaft = Math.max(length - 8, 0)
    for (const [stroke, wide] of [[this.colors.casing, width + 2.5], [color, width]]) {
      context.beginPath()
      context.moveTo(x, y)
      context.lineTo(x + right * shaft, y + down * shaft)
      context.setLineDash(stroke === color ? dash : [])
      context.lineCap = "round"
      context.lineWidth = wide
      context.strokeStyle = stroke
      context.stroke()
    }
    context.setLineDash([])
    this.drawShape(context, "arrow", endX - right * 6, endY - down * 6, 6, color, Math.atan2(down, right))
  }

  anchor(context, { points, last, label, whole }, step) {
    const index = whole ? last : Math.min(step, last)
    const x = points[2 * index]
    const y = points[2 * index + 1]
    const edge = this.colors.edge === "clamp" ? clampedToEdge(this.area, x, y) : atEdge(this.area, x, y)
    return { x: edge?.x ?? x, y: edge?.y ?? y, edge, width: label ? context.measureText(label).width : 0 }
  }

  drawLabels(context, anchors) {
    // Where the arrows of one step stand, names of runs would only be in the way.
    if (this.arrows && Math.abs(this.arrows.step - this.drawnTo) <= 1) return
    const named = this.lines.map((_, run) => run).filter(run => this.lines[run].label)
    const placed = placeLabels(named.map(run => anchors[run]), this.area, this.colors.lineHeight)
    context.textBaseline = "middle"
    context.lineJoin = "round"
    for (const [place, run] of named.entries()) {
      const { left, top } = placed[place]
      context.lineWidth = 4
      context.strokeStyle = this.colors.casing
      context.strokeText(this.lines[run].label, left, top)
      context.fillStyle = this.lines[run].style.ink
      context.fillText(this.lines[run].label, left, top)
    }
  }

  drawMark(context, { x, y, shape, color, size }) {
    if (!atEdge(this.area, x, y)) this.drawShape(context, shape, x, y, size ?? 7, color ?? this.colors.ink)
  }

  drawShape(context, shape, x, y, size, color, angle = 0) {
    context.save()
    context.translate(x, y)
    context.rotate(angle)
    context.beginPath()
    SHAPES[shape](context, size)
    context.lineJoin = "round"
    if (shape === "cross" || shape === "ring") {
      context.lineWidth = 4.5
      context.strokeStyle = this.colors.casing
      context.stroke()
      context.lineWidth = 2
      context.strokeStyle = color
      context.stroke()
    } else {
      context.lineWidth = 3
      context.strokeStyle = this.colors.casing
      context.stroke()
      context.fillStyle = color
      context.fill()
    }
    context.restore()
  }
}

/** A line with what is drawn along it. */
function measured(line) {
  const along = distances(line.points)
  return { ...line, along, dotted: spaced(line.clipped ?? [], along, APART) }
}

function polygon(corners) {
  return (context, size) => {
    corners.forEach(([x, y], index) => (index ? context.lineTo(x * size, y * size) : context.moveTo(x * size, y * size)))
    context.closePath()
  }
}

const STAR = Array.from({ length: 10 }, (_, index) => {
  const angle = (index * Math.PI) / 5 - Math.PI / 2
  const radius = index % 2 ? 0.45 : 1.1
  return [radius * Math.cos(angle), radius * Math.sin(angle)]
})

const SHAPES = {
  circle: (context, size) => context.arc(0, 0, size, 0, 2 * Math.PI),
  ring: (context, size) => context.arc(0, 0, size, 0, 2 * Math.PI),
  square: polygon([[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]]),
  triangle: polygon([[0, -1.2], [1.1, 0.8], [-1.1, 0.8]]),
  diamond: polygon([[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]]),
  arrow: polygon([[1.1, 0], [-0.7, -0.8], [-0.7, 0.8]]),
  star: polygon(STAR),
  cross: (context, size) => {
    context.moveTo(-size * 0.7, -size * 0.7)
    context.lineTo(size * 0.7, size * 0.7)
    context.moveTo(size * 0.7, -size * 0.7)
    context.lineTo(-size * 0.7, size * 0.7)
  },
}
