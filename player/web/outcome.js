// What came of an experiment, decoded, and what it would be like while something is dragged.

/** @import { Payload, PayloadRun, RunStyle, SurfaceDocument } from "./documents.d.ts" */
/** @import { Examples } from "./examples.js" */
/** @import { Series } from "./series.js" */
/** @import { Theme } from "./theme.js" */

import { decodeSeries, ofRun, ranks, setBits, withRun } from "./series.js"

/** @typedef {Omit<PayloadRun, "clipped"> & { clipped: number[] }} Run with the steps whose gradient was clipped */
/**
 * `ratesOf` and `ranksOf` give one run's learning rates and places at every step.
 * @typedef {Omit<Payload, "runs" | "positions" | "gaps" | "slopes" | "heldOut"> & {
 *   runs: Run[], positions: Series, gaps: Series, slopes: Series, heldOut?: Series,
 *   ratesOf: (run: number) => Float32Array, ranksOf: (run: number) => Float32Array,
 * }} Outcome
 */
/**
 * A run's style in the page's theme: `ink` is its colour as text.
 * @typedef {RunStyle & { ink: string }} ThemedStyle
 */
/**
 * Everything that the views draw.
 * @typedef {{
 *   outcome: Outcome, surface: SurfaceDocument, examples: Examples | null, theme: Theme, styles: ThemedStyle[],
 * }} Picture
 */
/** @typedef {{ positions: Float32Array, losses: Float32Array, drawn: number }} Path of one run at another rate */

/** @param {Payload} payload @returns {Outcome} */
export function decodeOutcome(payload) {
  const { heldOut, ...rest } = payload
  const gaps = decodeSeries(payload.gaps)
  const rates = payload.rates.map(rate =>
    typeof rate === "number" ? new Float32Array(payload.steps).fill(rate) : decodeSeries(rate).values,
  )
  /** @type {Float32Array[] | undefined} */
  let places
  return {
    ...rest,
    runs: payload.runs.map(run => ({ ...run, clipped: run.clipped ? setBits(run.clipped) : [] })),
    positions: decodeSeries(payload.positions),
    gaps,
    slopes: decodeSeries(payload.slopes),
    ...(heldOut && { heldOut: decodeSeries(heldOut) }),
    ratesOf: run => rates[run],
    ranksOf: run => {
      places ??= ranks(gaps, payload.runs)
      return places[run]
    },
  }
}

/**
 * The outcome with another path of one run, its rates `factor` times what they were before. What is not known of the
 * rates in between, slopes and places, stays as it was.
 * @param {Outcome} outcome @param {Outcome} before @param {number} run @param {Path} path @param {number} factor
 * @returns {Outcome}
 */
export function withPath(outcome, before, run, path, factor) {
  const gaps = path.losses.map(loss => Math.max(loss - outcome.floor, 0))
  return {
    ...outcome,
    runs: outcome.runs.map((shown, index) => (index === run ? { ...shown, drawn: path.drawn } : shown)),
    positions: withRun(outcome.positions, run, path.positions),
    gaps: withRun(outcome.gaps, run, gaps),
    ratesOf: index => (index === run ? before.ratesOf(index).map(rate => rate * factor) : before.ratesOf(index)),
  }
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
