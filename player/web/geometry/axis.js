// Axes and the areas that they span: between values and pixels.

/** @import { Margin } from "../documents.d.ts" */

/** @typedef {{ left: number, top: number, width: number, height: number }} Area in pixels */
/** @typedef {{ pixel: (value: number) => number, value: (pixel: number) => number }} Axis */
/** @typedef {[low: number, high: number]} Range */
/** @typedef {{ x: Range, y: Range }} Box a part of the plane */

const SMALLEST = 1e-300

/**
 * Maps between values and pixels along one axis; a logarithmic range is given in powers of ten, as plotly.js does.
 * @param {Range} range
 * @param {number} first pixel of the low end
 * @param {number} length in pixels, negative where values grow upwards
 * @returns {Axis}
 */
export function axis([low, high], first, length, log = false) {
  const perPixel = (high - low) / length
  return {
    pixel: value => first + ((log ? Math.log10(Math.max(value, SMALLEST)) : value) - low) / perPixel,
    value: pixel => {
      const plain = low + (pixel - first) * perPixel
      return log ? 10 ** plain : plain
    },
  }
}

/**
 * What a margin leaves of a picture.
 * @param {number} width @param {number} height @param {Margin} margin
 * @returns {Area}
 */
export function areaWithin(width, height, { l, r, t, b }) {
  return { left: l, top: t, width: width - l - r, height: height - t - b }
}

/**
 * The largest area inside `width` × `height` in which one unit of x is as long as one of y.
 * @param {number} width @param {number} height @param {Margin} margin @param {Range} xRange @param {Range} yRange
 * @returns {Area}
 */
export function squareArea(width, height, margin, xRange, yRange) {
  const inner = areaWithin(width, height, margin)
  const [innerWidth, innerHeight] = [Math.max(inner.width, 10), Math.max(inner.height, 10)]
  const [spanX, spanY] = [xRange[1] - xRange[0], yRange[1] - yRange[0]]
  const perUnit = Math.min(innerWidth / spanX, innerHeight / spanY)
  const [w, h] = [perUnit * spanX, perUnit * spanY]
  return { left: margin.l + (innerWidth - w) / 2, top: margin.t + (innerHeight - h) / 2, width: w, height: h }
}

/**
 * In how many columns `count` pictures of a shape (width over height) become largest inside `width` × `height`.
 * @param {number} count @param {number} width @param {number} height @param {number} shape
 */
export function columnsFor(count, width, height, shape) {
  /** @param {number} columns */
  const sideIn = columns => Math.min(width / columns / shape, height / Math.ceil(count / columns))
  let best = 1
  for (let columns = 2; columns <= count; columns++) if (sideIn(columns) > sideIn(best) + 0.5) best = columns
  return best
}

/** @param {number} value @param {Range} range */
export function isWithin(value, [low, high]) {
  return value >= low && value <= high
}

/** @param {number} value @param {Range} range */
export function clamp(value, [low, high]) {
  return Math.min(Math.max(value, low), high)
}
