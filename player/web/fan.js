// A fan of paths over learning rates, and the path in between two of them: numbers in, numbers out.

/** @import { RatesDocument } from "./documents.d.ts" */
/** @import { Path } from "./outcome.js" */
/** @import { Series } from "./series.js" */

import { clamp } from "./geometry/axis.js"
import { decodeSeries, widthOf } from "./series.js"

/**
 * A place on the fan is 0 for its lowest rate, one less than its length for its highest.
 * @typedef {{ positions: Series, losses: Series, slopes: Series, drawn: number[], stride: number }} Fan
 */

/** @param {RatesDocument} document @returns {Fan} */
export function decodeFan({ positions, losses, slopes, ...rest }) {
  return { ...rest, positions: decodeSeries(positions), losses: decodeSeries(losses), slopes: decodeSeries(slopes) }
}

/**
 * Where `rate` lies on a fan.
 * @param {number} rate @param {[number, number]} range @param {number} length
 */
export function placeOf(rate, [low, high], length) {
  return ((length - 1) * Math.log(rate / low)) / Math.log(high / low)
}

/**
 * The rate at a place of a fan, with as many digits as a slider can mean.
 * @param {number} place @param {[number, number]} range @param {number} length
 */
export function rateAt(place, [low, high], length) {
  return Number((low * (high / low) ** (place / (length - 1))).toPrecision(3))
}

/**
 * The path at a place of the fan, between its neighbours, at every step from 0 to `steps`. The fan holds every
 * `stride`-th step; what lies between is filled in by straight lines.
 * @param {Fan} fan @param {number} place @param {number} steps
 * @returns {Path}
 */
export function pathAt({ positions, losses, slopes, drawn, stride }, place, steps) {
  const low = clamp(Math.floor(place), [0, drawn.length - 1])
  const high = Math.min(low + 1, drawn.length - 1)
  const share = clamp(place - low, [0, 1])
  const nearest = share < 0.5 ? low : high
  // Where one of the two has left all bounds, there is nothing to blend: the nearer one is shown as it is.
  const blend = drawn[low] === drawn[high] ? { low, high, share } : { low: nearest, high: nearest, share: 0 }
  const times = Array.from({ length: steps + 1 }, (_, step) => whereIn(step, stride, steps, positions.shape[1]))
  const series = (/** @type {Series} */ one) => filledIn(one, blend, times)
  return {
    ...{ positions: series(positions), losses: series(losses), drawn: drawn[nearest] },
    slopes: series(slopes).subarray(0, steps),
  }
}

/**
 * Between which two of the fan's points a step lies, and how far.
 * @typedef {{ index: number, next: number, within: number }} Time
 */

/** @param {number} step @param {number} stride @param {number} steps @param {number} points @returns {Time} */
function whereIn(step, stride, steps, points) {
  const index = Math.min(Math.floor(step / stride), points - 1)
  const next = Math.min(index + 1, points - 1)
  const length = Math.min(next * stride, steps) - index * stride
  return { index, next, within: next === index ? 0 : Math.min((step - index * stride) / length, 1) }
}

/**
 * The series at every time, blended between two of its paths.
 * @param {Series} series @param {{ low: number, high: number, share: number }} blend @param {Time[]} times
 */
function filledIn(series, { low, high, share }, times) {
  const width = widthOf(series)
  const points = series.shape[1]
  const { values } = series
  const filled = new Float32Array(times.length * width)
  const at = (/** @type {number} */ index, /** @type {number} */ part) =>
    mixed(values[(low * points + index) * width + part], values[(high * points + index) * width + part], share)
  times.forEach(({ index, next, within }, step) => {
    for (let part = 0; part < width; part++) {
      filled[step * width + part] = within === 0 ? at(index, part) : mixed(at(index, part), at(next, part), within)
    }
  })
  return filled
}

/**
 * The first or the second as it is where nothing is to be mixed: one may be far too large to calculate with.
 * @param {number} first @param {number} second @param {number} share
 */
function mixed(first, second, share) {
  return share === 0 ? first : share === 1 ? second : first + (second - first) * share
}
