// Lines on a canvas, each with a casing in the colour of the paper; where a line lies behind something it is faint.

/** @import { Line, MeasuredLine, OverlayTheme } from "./overlay.js" */

import { SEEN } from "../geometry/scene_path.js"

/** @typedef {{ from: number, to: number, visibility: number }} Piece between two points of a line */

const DOT = 3.2 // pixels: the radius of a dot on a clipped step
export const OPACITIES = [1, 0.3, 0] // of what is seen, hidden and outside
const CASING_OPACITIES = [0.75, 0, 0]

/**
 * Which of the points of a line stands for a step.
 * @param {Pick<Line, "ends">} line @param {number} step
 */
export function pointOf({ ends }, step) {
  return ends ? ends[step] : step
}

/**
 * @param {CanvasRenderingContext2D} context @param {MeasuredLine} line @param {number} from @param {number} to
 * @param {OverlayTheme} theme @param {boolean} asCasing
 */
export function strokeLine(context, line, from, to, theme, asCasing) {
  const { last, style, whole, beside } = line
  const end = whole ? last : Math.min(to, last)
  if (from >= end || (whole && from > 0)) return
  context.lineCap = "butt"
  context.setLineDash(asCasing ? [] : style.dash)
  context.lineWidth = (asCasing ? 2.6 : 0) + theme.lineWidth * (beside === undefined ? 1 : 0.7)
  context.strokeStyle = asCasing ? theme.casing : style.color
  const opacities = asCasing ? CASING_OPACITIES : OPACITIES
  for (const piece of pieces(line, pointOf(line, from), pointOf(line, end))) {
    context.globalAlpha = opacities[piece.visibility]
    if (opacities[piece.visibility]) strokePiece(context, line, piece)
  }
  context.globalAlpha = 1
}

/**
 * The pieces of a line from one point to another that are as visible all along.
 * @param {MeasuredLine} line @param {number} from @param {number} to @returns {Piece[]}
 */
export function pieces({ visibility }, from, to) {
  if (!visibility) return [{ from, to, visibility: SEEN }]
  /** @type {Piece[]} */
  const found = []
  for (let point = from + 1; point <= to; point++) {
    const piece = found.at(-1)
    if (piece?.visibility === visibility[point]) piece.to = point
    else found.push({ from: point - 1, to: point, visibility: visibility[point] })
  }
  return found
}

/** @param {CanvasRenderingContext2D} context @param {MeasuredLine} line @param {Piece} piece */
function strokePiece(context, { points, along }, { from, to }) {
  context.beginPath()
  context.moveTo(points.x[from], points.y[from])
  for (let point = from + 1; point <= to; point++) context.lineTo(points.x[point], points.y[point])
  context.lineDashOffset = along[from]
  context.stroke()
}

/**
 * A hollow dot where a step was taken with a clipped gradient.
 * @param {CanvasRenderingContext2D} context @param {MeasuredLine} line @param {number} from @param {number} to
 * @param {OverlayTheme} theme
 */
export function dotClippedSteps(context, line, from, to, theme) {
  const { points, last, style, dots, whole, visibility } = line
  const [first, end] = [pointOf(line, from), pointOf(line, whole ? last : Math.min(to, last))]
  context.setLineDash([])
  context.lineWidth = 1.6
  context.strokeStyle = style.color
  context.fillStyle = theme.casing
  for (const point of dots) {
    if (point < first || point >= end || (visibility && visibility[point] !== SEEN)) continue
    context.beginPath()
    context.arc(points.x[point], points.y[point], DOT, 0, 2 * Math.PI)
    context.fill()
    context.stroke()
  }
}
