// Losses on a grid.

/** @import { Range } from "./axis.js" */

/** @typedef {{ x: Range, y: Range, columns: number, rows: number, loss: (number | null)[][] }} Grid */

/**
 * The loss between four points of the grid, as if the surface were flat there: about right, never exact; null where one
 * of them has none.
 * @param {Grid} grid @param {number} atX @param {number} atY
 */
export function bilinear({ x, y, columns, rows, loss }, atX, atY) {
  const across = ((atX - x[0]) / (x[1] - x[0])) * (columns - 1)
  const up = ((atY - y[0]) / (y[1] - y[0])) * (rows - 1)
  const column = Math.min(Math.max(Math.floor(across), 0), columns - 2)
  const row = Math.min(Math.max(Math.floor(up), 0), rows - 2)
  const low = between(loss[row][column], loss[row][column + 1], across - column)
  const high = between(loss[row + 1][column], loss[row + 1][column + 1], across - column)
  return between(low, high, up - row)
}

/** @param {number | null} first @param {number | null} second @param {number} share */
function between(first, second, share) {
  return first === null || second === null ? null : first + (second - first) * share
}
