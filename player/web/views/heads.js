// What moves over the paths: where every run is, its name, marks, and arrows.

/** @import { PixelArrow } from "../geometry/arrows.js" */
/** @import { Area } from "../geometry/axis.js" */
/** @import { Box, Coverage } from "../geometry/coverage.js" */
/** @import { Label } from "../geometry/labels.js" */
/** @import { EdgePoint } from "../geometry/path.js" */
/** @import { MeasuredLine, OverlayTheme } from "./overlay.js" */

import { clamp } from "../geometry/axis.js"
import { placeLabels } from "../geometry/labels.js"
import { atEdge, clampedToEdge } from "../geometry/path.js"
import { SEEN } from "../geometry/scene_path.js"
import { Layer } from "./canvas.js"
import { drawArrow, drawShape, drawText } from "./shapes.js"
import { OPACITIES, pointOf } from "./strokes.js"

/**
 * A minimum, a saddle or a start, and whether it is behind or outside of what it lies on.
 * @typedef {{ x: number, y: number, shape: string, size?: number, color?: string, visibility?: number }} Mark
 */
/**
 * Where the head of a line stands, how wide its name is, and whether it is behind or outside of what it lies on.
 * @typedef {{ x: number, y: number, edge: EdgePoint | null, width: number, visibility: number }} Anchor
 */

const DOWNHILL = 44 // pixels: the arrow under the pointer says where down is, not how steep
const ARROW_LABEL = 14 // pixels from a tip to its name
const LEADER = 22 // pixels from a head from where on a line leads to its name
const BESIDE_HEAD = 9 // pixels from the middle of a head, where that line begins
const SLANTED = 0.3 // across: from here on a name stands beside its arrow, not above or below it

export class Heads {
  /** @type {{ x: number, y: number } | null} */
  ghost = null
  /** @type {{ x: number, y: number, right: number, down: number } | null} */
  downhill = null
  /** @type {{ line: number, step: number, arrows: PixelArrow[] } | null} */
  step = null
  /**
   * Where the names stood last.
   * @type {Label[]}
   */
  #labels = []

  /** @param {HTMLElement} section */
  constructor(section) {
    this.layer = new Layer(section)
    this.layer.canvas.setAttribute("aria-hidden", "true")
  }

  /**
   * @param {MeasuredLine[]} lines @param {number} step @param {Area} area @param {OverlayTheme} theme
   * @param {Coverage} coverage by the lines
   */
  draw(lines, step, area, theme, coverage) {
    const { context } = this.layer
    this.layer.clear()
    for (const mark of theme.marks ?? []) drawMark(context, mark, area, theme)
    if (this.ghost) drawMark(context, { ...this.ghost, shape: "ring", size: 7 }, area, theme)
    Object.assign(context, { font: theme.font, textBaseline: "middle", lineJoin: "round" })
    const anchors = lines.map(line => anchorOf(context, line, step, area, theme))
    anchors.forEach((anchor, index) => {
      if (lines[index].beside === undefined) drawHead(context, lines[index], anchor, theme)
    })
    const arrows = this.step && Math.abs(this.step.step - step) <= 1 ? this.step : null
    // Where the arrows of one step stand, names of runs would only be in the way.
    if (arrows) drawStep(context, arrows.arrows, lines[arrows.line].style.ink, theme)
    else this.#drawNames(lines, anchors, area, theme, box => coverage.share(box, step))
    if (this.downhill) {
      drawArrow(context, { ...this.downhill, length: DOWNHILL }, { color: theme.ink, casing: theme.casing })
    }
  }

  /**
   * @param {MeasuredLine[]} lines @param {Anchor[]} anchors @param {Area} area @param {OverlayTheme} theme
   * @param {(box: Box) => number} covered
   */
  #drawNames(lines, anchors, area, theme, covered) {
    const { context } = this.layer
    const named = lines.map((_, run) => run).filter(run => lines[run].label)
    const heads = named.map(run => anchors[run])
    this.#labels = placeLabels(heads, area, theme.lineHeight, covered, this.#labels)
    this.#labels.forEach((label, place) => {
      const { ink } = lines[named[place]].style
      if (label.far > LEADER) drawLeader(context, heads[place], label, ink)
    })
    this.#labels.forEach(({ left, top }, place) => {
      const { label = "", style } = lines[named[place]]
      drawText(context, label, left, top, style.ink, theme.casing)
    })
  }
}

