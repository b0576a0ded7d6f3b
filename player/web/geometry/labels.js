// Where names stand beside the heads of their paths.

/** @import { Area } from "./axis.js" */

/** @typedef {{ index: number, left: number, top: number, width: number }} Label */

const BESIDE = 10 // pixels from a head to its name

/**
 * Places labels of known width beside their anchors, inside `area`, none on top of another.
 * @param {{ x: number, y: number, width: number }[]} anchors
 * @param {Area} area
 * @param {number} lineHeight
 * @returns {Label[]} in the order of the anchors
 */
export function placeLabels(anchors, area, lineHeight) {
  const right = area.left + area.width
  const bottom = area.top + area.height
  /** @type {Label[]} */
  const placed = []
  const order = anchors.map((_, index) => index).sort((a, b) => anchors[a].y - anchors[b].y)
  for (const index of order) {
    const { x, y, width } = anchors[index]
    const left = x + BESIDE + width > right ? Math.max(area.left + 2, x - BESIDE - width) : x + BESIDE
    let top = Math.min(Math.max(y, area.top + lineHeight / 2), bottom - lineHeight / 2)
    for (const other of placed) {
      const overlapsAcross = left < other.left + other.width + 4 && other.left < left + width + 4
      if (overlapsAcross && Math.abs(top - other.top) < lineHeight) top = other.top + lineHeight
    }
    placed.push({ index, left, top, width })
  }
  liftOverflow(placed, bottom, lineHeight)
  return placed.sort((a, b) => a.index - b.index)
}

/**
 * Labels pushed below the edge move up, and push up those above them.
 * @param {Label[]} placed @param {number} bottom @param {number} lineHeight
 */
function liftOverflow(placed, bottom, lineHeight) {
  let limit = bottom - lineHeight / 2
  for (const label of [...placed].sort((a, b) => b.top - a.top)) {
    if (label.top > limit) {
      label.top = limit
      limit -= lineHeight
    }
  }
}
