// Shapes on a canvas, each with a casing in the colour of the paper, so that it is seen on whatever lies below.

/** @import { PixelArrow } from "../geometry/arrows.js" */

/** @typedef {(context: CanvasRenderingContext2D, size: number) => void} Trace draws an outline around the origin */
/** @typedef {{ x: number, y: number, size: number, color: string, casing: string, angle?: number }} ShapePlace */
/** @typedef {Pick<PixelArrow, "x" | "y" | "right" | "down" | "length">} ArrowPlace */

const HEAD = 6 // pixels, of an arrow

/** @param {number[]} corners x and y in turn @returns {Trace} */
function polygon(corners) {
  return (context, size) => {
    context.moveTo(corners[0] * size, corners[1] * size)
    for (let index = 2; index < corners.length; index += 2) {
      context.lineTo(corners[index] * size, corners[index + 1] * size)
    }
    context.closePath()
  }
}

const STAR = Array.from({ length: 10 }, (_, index) => {
  const angle = (index * Math.PI) / 5 - Math.PI / 2
  const radius = index % 2 ? 0.45 : 1.1
  return [radius * Math.cos(angle), radius * Math.sin(angle)]
}).flat()

const OPEN = new Set(["cross", "ring"])
/** @type {Record<string, Trace>} */
const SHAPES = {
  circle: (context, size) => context.arc(0, 0, size, 0, 2 * Math.PI),
  ring: (context, size) => context.arc(0, 0, size, 0, 2 * Math.PI),
  square: polygon([-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9]),
  triangle: polygon([0, -1.2, 1.1, 0.8, -1.1, 0.8]),
  diamond: polygon([0, -1.25, 1.25, 0, 0, 1.25, -1.25, 0]),
  arrow: polygon([1.1, 0, -0.7, -0.8, -0.7, 0.8]),
  star: polygon(STAR),
  cross: (context, size) => {
    context.moveTo(-size * 0.7, -size * 0.7)
    context.lineTo(size * 0.7, size * 0.7)
    context.moveTo(size * 0.7, -size * 0.7)
    context.lineTo(-size * 0.7, size * 0.7)
  },
}

/** @param {CanvasRenderingContext2D} context @param {string} shape @param {ShapePlace} place */
export function drawShape(context, shape, { x, y, size, color, casing, angle = 0 }) {
  const isOpen = OPEN.has(shape)
  context.save()
  context.translate(x, y)
  context.rotate(angle)
  context.beginPath()
  SHAPES[shape](context, size)
  context.lineJoin = "round"
  context.lineWidth = isOpen ? 4.5 : 3
  context.strokeStyle = casing
  context.stroke()
  if (isOpen) {
    context.lineWidth = 2
    context.strokeStyle = color
    context.stroke()
  } else {
    context.fillStyle = color
    context.fill()
  }
  context.restore()
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {ArrowPlace} arrow
 * @param {{ color: string, casing: string, width?: number, dash?: number[] }} look
 */
export function drawArrow(context, { x, y, right, down, length }, { color, casing, width = 2.5, dash = [] }) {
  const shaft = Math.max(length - 8, 0)
  context.beginPath()
  context.moveTo(x, y)
  context.lineTo(x + right * shaft, y + down * shaft)
  context.lineCap = "round"
  context.lineWidth = width + 2.5
  context.strokeStyle = casing
  context.stroke()
  context.setLineDash(dash)
  context.lineWidth = width
  context.strokeStyle = color
  context.stroke()
  context.setLineDash([])
  const [tipX, tipY] = [x + right * (length - HEAD), y + down * (length - HEAD)]
  drawShape(context, "arrow", { x: tipX, y: tipY, size: HEAD, color, casing, angle: Math.atan2(down, right) })
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} text @param {number} left @param {number} top
 * @param {string} color @param {string} casing
 */
export function drawText(context, text, left, top, color, casing) {
  context.lineWidth = 4
  context.strokeStyle = casing
  context.strokeText(text, left, top)
  context.fillStyle = color
  context.fillText(text, left, top)
}
