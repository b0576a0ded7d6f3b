// What networks have learned: their answers over the inputs, at some steps.

/** @import { BoundaryDocument } from "./documents.d.ts" */

import { decodeBytes } from "./series.js"

/** @typedef {Omit<BoundaryDocument, "values"> & { values: Uint8Array | Float32Array }} Boundaries */

/** @param {BoundaryDocument} document @returns {Boundaries} */
export function decodeBoundaries(document) {
  const bytes = decodeBytes(document.values)
  return { ...document, values: document.sizes.length === 1 ? new Float32Array(bytes.buffer) : bytes }
}

/**
 * Which of the steps whose answers are known is shown at a step of the clock: the last one that is over.
 * @param {Boundaries} boundaries @param {number} step
 */
export function frameAt({ steps }, step) {
  const later = steps.findIndex(known => known > step)
  return (later < 0 ? steps.length : later) - 1
}

/**
 * The answers of one run in one of the frames.
 * @param {Boundaries} boundaries @param {number} run @param {number} frame
 */
export function answersOf({ values, steps, sizes }, run, frame) {
  const size = sizes.reduce((product, count) => product * count, 1)
  const start = (run * steps.length + frame) * size
  return values.subarray(start, start + size)
}
