// What came of an experiment, decoded, and what it would be like while something is dragged.

/** @import { Boundaries } from "./boundaries.js" */
/** @import { Payload, PayloadRun, RunStyle, SurfaceDocument } from "./documents.d.ts" */
/** @import { Examples } from "./examples.js" */
/** @import { Series } from "./series.js" */
/** @import { Theme } from "./theme.js" */

import { readable } from "./format.js"
import { decodeSeries, ofRun, pointAt, ranks, setBits, withRun } from "./series.js"

const CROWDED = 8 // runs: from here on their names would lie over paths, and numbers stand for them

/** @typedef {Omit<PayloadRun, "clipped"> & { clipped: number[] }} Run with the steps whose gradient was clipped */
/**
 * `ratesOf` and `ranksOf` give one run's learning rates and places at every step, `lossAt` its loss at one. `dragged` is
 * the rate at which a run is drawn while it is not kept yet.
 * @typedef {Omit<Payload, "runs" | "positions" | "gaps" | "slopes" | "heldOut" | "sharpness" | "limits"> & {
 *   runs: Run[], positions: Series, gaps: Series, slopes: Series, heldOut?: Series, sharpness?: Series,
 *   limits?: (Float32Array | null)[],
 *   ratesOf: (run: number) => Float32Array, ranksOf: (run: number) => Float32Array,
 *   lossAt: (run: number, step: number) => number, dragged?: { run: number, rate: number },
 * }} Outcome
 */
/**
 * A run's style in the page's theme: `ink` is its colour as text.
 * @typedef {RunStyle & { ink: string }} ThemedStyle
 */
/**
 * Everything that the views draw.
 * @typedef {{
 *   outcome: Outcome, surface: SurfaceDocument, examples: Examples | null, boundaries: Boundaries | null, theme: Theme,
 *   styles: ThemedStyle[],
 * }} Picture
 */
/**
 * The path of one run at another rate.
 * @typedef {{ positions: Float32Array, losses: Float32Array, slopes: Float32Array, drawn: number }} Path
 */

/** @param {Payload} payload @returns {Outcome} */
export function decodeOutcome(payload) {
  const { heldOut, sharpness, limits, ...rest } = payload
  const gaps = decodeSeries(payload.gaps)
  const rates = payload.rates.map(rate =>
    typeof rate === "number" ? new Float32Array(payload.steps).fill(rate) : decodeSeries(rate).values,
  )
  return {
    ...rest,
    runs: payload.runs.map(run => ({ ...run, clipped: run.clipped ? setBits(run.clipped) : [] })),
    positions: decodeSeries(payload.positions),
    gaps,
    slopes: decodeSeries(payload.slopes),
    ...(heldOut && { heldOut: decodeSeries(heldOut) }),
    ...(sharpness && { sharpness: decodeSeries(sharpness) }),
    ...(limits && { limits: limits.map(limit => limit && decodeSeries(limit).values) }),
    ratesOf: run => rates[run],
    ranksOf: placesOf(gaps, payload.runs),
    lossAt: (run, step) => payload.floor + pointAt(gaps, run, step)[0],
  }
}

/**
 * The places are worked out when they are asked for first: most often nobody looks at them.
 * @param {Series} gaps @param {{ drawn: number }[]} runs
 */
function placesOf(gaps, runs) {
  /** @type {Float32Array[] | undefined} */
  let places
  return (/** @type {number} */ run) => {
    places ??= ranks(gaps, runs)
    return places[run]
  }
}

/**
 * The outcome with another path of one run at a rate that is `factor` times what it was before. Nothing is left of what
 * was said of the rate before; what became of the run is not known.
 * @param {Outcome} outcome @param {Outcome} before @param {number} run @param {Path} path
 * @param {{ rate: number, factor: number }} at
 * @returns {Outcome}
 */
export function withPath(outcome, before, run, path, { rate, factor }) {
  const heights = path.losses.map(loss => Math.max(loss - outcome.floor, 0))
  const gaps = withRun(outcome.gaps, run, heights)
  const runs = outcome.runs.map((shown, index) => (index === run ? runAt(shown, path, rate) : shown))
  return {
    ...outcome,
    ...{ runs, gaps, dragged: { run, rate } },
    positions: withRun(outcome.positions, run, path.positions),
    slopes: withRun(outcome.slopes, run, path.slopes),
    ratesOf: index => (index === run ? before.ratesOf(index).map(each => each * factor) : before.ratesOf(index)),
    ranksOf: placesOf(gaps, runs),
    lossAt: (index, step) => (index === run ? path.losses[step] : before.lossAt(index, step)),
  }
}

/**
 * What is known of a run at another rate.
 * @param {Run} run @param {Path} path @param {number} rate
 * @returns {Run}
 */
function runAt(run, { positions, losses, drawn }, rate) {
  let length = 0
  for (let at = 2; at <= 2 * drawn; at += 2)
    length += Math.hypot(positions[at] - positions[at - 2], positions[at + 1] - positions[at - 1])
  const seen = losses.subarray(0, drawn + 1)
  return {
    ...run,
    ...{ drawn, length, verdict: "", short: "", kind: "", decidedAt: Number.POSITIVE_INFINITY, clipped: [] },
    ...{ label: run.label.replace(/η=[^\s,]+/, `η=${readable(rate)}`), reached: null },
    ...{ final: drawn < losses.length - 1 ? null : losses[drawn], best: Math.min(...seen) },
  }
}

/**
 * What a run is called where there is little room.
 * @param {{ label: string }[]} runs @param {number} run
 */
export function badge(runs, run) {
  return runs.length < CROWDED ? runs[run].label : String(run + 1)
}

/**
 * Whether a person who sees the paths up to `step` can see what became of a run.
 * @param {Run} run @param {number} step
 */
export function isDecided({ decidedAt }, step) {
  return step >= decidedAt
}

/**
 * The loss as it is drawn: above the lowest, or as it is where there is a held-out one to compare it with.
 * @param {Outcome} outcome @param {number} run
 */
export function drawnLosses(outcome, run) {
  const gaps = ofRun(outcome.gaps, run)
  return outcome.heldOut ? gaps.map(gap => gap + outcome.floor) : gaps
}
