// Paths as they are kept in a page: the inverse of player/packing.py.

/** @import { PackedSeries } from "./documents.d.ts" */
/** @import { Series } from "./series.js" */

import { decodeBytes } from "./series.js"

/** @param {PackedSeries} packed @returns {Series} */
export function unpack({ packed, shape }) {
  const [paths, points, width = 1] = shape
  const bytes = decodeBytes(packed)
  const count = paths * points * width
  const bits = new Uint32Array(count)
  for (let index = 0, place = 0; place < paths * width; place++) {
    const path = Math.floor(place / width)
    let value = 0
    for (let point = 0; point < points; point++, index++) {
      for (let byte = 0; byte < 4; byte++) value += bytes[byte * count + index] * 2 ** (8 * byte)
      value %= 2 ** 32
      bits[(path * points + point) * width + (place % width)] = value
    }
  }
  return { values: new Float32Array(bits.buffer), shape }
}