/**
 * @param {CanvasRenderingContext2D} context @param {MeasuredLine} line @param {number} step @param {Area} area
 * @param {OverlayTheme} theme
 * @returns {Anchor}
 */
function anchorOf(context, line, step, area, theme) {
  const { points, last, label, whole } = line
  const index = pointOf(line, whole ? last : Math.min(step, last))
  const [x, y] = [points.x[index], points.y[index]]
  const visibility = line.visibility?.[index] ?? SEEN
  const edge = theme.edge === "clamp" ? clampedToEdge(area, x, y) : atEdge(area, x, y)
  return { x: edge?.x ?? x, y: edge?.y ?? y, edge, width: label ? context.measureText(label).width : 0, visibility }
}

/** @param {CanvasRenderingContext2D} context @param {Mark} mark @param {Area} area @param {OverlayTheme} theme */
function drawMark(context, { x, y, shape, size = 7, color, visibility = SEEN }, area, theme) {
  if (!OPACITIES[visibility] || atEdge(area, x, y)) return
  context.globalAlpha = OPACITIES[visibility]
  drawShape(context, shape, { x, y, size, color: color ?? theme.ink, casing: theme.casing })
  context.globalAlpha = 1
}

/**
 * @param {CanvasRenderingContext2D} context @param {MeasuredLine} line @param {Anchor} anchor
 * @param {OverlayTheme} theme
 */
function drawHead(context, { style }, { x, y, edge, visibility }, theme) {
  const opacity = OPACITIES[visibility]
  if (!opacity) return
  context.globalAlpha = opacity
  const look = { x, y, color: style.color, casing: theme.casing }
  if (edge) drawShape(context, "arrow", { ...look, size: 7, angle: edge.angle })
  else drawShape(context, style.marker, { ...look, size: theme.headSize })
  context.globalAlpha = 1
}

/**
 * From a head to its name that is not beside it.
 * @param {CanvasRenderingContext2D} context @param {Anchor} anchor @param {Label} label @param {string} color
 */
function drawLeader(context, { x, y }, { left, top, width }, color) {
  const [across, down] = [clamp(x, [left, left + width]) - x, top - y]
  const away = BESIDE_HEAD / Math.hypot(across, down)
  context.beginPath()
  context.moveTo(x + away * across, y + away * down)
  context.lineTo(x + across, y + down)
  context.lineWidth = 1
  context.strokeStyle = color
  context.stroke()
}

/**
 * The arrows of one step, each with its name at the tip.
 * @param {CanvasRenderingContext2D} context @param {PixelArrow[]} arrows @param {string} ofStep
 * @param {OverlayTheme} theme
 */
function drawStep(context, arrows, ofStep, theme) {
  /** @type {{ left: number, top: number }[]} */
  const taken = []
  for (const arrow of arrows) {
    const isStep = arrow.name === "step"
    const color = isStep ? ofStep : theme.ink
    const dash = arrow.name === "sampled" ? [5, 5] : []
    drawArrow(context, arrow, { color, casing: theme.casing, width: isStep ? 4 : 2, dash })
    const left = arrow.x + arrow.right * (arrow.length + ARROW_LABEL)
    let top = arrow.y + arrow.down * (arrow.length + ARROW_LABEL)
    const isTaken = (/** @type {{ left: number, top: number }} */ other) =>
      Math.abs(other.left - left) < 60 && Math.abs(other.top - top) < theme.lineHeight
    while (taken.some(isTaken)) top += theme.lineHeight
    taken.push({ left, top })
    context.textAlign = arrow.right < -SLANTED ? "right" : arrow.right > SLANTED ? "left" : "center"
    drawText(context, arrow.label, left, top, color, theme.casing)
  }
  context.textAlign = "left"
}
