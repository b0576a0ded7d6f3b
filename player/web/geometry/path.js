// Paths in pixels, and the points where they leave the picture.

/** @import { Area } from "./axis.js" */

/** @typedef {{ x: Float32Array, y: Float32Array }} PixelPath */
/** @typedef {{ x: number, y: number, angle: number }} EdgePoint where it is marked, and which way is out */

const FARTHEST = 20000 // pixels: beyond that the canvas loses precision
const INSET = 7 // pixels from the edge to a mark of what lies outside

/**
 * A point far outside the picture is pulled in along the segment that leads to it.
 * @param {number} length
 * @param {(index: number) => { x: number, y: number }} pixelAt
 * @returns {PixelPath}
 */
export function pixelPath(length, pixelAt) {
  const path = { x: new Float32Array(length), y: new Float32Array(length) }
  let [fromX, fromY] = [0, 0]
  for (let index = 0; index < length; index++) {
    let { x, y } = pixelAt(index)
    const farthest = Math.max(Math.abs(x), Math.abs(y))
    if (farthest > FARTHEST) {
      const share = FARTHEST / farthest
      x = fromX + (x - fromX) * share
      y = fromY + (y - fromY) * share
    }
    path.x[index] = fromX = x
    path.y[index] = fromY = y
  }
  return path
}

/**
 * How far along the path each point lies, so that a dashed line can be continued where it was left.
 * @param {PixelPath} path
 */
export function distances({ x, y }) {
  const along = new Float32Array(x.length)
  for (let index = 1; index < along.length; index++) {
    along[index] = along[index - 1] + Math.hypot(x[index] - x[index - 1], y[index] - y[index - 1])
  }
  return along
}

/**
 * Of the points at `indices`, those that lie at least `gap` from the one before along the path.
 * @param {number[]} indices @param {ArrayLike<number>} along @param {number} gap
 */
export function spaced(indices, along, gap) {
  let last = Number.NEGATIVE_INFINITY
  return indices.filter(index => {
    if (along[index] - last < gap) return false
    last = along[index]
    return true
  })
}

/**
 * Where the ray from the middle of `area` to a point outside crosses its edge; null for a point inside.
 * @param {Area} area @param {number} x @param {number} y
 * @returns {EdgePoint | null}
 */
export function atEdge(area, x, y) {
  const [right, bottom] = [area.left + area.width, area.top + area.height]
  if (x >= area.left && x <= right && y >= area.top && y <= bottom) return null
  const [middleX, middleY] = [(area.left + right) / 2, (area.top + bottom) / 2]
  const [away, down] = [x - middleX, y - middleY]
  const share = Math.min(
    (area.width / 2 - INSET) / Math.max(Math.abs(away), 1e-9),
    (area.height / 2 - INSET) / Math.max(Math.abs(down), 1e-9),
  )
  return { x: middleX + away * share, y: middleY + down * share, angle: Math.atan2(down, away) }
}

/**
 * The nearest point of the edge for a point above or below the area; null for a point inside.
 * @param {Area} area @param {number} x @param {number} y
 * @returns {EdgePoint | null}
 */
export function clampedToEdge(area, x, y) {
  const bottom = area.top + area.height
  if (y >= area.top && y <= bottom) return null
  return y < area.top ? { x, y: area.top + INSET, angle: -Math.PI / 2 } : { x, y: bottom - INSET, angle: Math.PI / 2 }
}
