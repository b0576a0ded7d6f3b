// Which parts of an area lie under paths, and from which step on.

/** @import { Area } from "./axis.js" */
/** @import { PixelPath } from "./path.js" */

/** @typedef {{ left: number, top: number, width: number, height: number }} Box in pixels */

const CELL = 5 // pixels
const ALL = /** @type {[number, number]} */ ([0, 1])

export class Coverage {
  /** @param {Area} area */
  constructor(area) {
    this.area = area
    this.columns = Math.max(Math.ceil(area.width / CELL), 1)
    this.rows = Math.max(Math.ceil(area.height / CELL), 1)
    /** The step at which the first path comes to every cell. */
    this.first = new Float32Array(this.columns * this.rows).fill(Number.POSITIVE_INFINITY)
  }

  /**
   * A path, drawn as far as its point `last`; one that is `whole` is there at once.
   * @param {PixelPath} path @param {number} last @param {boolean} whole
   */
  add({ x, y }, last, whole = false) {
    for (let index = 1; index <= last; index++) {
      const [left, top] = [x[index - 1], y[index - 1]]
      this.#addSegment(left, top, x[index] - left, y[index] - top, whole ? 0 : index)
    }
  }

  /** @param {number} left @param {number} top @param {number} across @param {number} down @param {number} step */
  #addSegment(left, top, across, down, step) {
    const { area } = this
    const isInside = this.#holds(left, top) && this.#holds(left + across, top + down)
    const [enters, exits] = isInside
      ? ALL
      : overlap(within(left - area.left, across, area.width), within(top - area.top, down, area.height))
    const samples = Math.ceil(((exits - enters) * Math.hypot(across, down)) / CELL)
    for (let sample = 0; sample <= samples; sample++) {
      const share = enters + ((exits - enters) * sample) / Math.max(samples, 1)
      const cell = this.#cellAt(left + share * across, top + share * down)
      if (step < this.first[cell]) this.first[cell] = step
    }
  }

  /** @param {number} left @param {number} top */
  #holds(left, top) {
    const { area } = this
    return left >= area.left && left <= area.left + area.width && top >= area.top && top <= area.top + area.height
  }

  /** @param {number} left @param {number} top */
  #cellAt(left, top) {
    const column = Math.min(Math.max(Math.floor((left - this.area.left) / CELL), 0), this.columns - 1)
    const row = Math.min(Math.max(Math.floor((top - this.area.top) / CELL), 0), this.rows - 1)
    return row * this.columns + column
  }

  /**
   * The share of a box that lies under the paths as they are at a step.
   * @param {Box} box @param {number} step
   */
  share({ left, top, width, height }, step) {
    const first = this.#cellAt(left, top)
    const columns = (this.#cellAt(left + width, top) - first) % this.columns
    const rows = Math.floor(this.#cellAt(left, top + height) / this.columns) - Math.floor(first / this.columns)
    let covered = 0
    for (let row = 0; row <= rows; row++)
      for (let column = 0; column <= columns; column++)
        if (this.first[first + row * this.columns + column] <= step) covered++
    return covered / ((rows + 1) * (columns + 1))
  }
}

/**
 * Between which shares of its way a point that begins at `from` and goes `by` is between 0 and `length`.
 * @param {number} from @param {number} by @param {number} length
 * @returns {[number, number]} the first is larger where it never is
 */
function within(from, by, length) {
  if (by === 0) return from >= 0 && from <= length ? ALL : [1, 0]
  const [one, other] = [-from / by, (length - from) / by]
  return overlap(ALL, [Math.min(one, other), Math.max(one, other)])
}

/** @param {[number, number]} one @param {[number, number]} other @returns {[number, number]} */
function overlap(one, other) {
  return [Math.max(one[0], other[0]), Math.min(one[1], other[1])]
}
