// Numbers over steps, as the server sends them: typed arrays with one row per run.

/** @import { EncodedSeries } from "./documents.d.ts" */

const CHUNK = 8192 // arguments of one call

/**
 * Values in a row; `shape` is [runs, points] for one number a point, [runs, points, dimension] for positions.
 * @typedef {{ values: Float32Array, shape: number[] }} Series
 */

/**
 * @param {string} text base64
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function decodeBytes(text) {
  return Uint8Array.from(atob(text), character => character.charCodeAt(0))
}

/** @param {EncodedSeries} encoded @returns {Series} */
export function decodeSeries({ bdata, shape }) {
  return { values: new Float32Array(decodeBytes(bdata).buffer), shape }
}

/** @param {Series} series @returns {EncodedSeries} */
export function encodeSeries({ values, shape }) {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  let text = ""
  for (let from = 0; from < bytes.length; from += CHUNK)
    text += String.fromCharCode(...bytes.subarray(from, from + CHUNK))
  return { bdata: btoa(text), shape }
}

/**
 * How many numbers stand for one point: 1 for a loss, the dimension of the surface for a position.
 * @param {Series} series
 */
export function widthOf({ shape }) {
  return shape[2] ?? 1
}

/**
 * All values of one run in a row.
 * @param {Series} series @param {number} run
 */
export function ofRun({ values, shape }, run) {
  const size = values.length / shape[0]
  return values.subarray(run * size, (run + 1) * size)
}

/**
 * The numbers of one run at one step.
 * @param {Series} series @param {number} run @param {number} step
 */
export function pointAt(series, run, step) {
  const width = widthOf(series)
  return ofRun(series, run).subarray(step * width, (step + 1) * width)
}

/**
 * A run's path as functions of the step, one for every axis.
 * @param {Series} series @param {number} run
 * @returns {((step: number) => number)[]}
 */
export function coordinates(series, run) {
  const width = widthOf(series)
  const values = ofRun(series, run)
  return Array.from({ length: width }, (_, axis) => step => values[step * width + axis])
}

/**
 * A copy in which one run has other values.
 * @param {Series} series @param {number} run @param {Float32Array} values
 * @returns {Series}
 */
export function withRun(series, run, values) {
  const copy = series.values.slice()
  copy.set(values, (copy.length / series.shape[0]) * run)
  return { ...series, values: copy }
}

/**
 * The steps at which a bit is set, the first bit being the highest of the first byte.
 * @param {string} text base64
 */
export function setBits(text) {
  /** @type {number[]} */
  const steps = []
  decodeBytes(text).forEach((byte, place) => {
    for (let bit = 0; bit < 8; bit++) if (byte & (128 >> bit)) steps.push(8 * place + bit)
  })
  return steps
}

/**
 * Per run its place by loss at every point, 1 for the lowest; a path that has left all bounds comes last.
 * @param {Series} gaps @param {{ drawn: number }[]} runs
 */
export function ranks(gaps, runs) {
  const [count, points] = gaps.shape
  const places = runs.map(() => new Float32Array(points))
  for (let point = 0; point < points; point++) {
    /** @param {number} run */
    const loss = run => (point > runs[run].drawn ? Number.POSITIVE_INFINITY : gaps.values[run * points + point])
    const order = Array.from({ length: count }, (_, run) => run)
    order.sort((a, b) => (loss(a) < loss(b) ? -1 : loss(a) > loss(b) ? 1 : a - b))
    order.forEach((run, place) => {
      places[run][point] = place + 1
    })
  }
  return places
}
