// The surface as ground: how high it is at a point, and what it hides from an eye.

/** @import { Place } from "./camera.js" */
/** @import { Grid } from "./grid.js" */

const FEWEST = 8 // places at which a line of sight is looked at

export class Terrain {
  #heights
  #highest

  /** @param {Grid} grid @param {(loss: number) => number} heightOf */
  constructor(grid, heightOf) {
    this.grid = grid
    this.#heights = Float32Array.from(grid.loss.flat(), loss => (loss === null ? Number.NaN : heightOf(loss)))
    this.#highest = Math.max(...this.#heights.filter(Number.isFinite))
  }

  /**
   * The height at a point, as if the surface were flat between four points of the grid; NaN where there is none.
   * @param {number} atX @param {number} atY
   */
  heightAt(atX, atY) {
    const { x, y, columns, rows } = this.grid
    const across = ((atX - x[0]) / (x[1] - x[0])) * (columns - 1)
    const up = ((atY - y[0]) / (y[1] - y[0])) * (rows - 1)
    if (!(across >= 0 && across <= columns - 1 && up >= 0 && up <= rows - 1)) return Number.NaN
    const [column, row] = [Math.min(Math.floor(across), columns - 2), Math.min(Math.floor(up), rows - 2)]
    const corner = row * columns + column
    const [right, above] = [across - column, up - row]
    const heights = this.#heights
    const low = heights[corner] + (heights[corner + 1] - heights[corner]) * right
    const high = heights[corner + columns] + (heights[corner + columns + 1] - heights[corner + columns]) * right
    return low + (high - low) * above
  }

  /**
   * Whether the ground is between a point and the eye: the line of sight is followed cell by cell, until it has left
   * the ground or is above all of it.
   * @param {number} x @param {number} y @param {number} z @param {Place} eye
   */
  hides(x, y, z, eye) {
    const { grid } = this
    const [right, back, up] = [eye[0] - x, eye[1] - y, eye[2] - z]
    const across = (Math.abs(right) / (grid.x[1] - grid.x[0])) * (grid.columns - 1)
    const along = (Math.abs(back) / (grid.y[1] - grid.y[0])) * (grid.rows - 1)
    const looks = Math.ceil(Math.max(across, along, FEWEST))
    for (let look = 1; look < looks; look++) {
      const share = look / looks
      const [atX, atY, height] = [x + right * share, y + back * share, z + up * share]
      if (up > 0 && height > this.#highest) return false
      if (this.heightAt(atX, atY) > height) return true
      if (atX < grid.x[0] || atX > grid.x[1] || atY < grid.y[0] || atY > grid.y[1]) return false
    }
    return false
  }
}
