// Round numbers along an axis, and the room that they need beside it.

/** @import { Margin } from "../documents.d.ts" */
/** @import { Range } from "./axis.js" */

import { digitsIn, readable } from "../format.js"

/** @typedef {{ values: number[], texts: string[] }} Ticks */

const TICK = 10 // pixels from the edge to a number, the tick included
const FEWEST = 3
const MOST = 6

/**
 * Round numbers from the low to the high end, evenly spaced, with room for a number in each space.
 * @param {Range} range @param {number} length of the axis in pixels @param {number} space in pixels
 * @returns {Ticks}
 */
export function ticksAlong([low, high], length, space) {
  const most = Math.min(Math.max(Math.floor(length / space), FEWEST), MOST)
  const power = 10 ** Math.floor(Math.log10((high - low) / most))
  const times = [1, 2, 5].find(factor => factor * power * most * 1.0001 >= high - low) ?? 10
  const step = times * power
  const first = Math.ceil(low / step - 1e-6)
  const count = Math.floor(high / step + 1e-6) - first + 1
  const values = Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(12)))
  return { values, texts: values.map(value => readable(value, digitsIn(high - low, value))) }
}

/**
 * The margin in which the numbers of both axes are whole.
 * @param {Ticks} x @param {Ticks} y @param {number} size of the numbers' font in pixels
 * @param {(text: string) => number} widthOf a text in that font
 * @returns {Margin}
 */
export function marginFor(x, y, size, widthOf) {
  const widest = Math.max(...y.texts.map(widthOf))
  const last = widthOf(x.texts[x.texts.length - 1])
  return { l: Math.ceil(TICK + widest), b: TICK + Math.ceil(1.5 * size), t: size, r: Math.ceil(last / 2) + 2 }
}
