// The part of the plane that is seen: whether paths leave it, and one that holds them all.

/** @import { Series } from "../series.js" */
/** @import { Box, Range } from "./axis.js" */

import { roundedIn } from "../format.js"
import { coordinates } from "../series.js"
import { clamp, isWithin } from "./axis.js"

const FARTHEST = 12 // times the size of the view: what diverges farther than that is not fitted
const MARGIN = 1.08

/**
 * Whether any path leaves the box.
 * @param {Series} positions @param {{ drawn: number }[]} runs @param {Box} box
 */
export function leaves(positions, runs, box) {
  return runs.some((run, index) => {
    const [x, y] = coordinates(positions, index)
    for (let step = 0; step <= run.drawn; step++) {
      if (!isWithin(x(step), box.x) || !isWithin(y(step), box.y)) return true
    }
    return false
  })
}

/**
 * A view that holds the box and all paths, as far as they can be followed, in the same shape as the box.
 * @param {Series} positions @param {{ drawn: number }[]} runs @param {Box} box
 * @returns {Box}
 */
export function fittedView(positions, runs, box) {
  const x = spanOf(positions, runs, box.x, 0)
  const y = spanOf(positions, runs, box.y, 1)
  const times = MARGIN * Math.max((x[1] - x[0]) / (box.x[1] - box.x[0]), (y[1] - y[0]) / (box.y[1] - box.y[0]))
  return { x: widened(x, times * (box.x[1] - box.x[0])), y: widened(y, times * (box.y[1] - box.y[0])) }
}

/**
 * The range that holds `own` and what the paths reach along one axis.
 * @param {Series} positions @param {{ drawn: number }[]} runs @param {Range} own @param {number} axis
 * @returns {Range}
 */
function spanOf(positions, runs, own, axis) {
  const reach = FARTHEST * (own[1] - own[0])
  let [low, high] = own
  runs.forEach((run, index) => {
    const along = coordinates(positions, index)[axis]
    for (let step = 0; step <= run.drawn; step++) {
      const value = clamp(along(step), [own[0] - reach, own[1] + reach])
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  })
  return [low, high]
}

/** @param {Range} range @param {number} width @returns {Range} of that width around the same middle */
function widened([low, high], width) {
  const middle = (low + high) / 2
  return [roundedIn(width, middle - width / 2), roundedIn(width, middle + width / 2)]
}
