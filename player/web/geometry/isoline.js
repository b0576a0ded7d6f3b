// Where values on a grid cross a level: short straight pieces, cell by cell.

/** @typedef {[x: number, y: number]} GridPoint in columns and rows from the first */

/**
 * @param {ArrayLike<number>} values row by row @param {number} columns @param {number} rows @param {number} level
 * @returns {[GridPoint, GridPoint][]}
 */
export function isoline(values, columns, rows, level) {
  /** @type {[GridPoint, GridPoint][]} */
  const pieces = []
  for (let row = 0; row < rows - 1; row++)
    for (let column = 0; column < columns - 1; column++) {
      const crossed = crossings(values, columns, column, row, level)
      for (let at = 0; at + 1 < crossed.length; at += 2) pieces.push([crossed[at], crossed[at + 1]])
    }
  return pieces
}

/**
 * The points of a cell's edges, one after the other around it, at which the level is crossed: none, two or four.
 * @param {ArrayLike<number>} values @param {number} columns @param {number} column @param {number} row
 * @param {number} level
 */
function crossings(values, columns, column, row, level) {
  /** @type {GridPoint[]} */
  const corners = [
    [column, row],
    [column + 1, row],
    [column + 1, row + 1],
    [column, row + 1],
  ]
  /** @type {GridPoint[]} */
  const found = []
  corners.forEach(([x, y], corner) => {
    const [nextX, nextY] = corners[(corner + 1) % 4]
    const [one, other] = [values[y * columns + x] - level, values[nextY * columns + nextX] - level]
    if (one < 0 === other < 0) return
    const share = one / (one - other)
    found.push([x + share * (nextX - x), y + share * (nextY - y)])
  })
  return found
}
